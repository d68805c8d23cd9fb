package io.mlcicd.docker;

import io.mlcicd.operation.Uninterrupted;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The {@code docker} program.
 *
 * @param program name or path
 * @param environment variables beside those of this process; may hold secrets
 */
record DockerProgram(String program, Map<String, String> environment) {

    /** Pulls, pushes and builds end by themselves or by an interruption. */
    private static final Duration ENDLESS = Duration.ofDays(7);

    private static final Duration CLEANING = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 4;
    private static final long PAUSE_MILLIS = 300;

    DockerProgram {
        environment = Map.copyOf(environment);
    }

    /** Variables may be secrets. */
    @Override
    public String toString() {
        return "DockerProgram[" + program + "]";
    }

    /** For output that nobody needs to hear while it is written. */
    static void unheard(String line) {}

    Map<String, String> wholeEnvironment() {
        Map<String, String> whole = new HashMap<>(System.getenv());
        whole.putAll(environment);
        return whole;
    }

    Optional<String> environmentValue(String name) {
        return Optional.ofNullable(wholeEnvironment().get(name)).filter(value -> !value.isBlank());
    }

    /** Java looks a program up on the PATH that it was itself started with, but a caller may have given another. */
    private String executable() {
        Optional<String> path = Optional.ofNullable(environment.get("PATH"));
        if (path.isEmpty() || program.contains("/") || program.contains(File.separator)) {
            return program;
        }
        return Stream.of(path.get().split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .map(Path::toString)
                .findFirst()
                .orElse(program);
    }

    /** What it prints on its standard output. */
    String ask(String doing, String... arguments) throws InterruptedException {
        return run(doing, List.of(arguments), Map.of(), "", DockerProgram::unheard)
                .text();
    }

    boolean succeeds(String... arguments) throws InterruptedException {
        DockerProcess.Ending ending = attempt(List.of(arguments), Map.of(), "", DockerProgram::unheard);
        boolean missing =
                String.join("\n", ending.errors()).toLowerCase(Locale.ROOT).contains("no such");
        if (ending.code() != 0 && !missing) {
            throw DockerFailure.of("ask the Docker daemon", ending.all());
        }
        return ending.code() == 0;
    }

    /**
     * Runs it to its end.
     *
     * @param doing what it does, as in "cannot pull x"
     */
    DockerProcess.Ending run(
            String doing, List<String> arguments, Map<String, String> more, String input, Consumer<String> lines)
            throws InterruptedException {
        DockerProcess.Ending ending = attempt(arguments, more, input, lines);
        if (ending.code() != 0) {
            List<String> printed = new ArrayList<>(ending.output());
            printed.addAll(ending.errors());
            throw DockerFailure.of(doing, printed);
        }
        return ending;
    }

    /** Runs it to its end, however that is. */
    DockerProcess.Ending attempt(List<String> arguments, Map<String, String> more, String input, Consumer<String> lines)
            throws InterruptedException {
        return process(arguments, more, input).run(ENDLESS, lines);
    }

    private DockerProcess process(List<String> arguments, Map<String, String> more, String input) {
        List<String> command = new ArrayList<>(List.of(executable()));
        command.addAll(arguments);
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(more);
        return new DockerProcess(command, variables, input);
    }

    /** Ends and removes a container, also on behalf of a thread that was interrupted. */
    void remove(String container) {
        Uninterrupted.run(() -> quietly("rm", "--force", "--volumes", container));
    }

    /**
     * Ends and removes the container with this label. The daemon may still be making it for a program that was stopped
     * while it asked, hence the attempts for a thread that was interrupted.
     */
    void removeMarked(String label, String value) {
        int attempts = Thread.currentThread().isInterrupted() ? ATTEMPTS : 1;
        Uninterrupted.run(() -> {
            List<String> found = List.of();
            for (int attempt = 1; attempt <= attempts && found.isEmpty(); attempt++) {
                if (attempt > 1) {
                    Thread.sleep(PAUSE_MILLIS);
                }
                found = quietly("ps", "--all", "--quiet", "--filter", "label=" + label + "=" + value);
            }
            for (String id : found) {
                quietly("rm", "--force", "--volumes", id);
            }
        });
    }

    /** A failure to clean up must not hide the one that led to it. */
    private List<String> quietly(String... arguments) throws InterruptedException {
        return process(List.of(arguments), Map.of(), "")
                .run(CLEANING, DockerProgram::unheard)
                .output();
    }
}
