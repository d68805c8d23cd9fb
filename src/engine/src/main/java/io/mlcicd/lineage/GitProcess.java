package io.mlcicd.lineage;

import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs git for its output: in a folder, within a time, without ever asking anybody anything. */
record GitProcess(String git, Path folder, Duration patience) {

    record Output(int exitCode, String text, String error) {}

    /**
     * Runs one git command.
     *
     * @throws IOException when git or the folder does not exist
     * @throws OutsideSystemException when git did not end in time
     */
    Output run(List<String> arguments) throws IOException, InterruptedException {
        Process process = builder(arguments).start();
        try {
            process.getOutputStream().close();
            CompletableFuture<String> text = drain(process.getInputStream());
            CompletableFuture<String> error = drain(process.getErrorStream());
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new OutsideSystemException("git %s in %s did not end within %d s"
                        .formatted(arguments.get(0), folder, patience.toSeconds()));
            }
            return new Output(process.exitValue(), text.join(), error.join());
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * The digest of what one git command prints, whatever bytes these are.
     *
     * @return empty when git ends with an error
     * @throws IOException when git or the folder does not exist
     * @throws OutsideSystemException when git did not end in time
     */
    Optional<Digest> digest(List<String> arguments) throws IOException, InterruptedException {
        Process process = builder(arguments)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            process.getOutputStream().close();
            CompletableFuture<Digest> digest = CompletableFuture.supplyAsync(
                    () -> {
                        try (InputStream stream = process.getInputStream()) {
                            return Digests.of(stream);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    GitProcess::startReader);
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new OutsideSystemException("git %s in %s did not end within %d s"
                        .formatted(arguments.get(0), folder, patience.toSeconds()));
            }
            Digest read = digest.join();
            return process.exitValue() == 0 ? Optional.of(read) : Optional.empty();
        } finally {
            process.destroyForcibly();
        }
    }

    private ProcessBuilder builder(List<String> arguments) {
        // A file system monitor is a program named by the repository; reading a version must not start it.
        List<String> command = new ArrayList<>(List.of(git, "-c", "core.fsmonitor=false"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        // What a surrounding git hook or build has set would point git at another repository.
        List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX").forEach(environment::remove);
        environment.put("LC_ALL", "C");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_OPTIONAL_LOCKS", "0");
        return builder;
    }

    /** Both outputs are read while git runs, for a full pipe would make it wait for ever. */
    private static CompletableFuture<String> drain(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                GitProcess::startReader);
    }

    private static void startReader(Runnable reader) {
        Thread thread = new Thread(reader, "git output");
        thread.setDaemon(true);
        thread.start();
    }
}
