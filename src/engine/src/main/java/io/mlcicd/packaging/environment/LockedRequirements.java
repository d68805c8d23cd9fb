package io.mlcicd.packaging.environment;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.packaging.environment.RequirementsText.Pinned;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The requirements file for what a lock says is needed. */
final class LockedRequirements {

    private LockedRequirements() {}

    /**
     * The file.
     *
     * @param needed the libraries
     * @param local names of what is needed, but is code of the project's own
     * @param elsewhere what the others than those of an index come from, by name and version
     * @param indexes the index of each library, by name and version
     * @throws InvalidInputException when one of them comes from elsewhere, or an index's address holds a password
     */
    static RequirementsText of(
            List<Pinned> needed,
            Collection<String> local,
            Map<String, String> elsewhere,
            Map<String, String> indexes,
            String shown) {
        TreeSet<String> asked = new TreeSet<>();
        Map<String, Pinned> alike = new HashMap<>();
        for (Pinned pin : needed) {
            Pinned other = alike.put(LockGraph.normal(pin.name()) + pin.marker().orElse(""), pin);
            if (other != null) {
                throw new InvalidInputException(
                        ("%s holds '%s' in the versions %s and %s and does not tell which is for"
                                        + " which environment; lock it again with the newest version of its tool")
                                .formatted(shown, pin.name(), other.version(), pin.version()));
            }
            String key = LockGraph.normal(pin.name()) + " " + pin.version();
            if (elsewhere.containsKey(key)) {
                throw new InvalidInputException(("%s: '%s' comes from '%s' and not from an index, so the generated"
                                + " Dockerfile cannot install it; give a 'dockerfile' of your own, or a requirements.txt")
                        .formatted(shown, pin.name(), elsewhere.get(key)));
            }
            Optional.ofNullable(indexes.get(key)).ifPresent(asked::add);
        }
        if (asked.stream().anyMatch(index -> index.matches("[a-z]+://[^/]*@.*"))) {
            throw new InvalidInputException(
                    "%s: the address of an index in it holds a password, which would stay in the image; give a 'dockerfile'"
                                    .formatted(shown)
                            + " of your own that mounts it as a secret");
        }
        return RequirementsText.of(needed, asked, local);
    }
}
