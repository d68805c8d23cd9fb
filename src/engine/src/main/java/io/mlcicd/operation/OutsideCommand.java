package io.mlcicd.operation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A program of the user's that an operation runs, such as training or a batch.
 *
 * @param command the program and its arguments
 * @param folder where it runs
 * @param environment variables it gets beside those of this process; may hold secrets, so it is never shown
 * @param timeout how long it may take
 */
public record OutsideCommand(List<String> command, Path folder, Map<String, String> environment, Duration timeout) {

    private static final int KEPT_LINES = 20;
    private static final long POLITE_SECONDS = 5;

    /** How the program ended, and the last lines it printed. */
    public record Ending(int exitCode, double seconds, List<String> lastLines) {}

    public OutsideCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The same with more variables; those that it has already stay. */
    public OutsideCommand withEnvironment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.putAll(environment);
        return new OutsideCommand(command, folder, all, timeout);
    }

    /**
     * Runs the program to its end; an interruption or the timeout stops it and everything it started.
     *
     * @param lines hears each line of its output, standard error included; what it throws stops the program
     * @throws InvalidInputException when there is no such program
     * @throws OutsideSystemException when it took too long
     */
    public Ending run(Consumer<String> lines) throws InterruptedException {
        long started = System.nanoTime();
        Process process = start();
        Deque<String> last = new ArrayDeque<>();
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        Thread reader = new Thread(() -> read(process, last, lines, failure), "output of " + command.get(0));
        reader.setDaemon(true);
        reader.start();
        boolean ended = false;
        try {
            ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                throw new OutsideSystemException("`%s` was stopped, for it took longer than %s seconds"
                        .formatted(String.join(" ", command), timeout.toMillis() / 1e3));
            }
            reader.join(TimeUnit.SECONDS.toMillis(POLITE_SECONDS));
        } finally {
            if (!ended) {
                stop(process);
            }
            close(process.getOutputStream());
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        synchronized (last) {
            return new Ending(process.exitValue(), (System.nanoTime() - started) / 1e9, List.copyOf(last));
        }
    }

    private Process start() {
        Optional<List<String>> tied = Leash.around(command, folder);
        ProcessBuilder builder = new ProcessBuilder(tied.orElse(command)).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        try {
            Process process = builder.start();
            if (tied.isEmpty()) {
                process.getOutputStream().close();
            }
            return process;
        } catch (IOException e) {
            throw new InvalidInputException(
                    "cannot run '%s' in %s: is it installed, and on the PATH?".formatted(command.get(0), folder), e);
        }
    }

    private static void read(
            Process process, Deque<String> last, Consumer<String> lines, AtomicReference<RuntimeException> failure) {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (last) {
                    if (last.size() == KEPT_LINES) {
                        last.removeFirst();
                    }
                    last.addLast(line);
                }
                lines.accept(line);
            }
        } catch (IOException e) {
            // The program was stopped while it was writing; what it said so far has been heard.
        } catch (RuntimeException e) {
            // Nobody reads on, so the program would block on its next line.
            failure.set(e);
            stop(process);
        }
    }

    private static void close(OutputStream input) {
        try {
            input.close();
        } catch (IOException e) {
            // The program is gone, and with it whoever would have read this.
        }
    }

    private static void stop(Process process) {
        List<ProcessHandle> tree = process.descendants().toList();
        process.destroy();
        tree.forEach(ProcessHandle::destroy);
        try {
            process.waitFor(POLITE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        tree.forEach(ProcessHandle::destroyForcibly);
    }
}
