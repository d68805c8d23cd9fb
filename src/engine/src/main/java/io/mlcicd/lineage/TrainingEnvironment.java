package io.mlcicd.lineage;

import java.util.List;
import java.util.Optional;

/**
 * What a model is trained in.
 *
 * @param platform operating system and architecture, such as {@code linux/amd64}
 * @param runtime the interpreter and its version, such as {@code Python 3.11.7}; empty when the training command names none
 *     that tells
 * @param dependencies the files that name the packages it needs, lock files among them, by content
 */
public record TrainingEnvironment(String platform, Optional<String> runtime, List<Artifact> dependencies) {

    public TrainingEnvironment {
        dependencies = List.copyOf(dependencies);
    }
}
