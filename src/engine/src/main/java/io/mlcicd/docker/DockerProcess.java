package io.mlcicd.docker;

import io.mlcicd.operation.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of the {@code docker} program.
 *
 * @param command the program and its arguments; no secrets, for every user of the machine can read them
 * @param environment variables beside those of this process
 * @param input what the program reads from its standard input; may hold secrets
 */
record DockerProcess(List<String> command, Map<String, String> environment, String input) {

    private static final long POLITE_SECONDS = 3;

    /** Standard output and error are kept up to here; a build may print without end. */
    private static final int KEPT_LINES = 2000;

    /**
     * How it ended.
     *
     * @param code exit code
     * @param output lines of standard output, the last ones if there were very many
     * @param errors lines of standard error, likewise
     */
    record Ending(int code, List<String> output, List<String> errors) {

        String text() {
            return String.join("\n", output);
        }

        /** Both, error first: {@code docker logs} and others use either. */
        List<String> all() {
            List<String> all = new ArrayList<>(errors);
            all.addAll(output);
            return all;
        }
    }

    DockerProcess {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** Variables and input may be secrets. */
    @Override
    public String toString() {
        return "DockerProcess" + command;
    }

    /**
     * Runs to the end; an interruption stops the program.
     *
     * @param patience how long it may take; it is stopped then and its exit code is that of a killed program
     * @param lines hears each line of both outputs while it is written
     * @throws InvalidInputException when there is no such program
     */
    Ending run(Duration patience, Consumer<String> lines) throws InterruptedException {
        Process process = start();
        List<String> output = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        Thread out = reader(process.getInputStream(), output, lines);
        Thread err = reader(process.getErrorStream(), errors, lines);
        boolean ended = false;
        try {
            write(process);
            ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                stop(process);
            }
            out.join(TimeUnit.SECONDS.toMillis(POLITE_SECONDS));
            err.join(TimeUnit.SECONDS.toMillis(POLITE_SECONDS));
            ended = true;
        } finally {
            if (!ended) {
                stop(process);
            }
        }
        return new Ending(process.exitValue(), copy(output), copy(errors));
    }

    private Process start() {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw DockerFailure.noProgram(command.get(0), e);
        }
    }

    private void write(Process process) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading all; what it says about that is on its standard error.
        }
    }

    private static Thread reader(InputStream in, List<String> kept, Consumer<String> lines) {
        Thread thread = new Thread(() -> read(in, kept, lines), "output of docker");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void read(InputStream in, List<String> kept, Consumer<String> lines) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (kept) {
                    if (kept.size() == KEPT_LINES) {
                        kept.remove(0);
                    }
                    kept.add(line);
                }
                lines.accept(line);
            }
        } catch (IOException e) {
            // It was stopped while it was writing; what it said so far is kept.
        }
    }

    private static List<String> copy(List<String> kept) {
        synchronized (kept) {
            return List.copyOf(kept);
        }
    }

    private static void stop(Process process) {
        List<ProcessHandle> tree = process.descendants().toList();
        process.destroy();
        boolean interrupted = false;
        try {
            process.waitFor(POLITE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        tree.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
