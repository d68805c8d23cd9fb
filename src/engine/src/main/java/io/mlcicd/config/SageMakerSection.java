package io.mlcicd.config;

import io.mlcicd.deployment.sagemaker.SageMakerSettings;
import io.mlcicd.deployment.target.TargetSettings;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The keys of {@code deploy.sagemaker}. */
record SageMakerSection(
        String region,
        String role,
        String instanceType,
        OptionalInt instances,
        Optional<String> endpoint,
        Optional<String> endpointUrl,
        Map<String, String> tags) {

    SageMakerSection {
        tags = ModelFile.orEmpty(tags);
    }

    static TargetSettings settings(Project project, ModelFile.Deploy deploy) {
        SageMakerSection section = deploy.sagemaker()
                .orElseThrow(() -> project.error(
                        "/deploy/sagemaker", "is needed for the target sagemaker: region, role and instanceType"));
        return new SageMakerSettings(
                section.region,
                section.role,
                section.instanceType,
                section.instances.orElse(1),
                section.endpoint,
                section.endpointUrl.map(URI::create),
                section.tags);
    }
}
