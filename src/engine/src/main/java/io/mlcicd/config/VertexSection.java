package io.mlcicd.config;

import io.mlcicd.deployment.target.TargetSettings;
import io.mlcicd.deployment.vertex.VertexSettings;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;

/** The keys of {@code deploy.vertex}. */
record VertexSection(
        String project,
        String region,
        String machineType,
        OptionalInt minReplicas,
        OptionalInt maxReplicas,
        Optional<Accelerator> accelerator,
        Optional<String> serviceAccount,
        OptionalInt port,
        Optional<String> predictRoute,
        Optional<String> endpointUrl) {

    record Accelerator(String type, OptionalInt count) {}

    static TargetSettings settings(Project file, ModelFile.Deploy deploy) {
        VertexSection section = deploy.vertex()
                .orElseThrow(() -> file.error(
                        "/deploy/vertex", "is needed for the target vertex: project, region and machineType"));
        int least = section.minReplicas.orElse(1);
        int most = section.maxReplicas.orElse(least);
        if (most < least) {
            throw file.error("/deploy/vertex/maxReplicas", "must not be less than minReplicas");
        }
        return new VertexSettings(
                section.project,
                section.region,
                section.machineType,
                least,
                most,
                section.accelerator.map(one ->
                        new VertexSettings.Accelerator(one.type(), one.count().orElse(1))),
                section.serviceAccount,
                section.port.orElse(VertexSettings.DEFAULT_PORT),
                section.predictRoute.orElse("/predict"),
                section.endpointUrl.map(URI::create));
    }
}
