package io.mlcicd.benchmarks.process;

import io.mlcicd.document.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An empty folder in which commands are run, so that they find nothing of earlier runs; it goes when it is closed. */
final class Workplace implements AutoCloseable {

    private final Path folder;
    private final Map<String, String> environment;

    /** @param memory the limit of ml-cicd's memory, such as {@code 2GB}; empty for its default */
    Workplace(String memory) throws IOException {
        folder = Files.createTempDirectory("mlcicd-process");
        environment = memory.isBlank() ? Map.of() : Map.of("MLCICD_MEMORY", memory);
    }

    Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Where a command is to leave its answer. */
    Path answer() {
        return folder.resolve("answer.json");
    }

    /** Runs a command in a folder of its own that is empty at its start. */
    MeasuredProcess run(List<String> command) throws IOException, InterruptedException {
        Files.deleteIfExists(answer());
        Path inside = Files.createTempDirectory(folder, "run");
        try {
            return MeasuredProcess.run(command, inside, environment, log());
        } finally {
            Folders.remove(inside);
        }
    }

    /**
     * Runs a command that must end well.
     *
     * @throws IllegalArgumentException with its last lines, when its exit code is not 0
     */
    MeasuredProcess runToEnd(String what, List<String> command) throws IOException, InterruptedException {
        MeasuredProcess run = run(command);
        if (run.exitCode() != 0) {
            throw new IllegalArgumentException("%s ended with %d:%n%s".formatted(what, run.exitCode(), lastLines()));
        }
        return run;
    }

    /** The last lines that the last command printed. */
    String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }

    private Path log() {
        return folder.resolve("output.log");
    }

    @Override
    public void close() throws IOException {
        Folders.remove(folder);
    }
}
