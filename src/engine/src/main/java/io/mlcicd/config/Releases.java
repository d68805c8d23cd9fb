package io.mlcicd.config;

import io.mlcicd.deployment.DeploymentRequest;
import io.mlcicd.deployment.ImageContent;
import io.mlcicd.deployment.Origin;
import io.mlcicd.deployment.SignatureCheck;
import io.mlcicd.deployment.artifact.ArtifactSettings;
import io.mlcicd.deployment.target.HealthCheck;
import io.mlcicd.lineage.LineageRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The service that {@code deploy} describes. */
final class Releases {

    private final Project project;
    private final Function<String, String> environment;

    Releases(Project project, Function<String, String> environment) {
        this.project = project;
        this.environment = environment;
    }

    /** @param origin the project as it is for the environment whose release is moved on */
    DeploymentRequest request(LineageRecord known, Optional<Project> origin) {
        ModelFile.Deploy section = project.require(project.file().deploy(), "deploy", "how the model is released");
        PackageKeys content =
                project.require(project.file().packaging(), "package", "which model and files are released");
        String target = section.target().orElse("process");
        boolean runsFiles = target.equals("process");
        boolean runsImage = !runsFiles && !target.equals(ArtifactSettings.KIND);
        if (section.command().isEmpty() && runsFiles) {
            throw project.error("/deploy/command", "is needed to start the service");
        }
        Optional<ModelFile.Health> health = section.health();
        return new DeploymentRequest(
                project.model(),
                project.deploymentName(),
                project.folder(),
                content.model(),
                content.files(),
                runsImage && origin.isEmpty() ? Optional.of(image(section, content, known)) : Optional.empty(),
                section.command(),
                new HealthCheck(
                        health.flatMap(ModelFile.Health::path).orElse(HealthCheck.DEFAULT.path()),
                        health.flatMap(ModelFile.Health::timeout)
                                .map(HumanDuration::value)
                                .orElse(patience(target))),
                section.smoke().map(project::resolve),
                variables(section.env()),
                new DeployTargets(project, environment).of(section),
                new Rollouts(project).strategy(section),
                project.environment(),
                origin.map(this::origin),
                section.verify()
                        .map(verify -> new SignatureCheck(
                                project.resolve(verify.key()),
                                content.credentials().map(names -> Variables.login(project, names, environment)))),
                section.approval().filter("required"::equals).isPresent(),
                by(),
                section.waiting().map(HumanDuration::value).orElse(DeploymentRequest.DEFAULT_WAIT),
                project.stateFolder(),
                known,
                Requests.gates(section.gates()));
    }

    /** A cluster may have to fetch the image first, a cloud to start machines. */
    private static Duration patience(String target) {
        return switch (target) {
            case "kubernetes" -> Duration.ofMinutes(5);
            case "sagemaker", "vertex" -> Duration.ofMinutes(30);
            default -> HealthCheck.DEFAULT.timeout();
        };
    }

    private Origin origin(Project from) {
        ModelFile.Deploy section = from.require(from.file().deploy(), "deploy", "how the model is released");
        return new Origin(
                from.environment().orElseThrow(),
                from.deploymentName(),
                new DeployTargets(from, environment).of(section));
    }

    /** Whoever the build or the machine says is at work. */
    String by() {
        for (String variable : List.of("BUILD_URL", "BUILD_USER_ID", "USER")) {
            String value = environment.apply(variable);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return System.getProperty("user.name", "unknown");
    }

    private ImageContent image(ModelFile.Deploy section, PackageKeys content, LineageRecord known) {
        if (section.image().isPresent()) {
            String reference = section.image().get();
            int at = reference.indexOf('@');
            if (at < 0) {
                throw project.error(
                        "/deploy/image",
                        "'" + reference
                                + "' may be another image tomorrow; name it by its digest, repository@sha256:...");
            }
            return new ImageContent(reference, Optional.of(reference.substring(at + 1)), Optional.empty());
        }
        Path archive = content.output()
                .map(project::resolve)
                .orElse(project.stateFolder().resolve("image/" + project.model().name() + ".tar"));
        Optional<String> digest = known.image().map(image -> image.digest().value());
        if (content.push() && known.image().isPresent()) {
            String reference = known.image().get().reference();
            return new ImageContent(repository(reference) + "@" + digest.get(), digest, Optional.empty());
        }
        if (!Files.exists(archive)) {
            throw project.error(
                    "/deploy/target",
                    "there is no image to run: package the model first (mlcicd package), or name one (deploy.image)");
        }
        String name = known.image()
                .map(image -> image.reference())
                .orElse(archive.getFileName().toString());
        return new ImageContent(name, digest, Optional.of(archive));
    }

    /** The reference without its tag; a colon before the last slash is the registry's port. */
    private static String repository(String reference) {
        int colon = reference.lastIndexOf(':');
        return colon > reference.lastIndexOf('/') ? reference.substring(0, colon) : reference;
    }

    private Map<String, String> variables(Map<String, String> values) {
        return Variables.fill(project, "/deploy/env", values, environment);
    }
}
