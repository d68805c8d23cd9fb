package io.mlcicd.config;

import io.mlcicd.deployment.artifact.ArtifactSettings;
import io.mlcicd.deployment.local.DockerSettings;
import io.mlcicd.deployment.local.LocalSettings;
import io.mlcicd.deployment.local.ProcessSettings;
import io.mlcicd.deployment.target.TargetSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** The target that {@code deploy.target} names, with its settings. */
final class DeployTargets {

    private final Project project;
    private final Function<String, String> environment;

    DeployTargets(Project project, Function<String, String> environment) {
        this.project = project;
        this.environment = environment;
    }

    TargetSettings of(ModelFile.Deploy section) {
        String target = section.target().orElse("process");
        return switch (target) {
            case "process", "batch" -> new ProcessSettings(place(section));
            case "docker" -> docker(section);
            case ArtifactSettings.KIND -> ArtifactSection.settings(project, section, environment);
            case "kubernetes" -> KubernetesSection.settings(project, section);
            case "sagemaker" -> SageMakerSection.settings(project, section);
            case "vertex" -> VertexSection.settings(project, section);
            default -> throw project.error("/deploy/target", "'" + target + "' is no service that can be asked about");
        };
    }

    private static DockerSettings docker(ModelFile.Deploy section) {
        Optional<ModelFile.DockerTarget> docker = section.docker();
        return new DockerSettings(
                place(section),
                docker.flatMap(ModelFile.DockerTarget::network).orElse(DockerSettings.BRIDGE),
                docker.map(ModelFile.DockerTarget::port)
                        .orElse(OptionalInt.empty())
                        .orElse(DockerSettings.DEFAULT_PORT),
                docker.map(ModelFile.DockerTarget::options).orElse(List.of()));
    }

    private static LocalSettings place(ModelFile.Deploy section) {
        Optional<ModelFile.Rollout> rollout = section.strategy();
        return new LocalSettings(
                section.host().orElse(LocalSettings.DEFAULT_HOST),
                section.port().orElse(LocalSettings.DEFAULT_PORT),
                section.drain().map(HumanDuration::value).orElse(LocalSettings.DEFAULT_DRAIN),
                section.traffic().filter("tcp"::equals).isPresent()
                        ? LocalSettings.Traffic.TCP
                        : LocalSettings.Traffic.HTTP,
                rollout.flatMap(ModelFile.Rollout::prediction),
                rollout.flatMap(ModelFile.Rollout::requestId),
                rollout.flatMap(ModelFile.Rollout::repeatable).orElse(false),
                rollout.flatMap(ModelFile.Rollout::patience)
                        .map(HumanDuration::value)
                        .orElse(LocalSettings.DEFAULT_PATIENCE),
                LocalSettings.DEFAULT_LEASE);
    }
}
