package io.mlcicd.deployment.local;

import io.mlcicd.deployment.supervisor.Fields;
import io.mlcicd.deployment.supervisor.Leftovers;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs a release as a process in its own folder. */
final class ProcessRunner implements Runner {

    private final DeploymentHome home;
    private final LocalSettings settings;

    ProcessRunner(DeploymentHome home, LocalSettings settings) {
        this.home = home;
        this.settings = settings;
    }

    @Override
    public String kind() {
        return "process";
    }

    @Override
    public String fingerprint(NewRelease release) {
        Fields all = Fields.of("id", release.id()).with("command", release.command());
        String text = new TreeMap<>(all.with("env", release.env()).values()).toString();
        return Digests.of(text.getBytes(StandardCharsets.UTF_8)).value();
    }

    @Override
    public Fields order(NewRelease release) {
        if (release.command().isEmpty()) {
            throw new InvalidInputException("the deployment has no command that starts the service (deploy.command)");
        }
        return Fields.of(
                        "id", release.id(),
                        "folder", folder(release).toString(),
                        "log", home.log(release.id()).toString(),
                        "lease", String.valueOf(settings.lease().toMillis()),
                        "fingerprint", fingerprint(release))
                .with("command", command(release))
                .with("env", environment(release.env()));
    }

    @Override
    public String describe(NewRelease release) {
        return String.join(" ", release.command());
    }

    @Override
    public boolean removeLeftovers() {
        try {
            return Leftovers.stop(home.folder());
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + home.folder() + ": " + e.getMessage(), e);
        }
    }

    private static Path folder(NewRelease release) {
        return release.folder()
                .orElseThrow(() -> new InvalidInputException(
                        "a process needs the model's files, but release " + release.id() + " is an image only"));
    }

    /** All but {@code ${port}}, which only the supervisor knows. */
    private List<String> command(NewRelease release) {
        Path folder = folder(release);
        String model = folder.resolve(release.modelPath()).toString();
        List<String> command = new ArrayList<>(release.command().stream()
                .map(argument -> argument.replace("${model}", model).replace("${release}", folder.toString()))
                .toList());
        Map<String, String> environment = environment(release.env());
        command.set(0, program(command.get(0), folder, environment));
        return command;
    }

    /** A supervisor may be older than the deployer's PATH, so the program is looked up here. */
    static String program(String name, Path folder, Map<String, String> environment) {
        boolean isPath = name.contains("/") || name.contains(File.separator);
        if (isPath) {
            if (Files.exists(folder.resolve(name))) {
                return name;
            }
            throw new InvalidInputException(
                    "cannot run '" + name + "': there is no such file in the release; is it among package.files?");
        }
        if (File.separatorChar == '\\') {
            return name;
        }
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .map(place -> Path.of(place, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(file -> file.toAbsolutePath().toString())
                .orElseThrow(() -> new InvalidInputException("cannot run '" + name
                        + "': not found on the PATH; install it, or name its path (deploy.command)"));
    }

    /** The service sees what the deployer sees, whichever deployer once started the supervisor. */
    static Map<String, String> environment(Map<String, String> own) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.putAll(SupervisorProgram.STAY);
        environment.putAll(own);
        return environment;
    }
}
