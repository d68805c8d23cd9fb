package io.mlcicd.deployment;

import io.mlcicd.deployment.supervisor.Fields;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How a supervisor is to start a release. */
final class ServiceCommand {

    private final DeploymentRequest request;
    private final Release release;

    ServiceCommand(DeploymentRequest request, Release release) {
        this.request = request;
        this.release = release;
    }

    /**
     * Two releases with one fingerprint run the same content in the same way, with the same variables. It is made of
     * secrets too, so it goes into no file.
     */
    String fingerprint() {
        Fields all = Fields.of("id", release.id()).with("command", request.command());
        String text = new TreeMap<>(all.with("env", request.env()).values()).toString();
        return Digests.of(text.getBytes(StandardCharsets.UTF_8)).value();
    }

    /**
     * The order to start it.
     *
     * @throws InvalidInputException when there is no such program
     */
    Fields order(Path log, Duration lease) {
        return Fields.of(
                        "id", release.id(),
                        "folder", release.folder().toString(),
                        "log", log.toString(),
                        "lease", String.valueOf(lease.toMillis()),
                        "fingerprint", fingerprint())
                .with("command", command())
                .with("env", environment());
    }

    /** All but {@code ${port}}, which only the supervisor knows. */
    private List<String> command() {
        String model = release.folder().resolve(request.modelPath()).toString();
        List<String> command = new ArrayList<>(request.command().stream()
                .map(argument -> argument.replace("${model}", model)
                        .replace("${release}", release.folder().toString()))
                .toList());
        command.set(0, program(command.get(0)));
        return command;
    }

    /** A supervisor may be older than the deployer's PATH, so the program is looked up here. */
    private String program(String name) {
        boolean isPath = name.contains("/") || name.contains(File.separator);
        if (isPath) {
            if (Files.exists(release.folder().resolve(name))) {
                return name;
            }
            throw new InvalidInputException(
                    "cannot run '" + name + "': there is no such file in the release; is it among package.files?");
        }
        if (File.separatorChar == '\\') {
            return name;
        }
        return Stream.of(environment().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(file -> file.toAbsolutePath().toString())
                .orElseThrow(() -> new InvalidInputException("cannot run '" + name
                        + "': not found on the PATH; install it, or name its path (deploy.command)"));
    }

    /** The service sees what the deployer sees, whichever deployer once started the supervisor. */
    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.putAll(SupervisorProgram.STAY);
        environment.putAll(request.env());
        return environment;
    }
}
