package io.mlcicd.deployment.local;

import io.mlcicd.deployment.supervisor.Fields;
import io.mlcicd.deployment.supervisor.Leftovers;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.docker.DockerCommand;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Runs a release as a container in the foreground of a {@code docker} command, which the supervisor watches like any other
 * process. Variables are named on the command's line and valued in its environment, so no secret is seen in a list of
 * processes.
 */
final class DockerRunner implements Runner {

    /** The label that tells which deployment a container belongs to. */
    static final String DEPLOYMENT = "io.mlcicd.deployment";

    private static final String RELEASE = "io.mlcicd.release";
    private static final String HOME = "io.mlcicd.home";

    private final DeploymentHome home;
    private final DockerSettings settings;
    private final DockerCommand docker;

    DockerRunner(DeploymentHome home, DockerSettings settings) {
        this.home = home;
        this.settings = settings;
        this.docker = DockerCommand.onPath();
    }

    @Override
    public String kind() {
        return settings.kind();
    }

    @Override
    public String fingerprint(NewRelease release) {
        Fields all = Fields.of(
                        "id", release.id(), "network", settings.network(), "port", String.valueOf(settings.port()))
                .with("command", release.command())
                .with("option", settings.options());
        String text = new TreeMap<>(all.with("env", release.env()).values()).toString();
        return Digests.of(text.getBytes(StandardCharsets.UTF_8)).value();
    }

    @Override
    public Fields order(NewRelease release) throws InterruptedException {
        String image = image(release);
        String name = "mlcicd-%s-%s-%s"
                .formatted(
                        home.name(), release.id(), UUID.randomUUID().toString().substring(0, 8));
        Map<String, String> environment = ProcessRunner.environment(release.env());
        String docker = ProcessRunner.program("docker", home.folder(), environment);
        return Fields.of(
                        "id", release.id(),
                        "folder", home.folder().toString(),
                        "log", home.log(release.id()).toString(),
                        "lease", String.valueOf(settings.place().lease().toMillis()),
                        "fingerprint", fingerprint(release))
                .with("command", command(docker, name, image, release))
                .with("cleanup", List.of(docker, "rm", "--force", name))
                .with("env", environment);
    }

    private List<String> command(String docker, String name, String image, NewRelease release) {
        boolean onHost = settings.network().equals(DockerSettings.HOST);
        String port = onHost ? "${port}" : String.valueOf(settings.port());
        List<String> command = new ArrayList<>(List.of(
                docker,
                "run",
                "--rm",
                "--init",
                "--name",
                name,
                "--label",
                DEPLOYMENT + "=" + home.name(),
                "--label",
                RELEASE + "=" + release.id(),
                "--label",
                HOME + "=" + place(),
                "--env",
                "PORT=" + port));
        command.addAll(
                onHost ? List.of("--network", "host") : List.of("--publish", "127.0.0.1:${port}:" + settings.port()));
        new TreeSet<>(release.env().keySet()).forEach(variable -> command.addAll(List.of("--env", variable)));
        command.addAll(settings.options());
        List<String> own = release.command().stream()
                .map(argument -> argument.replace("${port}", port))
                .toList();
        // What follows the image's name would be put behind its entry point.
        own.stream().limit(1).forEach(program -> command.addAll(List.of("--entrypoint", program)));
        command.add(image);
        own.stream().skip(1).forEach(command::add);
        return command;
    }

    /** Tells this deployment's containers from those of one with the same name in another project. */
    private String place() {
        return Digests.of(home.folder().toString().getBytes(StandardCharsets.UTF_8))
                .abbreviated();
    }

    /**
     * What to run: the very image that was run before under this release's id, in whichever environment, else a loaded or
     * pulled one.
     *
     * @throws InvalidInputException when that image is gone and its archive holds another one by now
     */
    private String image(NewRelease release) throws InterruptedException {
        Optional<String> before = noted(release);
        if (before.isPresent() && docker.hasImage(before.get())) {
            return before.get();
        }
        String name = release.image()
                .orElseThrow(() -> new InvalidInputException("docker needs an image, but release " + release.id()
                        + " has none; package the model first, or name one (deploy.image)"));
        if (release.archive().filter(Files::exists).isPresent()) {
            name = docker.load(release.archive().get().toAbsolutePath(), line -> {});
        } else if (!docker.hasImage(name)) {
            docker.pull(name, Optional.empty(), line -> {});
        }
        String id = docker.image(name).id();
        if (before.isPresent() && !before.get().equals(id)) {
            throw new InvalidInputException(
                    "the image of release %s is not in the Docker daemon any more, and '%s' is another one by now (%s)"
                                    .formatted(release.id(), name, id)
                            + "; package that model again and release it, or push images to a registry (package.push)");
        }
        AtomicFiles.write(note(release), id + "\n");
        return id;
    }

    /** Environments share what a release is, so that one moves on the image that another runs. */
    private Path note(NewRelease release) {
        return home.stateDir().resolve("images").resolve(release.id());
    }

    private Optional<String> noted(NewRelease release) {
        // Releases of versions before environments shared their notes have theirs in the deployment's own folder.
        Path own = home.folder().resolve("images").resolve(release.id());
        Path file = Files.exists(note(release)) ? note(release) : own;
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String describe(NewRelease release) {
        return "docker run " + release.image().orElse("(no image)")
                + (release.command().isEmpty() ? "" : " " + String.join(" ", release.command()));
    }

    @Override
    public boolean removeLeftovers() throws InterruptedException {
        try {
            boolean processes = Leftovers.stop(home.folder());
            List<String> containers = docker.containers(HOME, place());
            for (String container : containers) {
                docker.remove(container);
            }
            return processes || !containers.isEmpty();
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + home.folder() + ": " + e.getMessage(), e);
        }
    }
}
