package io.mlcicd.packaging.environment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A requirements file for pip (pip's "Requirements File Format", PEP 508).
 *
 * @param text the file
 * @param hashes whether pip may take only files whose hash is listed
 * @param complete whether all libraries are in it
 * @param local what is needed, but is code of the project's own
 */
record RequirementsText(String text, boolean hashes, boolean complete, List<String> local) {

    /** The index that pip asks anyway. */
    private static final String PYPI = "https://pypi.org/simple";

    /**
     * A library of a lock file.
     *
     * @param name its name
     * @param version the one version
     * @param marker where it is needed (PEP 508); empty for everywhere
     * @param hashes of the files that may be installed, {@code algorithm:hex}
     */
    record Pinned(String name, String version, Optional<String> marker, List<String> hashes) {}

    /**
     * The file for a lock.
     *
     * @param indexes addresses of the indexes that the libraries come from
     * @param local names of what is needed, but is code of the project's own
     */
    static RequirementsText of(Collection<Pinned> pins, Collection<String> indexes, Collection<String> local) {
        // One without hashes is then refused by pip, unless it is for another platform.
        boolean hashed = pins.stream().anyMatch(pin -> !pin.hashes().isEmpty());
        List<String> lines = new ArrayList<>();
        for (String index : new TreeSet<>(indexes)) {
            if (!index.replaceFirst("/+$", "").equals(PYPI)) {
                lines.add("--extra-index-url " + index);
            }
        }
        Map<String, String> sorted = new TreeMap<>();
        for (Pinned pin : pins) {
            StringBuilder line = new StringBuilder(pin.name() + "==" + pin.version());
            pin.marker().ifPresent(marker -> line.append(" ; ").append(marker));
            new TreeSet<>(pin.hashes())
                    .forEach(hash -> line.append(" \\\n    --hash=").append(hash));
            sorted.put(pin.name() + " " + pin.version(), line.toString());
        }
        lines.addAll(sorted.values());
        return new RequirementsText(String.join("\n", lines) + "\n", hashed, true, List.copyOf(local));
    }

    /** The file for requirements as they were declared. */
    static RequirementsText of(List<String> requirements) {
        boolean hashed = !requirements.isEmpty() && requirements.stream().allMatch(line -> line.contains("--hash"));
        return new RequirementsText(String.join("\n", requirements) + "\n", hashed, false, List.of());
    }
}
