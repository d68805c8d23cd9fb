package io.mlcicd.spark;

import io.mlcicd.data.ClusterSettings;
import io.mlcicd.data.SpillFolder;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A driver that {@code spark-submit} started on this machine, and the folder with its program and socket, which no other
 * user can enter.
 */
final class DriverProcess implements AutoCloseable {

    /** A cluster may let an application wait for its turn. */
    private static final int MINUTES_TO_START = 15;

    private static final int MILLIS_BETWEEN_LOOKS = 50;
    private static final int SECONDS_TO_END = 10;
    private static final int LAST_LINES = 200;
    private static final int MOST_TOLD = 2;

    /** When a line of a log was written, and how grave it is. */
    private static final Pattern TIME = Pattern.compile("^[0-9/-]+[ T][0-9:.,]+Z? (ERROR|WARN) ");

    private final SpillFolder folder;
    private final Process process;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final Thread reading;

    private DriverProcess(SpillFolder folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.reading = new Thread(this::readOutput, "output of spark-submit");
        reading.setDaemon(true);
        reading.start();
    }

    /** A driver and the channel to it. */
    record Started(DriverProcess process, SocketChannel channel) {}

    static Started start(SparkSubmit submit, ClusterSettings settings, Progress progress) throws InterruptedException {
        try {
            SpillFolder folder = SpillFolder.create();
            try {
                return start(submit, settings, folder, progress);
            } catch (IOException | RuntimeException | InterruptedException e) {
                folder.close();
                throw e;
            }
        } catch (IOException e) {
            throw new OutsideSystemException("Spark did not start: " + e.getMessage(), e);
        }
    }

    private static Started start(SparkSubmit submit, ClusterSettings settings, SpillFolder folder, Progress progress)
            throws IOException, InterruptedException {
        Path jar = folder.path().resolve("driver.jar");
        Path socket = folder.path().resolve("socket");
        DriverJar.write(jar);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            server.configureBlocking(false);
            List<String> command = submit.command(settings, jar, socket);
            progress.line("starting Spark " + submit.version()
                    + settings.master().map(at -> " at " + at).orElse(""));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.path().toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(settings.environment());
            DriverProcess driver = new DriverProcess(folder, builder.start());
            try {
                return new Started(driver, driver.accepted(server));
            } catch (IOException | RuntimeException | InterruptedException e) {
                driver.end();
                throw e;
            }
        }
    }

    private SocketChannel accepted(ServerSocketChannel server) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES_TO_START);
        while (System.nanoTime() < end) {
            SocketChannel channel = server.accept();
            if (channel != null) {
                return channel;
            }
            if (process.waitFor(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
                throw new OutsideSystemException("Spark did not start: " + lastWords());
            }
        }
        throw new OutsideSystemException(
                "Spark did not start within %d minutes; it says: %s".formatted(MINUTES_TO_START, lastWords()));
    }

    private void readOutput() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (lastLines) {
                    lastLines.addLast(line);
                    if (lastLines.size() > LAST_LINES) {
                        lastLines.removeFirst();
                    }
                }
            }
        } catch (IOException ended) {
            // The process is gone, and its output with it.
        }
    }

    /** What it said last. */
    String lastWords() throws InterruptedException {
        if (!process.isAlive()) {
            reading.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_END));
        }
        return reasons().orElseGet(() -> {
            String words = last(lines());
            return words.isEmpty() ? "spark-submit ended without a word" : words;
        });
    }

    /** What it said last that sounds like a reason. */
    Optional<String> reasons() {
        return Optional.of(last(lines().stream()
                        .filter(line -> line.contains(" ERROR ")
                                || line.startsWith("Error")
                                || line.startsWith("Exception in")
                                || line.startsWith("Caused by"))
                        .toList()))
                .filter(words -> !words.isEmpty());
    }

    private List<String> lines() {
        synchronized (lastLines) {
            return List.copyOf(lastLines);
        }
    }

    private static String last(List<String> lines) {
        return lines.stream()
                .map(line -> TIME.matcher(line).replaceFirst("").strip())
                .filter(line -> !line.isEmpty())
                .distinct()
                .skip(Math.max(0, lines.size() - MOST_TOLD))
                .collect(Collectors.joining("; "));
    }

    /** Ends the process if it does not end by itself. */
    private void end() {
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it at once. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        end();
        folder.close();
    }
}
