package io.mlcicd.config;

import io.mlcicd.retrain.RetrainPolicy;
import io.mlcicd.retrain.RetrainSpec;

/** When {@code retrain} in {@code mlcicd.yml} calls for a new model. */
final class RetrainPolicies {

    private final Project project;

    RetrainPolicies(Project project) {
        this.project = project;
    }

    RetrainPolicy policy() {
        RetrainSpec spec = project.file().retrain().map(ModelFile.Retrain::spec).orElse(RetrainSpec.NONE);
        try {
            return spec.policy();
        } catch (IllegalArgumentException e) {
            throw project.error("/retrain", e.getMessage());
        }
    }
}
