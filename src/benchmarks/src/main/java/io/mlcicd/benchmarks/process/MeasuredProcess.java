package io.mlcicd.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process from its start to its end.
 *
 * @param exitCode what it ended with
 * @param seconds wall time in seconds
 * @param peakBytes the most memory that it held at any time (Linux's {@code VmHWM}) and, each for itself, the processes
 *     that it started, in bytes; 0 where the system does not tell
 */
record MeasuredProcess(int exitCode, double seconds, long peakBytes) {

    /** The kernel keeps the peak by itself, so that only what comes after the last look is missed. */
    private static final long LOOK_MILLIS = 10;

    private static final double NANOS = 1e9;

    /** Runs a command in a folder, with these variables beside those of this process; its output goes to a file. */
    static MeasuredProcess run(List<String> command, Path folder, Map<String, String> environment, Path log)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            Map<Long, Long> peaks = new HashMap<>();
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                peaks.merge(process.pid(), peakBytes(process.pid()), Math::max);
                process.descendants().forEach(child -> peaks.merge(child.pid(), peakBytes(child.pid()), Math::max));
            }
            long peak = peaks.values().stream().mapToLong(Long::longValue).sum();
            return new MeasuredProcess(process.exitValue(), (System.nanoTime() - start) / NANOS, peak);
        } finally {
            process.destroyForcibly();
        }
    }

    private static long peakBytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (NoSuchFileException e) {
            return 0; // the process has just ended, or this is not Linux
        } catch (IOException | UncheckedIOException e) {
            return 0; // it ended while its state was being read
        }
    }
}
