package io.mlcicd.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Docker daemon as its {@code docker} program reaches it: host, TLS and context come from Docker's own environment
 * ({@code DOCKER_HOST}, {@code DOCKER_CONTEXT}, {@code DOCKER_TLS_VERIFY}, {@code DOCKER_CERT_PATH},
 * {@code DOCKER_CONFIG}). Source of options and output: Docker's command line reference (docs.docker.com/reference/cli).
 *
 * <p>Every method throws {@link InvalidInputException} when there is no {@code docker} program, the image does not exist
 * or a port is taken, and {@link OutsideSystemException} when the daemon or a registry does not answer or refuses. An
 * interruption ends the program and removes what it was making.
 */
public final class DockerCommand {

    private static final String ASKING_VERSION = "ask the Docker daemon for its version";
    private static final String RUN_LABEL = "io.mlcicd.docker.run";
    /** What the program itself reads, and where it is looked up. */
    private static final List<String> VARIABLES = List.of(
            "PATH",
            "DOCKER_HOST",
            "DOCKER_CONTEXT",
            "DOCKER_TLS",
            "DOCKER_TLS_VERIFY",
            "DOCKER_CERT_PATH",
            "DOCKER_CONFIG",
            "DOCKER_API_VERSION",
            "DOCKER_BUILDKIT");

    private static final Pattern LOADED = Pattern.compile("Loaded image(?: ID)?: (\\S+)");
    private static final Pattern PUSHED = Pattern.compile("\\bdigest: (sha256:[0-9a-f]{64})\\b");

    private final DockerProgram program;

    private DockerCommand(DockerProgram program) {
        this.program = program;
    }

    /** The program {@code docker} on the PATH, with this process' environment. */
    public static DockerCommand onPath() {
        return of("docker", Map.of());
    }

    /**
     * The program {@code docker} on the PATH of an environment, with what that environment says about its daemon.
     *
     * @param environment looks up variables; null for one that is not set
     */
    public static DockerCommand in(Function<String, String> environment) {
        Map<String, String> own = new HashMap<>();
        for (String name : VARIABLES) {
            String value = environment.apply(name);
            if (value != null && !value.isBlank()) {
                own.put(name, value);
            }
        }
        return of("docker", own);
    }

    /**
     * A program in another place, or a daemon elsewhere.
     *
     * @param program its name on the PATH, or its path
     * @param environment variables beside those of this process, such as {@code DOCKER_HOST}
     */
    public static DockerCommand of(String program, Map<String, String> environment) {
        return new DockerCommand(new DockerProgram(program, environment));
    }

    /** The versions of program and daemon; a quick way to learn whether both are there. */
    public DockerVersion version() throws InterruptedException {
        JsonNode answer = json(program.ask(ASKING_VERSION, "version", "--format", "{{json .}}"));
        JsonNode server = answer.path("Server");
        return new DockerVersion(
                answer.path("Client").path("Version").asText(),
                server.path("Version").asText(),
                server.path("Os").asText() + "/" + server.path("Arch").asText());
    }

    /** Why nothing can be run here: no program or no daemon; empty when both are there. */
    public Optional<String> unavailable() throws InterruptedException {
        try {
            version();
            return Optional.empty();
        } catch (InvalidInputException | OutsideSystemException e) {
            return Optional.of(e.getMessage().replaceFirst("^cannot " + ASKING_VERSION + ": ", ""));
        }
    }

    /** Host of the machine on which the daemon publishes ports: {@code 127.0.0.1} unless it is reached over a network. */
    public String publishingHost() throws InterruptedException {
        String endpoint = program.environmentValue("DOCKER_HOST")
                .orElse(program.ask(
                        "ask where the Docker daemon is",
                        "context",
                        "inspect",
                        "--format",
                        "{{.Endpoints.docker.Host}}"));
        boolean remote = endpoint.startsWith("tcp://") || endpoint.startsWith("ssh://") || endpoint.startsWith("http");
        try {
            String host = remote ? URI.create(endpoint.strip()).getHost() : null;
            return host == null ? "127.0.0.1" : host;
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("DOCKER_HOST: '%s' is no address".formatted(endpoint), e);
        }
    }

    /** Whether containers can have an address of their own; a daemon started with {@code --bridge=none} gives none. */
    public boolean hasBridge() throws InterruptedException {
        return !program.ask(
                        "ask for the networks", "network", "ls", "--filter", "name=^bridge$", "--format", "{{.Name}}")
                .isBlank();
    }

    /**
     * Loads images from a tarball as {@code docker save} writes it.
     *
     * @return name of the last image in it, or its id if it has no name
     */
    public String load(Path tarball, Consumer<String> lines) throws InterruptedException {
        List<String> output = program.run(
                        "load " + tarball, List.of("load", "--input", tarball.toString()), Map.of(), "", lines)
                .all();
        return output.stream()
                .map(LOADED::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .reduce((first, last) -> last)
                .orElseThrow(
                        () -> new OutsideSystemException("docker load said nothing about the image in " + tarball));
    }

    /** Writes an image to a tarball. */
    public void save(String image, Path tarball) throws InterruptedException {
        boolean done = false;
        try {
            program.ask("save " + image, "save", "--output", tarball.toString(), image);
            done = true;
        } finally {
            if (!done) {
                delete(tarball);
            }
        }
    }

    /** Pulls an image. */
    public void pull(String image, Optional<DockerCredentials> credentials, Consumer<String> lines)
            throws InterruptedException {
        withLogin(credentials, login -> program.run("pull " + image, List.of("pull", image), login, "", lines));
    }

    /**
     * Pushes an image under its name.
     *
     * @return digest of the manifest that the registry has now
     */
    public Digest push(String image, Optional<DockerCredentials> credentials, Consumer<String> lines)
            throws InterruptedException {
        DockerProcess.Ending ending =
                withLogin(credentials, login -> program.run("push " + image, List.of("push", image), login, "", lines));
        return ending.all().stream()
                .map(PUSHED::matcher)
                .filter(Matcher::find)
                .map(matcher -> new Digest(matcher.group(1)))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new OutsideSystemException("docker push said nothing about the digest of " + image));
    }

    /** Gives an image one more name. */
    public void tag(String image, String name) throws InterruptedException {
        program.ask("tag " + image, "tag", image, name);
    }

    /**
     * Builds an image.
     *
     * @return its id
     */
    public String build(DockerBuild build, Consumer<String> lines) throws InterruptedException {
        Path idFile = temporaryFile();
        try {
            program.run(
                    "build an image from " + build.dockerfile(),
                    build.commandLine(idFile),
                    Map.of("BUILDKIT_PROGRESS", "plain"),
                    "",
                    lines);
            return Files.readString(idFile).strip();
        } catch (IOException e) {
            throw new OutsideSystemException("docker build wrote no id: " + e.getMessage(), e);
        } finally {
            delete(idFile);
        }
    }

    /** What the daemon knows of an image. */
    public DockerImage image(String image) throws InterruptedException {
        return DockerInspection.image(json(program.ask("inspect the image " + image, "image", "inspect", image))
                .path(0));
    }

    /** Whether the daemon has the image. */
    public boolean hasImage(String image) throws InterruptedException {
        return program.succeeds("image", "inspect", "--format", "{{.Id}}", image);
    }

    /** Removes an image, or only this name of it if it has others; one that is not there is fine. */
    public void removeImage(String image) throws InterruptedException {
        if (hasImage(image)) {
            program.ask("remove the image " + image, "image", "rm", "--force", image);
        }
    }

    /**
     * Starts a container and lets it run.
     *
     * @return its id
     */
    public String start(DockerRun run) throws InterruptedException {
        String mark = UUID.randomUUID().toString();
        boolean started = false;
        try {
            String id = create(run, mark);
            program.ask("start a container of " + run.image(), "start", id);
            started = true;
            return id;
        } finally {
            if (!started) {
                program.removeMarked(RUN_LABEL, mark);
            }
        }
    }

    /**
     * Runs a container to its end and removes it.
     *
     * @param lines hears each line that its program prints
     * @return the container as it ended
     */
    public DockerContainer runToEnd(DockerRun run, Consumer<String> lines) throws InterruptedException {
        String mark = UUID.randomUUID().toString();
        try {
            String id = create(run, mark);
            DockerProcess.Ending ending = program.attempt(List.of("start", "--attach", id), Map.of(), "", lines);
            DockerContainer container = container(id);
            if (container.error().isPresent()) {
                throw DockerFailure.of("run a container of " + run.image(), ending.all());
            }
            return container;
        } finally {
            program.removeMarked(RUN_LABEL, mark);
        }
    }

    /** The mark finds what was made for an interrupted call; a name could be that of a container of somebody else's. */
    private String create(DockerRun run, String mark) throws InterruptedException {
        ContainerEnvironment variables = ContainerEnvironment.of(run.environment());
        List<String> options = new ArrayList<>(List.of("--label", RUN_LABEL + "=" + mark));
        options.addAll(variables.options());
        List<String> output = program.run(
                        "make a container of " + run.image(),
                        run.createArguments(options),
                        variables.environment(),
                        variables.input(),
                        DockerProgram::unheard)
                .output();
        if (output.isEmpty()) {
            throw new OutsideSystemException("docker create gave no id for a container of " + run.image());
        }
        return output.get(output.size() - 1).strip();
    }

    /** A container at this moment. */
    public DockerContainer container(String idOrName) throws InterruptedException {
        return DockerInspection.container(
                json(program.ask("inspect the container " + idOrName, "container", "inspect", idOrName))
                        .path(0));
    }

    /** The last lines that a container printed, from both outputs. */
    public List<String> logs(String idOrName, int lines) throws InterruptedException {
        return program.run(
                        "read the log of " + idOrName,
                        List.of("logs", "--tail", String.valueOf(lines), idOrName),
                        Map.of(),
                        "",
                        DockerProgram::unheard)
                .all();
    }

    /** Asks a container's program to end, and ends it after {@code seconds}. */
    public void stop(String idOrName, int seconds) throws InterruptedException {
        program.ask("stop the container " + idOrName, "stop", "--time", String.valueOf(seconds), idOrName);
    }

    /** Ends and removes a container, even while the calling thread is interrupted; one that is not there is fine. */
    public void remove(String idOrName) {
        program.remove(idOrName);
    }

    /** Ids of all containers, running or not, that have this label with this value, newest first. */
    public List<String> containers(String label, String value) throws InterruptedException {
        return program.ask(
                        "list containers",
                        "ps",
                        "--all",
                        "--no-trunc",
                        "--filter",
                        "label=" + label + "=" + value,
                        "--format",
                        "{{.ID}}")
                .lines()
                .toList();
    }

    /** Ends and removes all containers that have this label with this value. */
    public void removeLabelled(String label, String value) throws InterruptedException {
        for (String id : containers(label, value)) {
            remove(id);
        }
    }

    private interface WithLogin {
        DockerProcess.Ending run(Map<String, String> environment) throws InterruptedException;
    }

    private DockerProcess.Ending withLogin(Optional<DockerCredentials> credentials, WithLogin action)
            throws InterruptedException {
        if (credentials.isEmpty()) {
            return action.run(Map.of());
        }
        DockerCredentials who = credentials.get();
        try (DockerLogin login = DockerLogin.open(program.wholeEnvironment())) {
            boolean hub = who.registry().equals("registry-1.docker.io")
                    || who.registry().equals("docker.io");
            List<String> command = hub
                    ? List.of("login", "--username", who.username(), "--password-stdin")
                    : List.of("login", "--username", who.username(), "--password-stdin", who.registry());
            program.run(
                    "log in to %s as %s".formatted(who.registry(), who.username()),
                    command,
                    login.environment(),
                    who.secret(),
                    DockerProgram::unheard);
            return action.run(login.environment());
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new OutsideSystemException("docker answered with something that is no JSON", e);
        }
    }

    private static Path temporaryFile() {
        try {
            Path file = Files.createTempFile("mlcicd-image-", ".id");
            Files.delete(file);
            return file;
        } catch (IOException e) {
            throw new OutsideSystemException("cannot make a temporary file: " + e.getMessage(), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // What led here is worth reporting, a small file that is left is not.
        }
    }
}
