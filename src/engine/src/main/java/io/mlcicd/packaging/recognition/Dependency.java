package io.mlcicd.packaging.recognition;

import java.util.List;
import java.util.Optional;

/**
 * A library that the project says the model needs.
 *
 * @param name as declared
 * @param version the one version that is asked for; empty when the declaration leaves a choice
 * @param wanted the declaration's own words for the versions, such as {@code >=1.4,<2}; empty for any
 * @param ecosystem {@code pypi} or {@code conda}
 * @param hashes of the files that may be installed, as {@code algorithm:hex}
 * @param declaredIn the file, relative to the project's folder
 */
public record Dependency(
        String name,
        Optional<String> version,
        String wanted,
        String ecosystem,
        List<String> hashes,
        String declaredIn) {

    public Dependency {
        hashes = hashes == null ? List.of() : List.copyOf(hashes);
    }
}
