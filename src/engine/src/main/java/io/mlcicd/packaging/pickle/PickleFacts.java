package io.mlcicd.packaging.pickle;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a pickle tells of itself on the way.
 *
 * @param file the file
 * @param packages top-level packages that it imports from
 * @param libraryVersion what a scikit-learn estimator says of its version
 * @param features how many features a scikit-learn estimator was fitted with
 */
public record PickleFacts(String file, Set<String> packages, Optional<String> libraryVersion, OptionalLong features) {}
