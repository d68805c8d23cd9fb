package io.mlcicd.config;

import io.mlcicd.docker.DockerCommand;
import io.mlcicd.packaging.docker.DockerUse;
import io.mlcicd.serving.ServingContract;
import io.mlcicd.serving.ServingProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The keys of the section {@code package} that say how the image is built and how it must answer. */
final class ServingKeys {

    private static final String DOCKER = "docker";

    private final Project project;

    ServingKeys(Project project) {
        this.project = project;
    }

    /** A Dockerfile needs Docker to build it; where its daemon is, the environment says. */
    static DockerUse docker(PackageKeys section, Function<String, String> environment) {
        boolean builds = section.dockerfile().isPresent()
                || section.builder().filter(DOCKER::equals).isPresent();
        return new DockerUse(DockerCommand.in(environment), builds, section.dockerfile());
    }

    /** What the file leaves out follows from the model and from how it is deployed. */
    ServingContract contract(PackageKeys section) {
        PackageKeys.Serve serve = section.serve().orElse(PackageKeys.Serve.NOTHING_SAID);
        ServingProtocol protocol = serve.protocol().orElseGet(() -> protocol(section));
        Optional<ModelFile.Deploy> deploy = project.file().deploy();
        Optional<Path> smoke = serve.smoke()
                .or(() -> protocol == ServingProtocol.OWN ? deploy.flatMap(ModelFile.Deploy::smoke) : Optional.empty())
                .map(project::resolve);
        return new ServingContract(
                protocol,
                serve.port().orElse(protocol.usualPort()),
                serve.name().orElse(project.model().name()),
                serve.health()
                        .or(() -> deploy.flatMap(ModelFile.Deploy::health).flatMap(ModelFile.Health::path))
                        .orElse(ServingContract.DEFAULT_HEALTH),
                serve.example().map(project::resolve),
                smoke,
                serve.expect(),
                serve.timeout().map(HumanDuration::value).orElse(ServingContract.DEFAULT_TIMEOUT),
                serve.requests().orElse(ServingContract.DEFAULT_REQUESTS));
    }

    private ServingProtocol protocol(PackageKeys section) {
        if (Files.exists(project.resolve(section.model()).resolve("MLmodel"))) {
            return ServingProtocol.MLFLOW;
        }
        if (project.file().deploy().flatMap(ModelFile.Deploy::smoke).isPresent()) {
            return ServingProtocol.OWN;
        }
        throw project.error(
                "/package",
                "a serve check needs 'serve' with the protocol that the image speaks: v2, mlflow, tensorflow or own");
    }
}
