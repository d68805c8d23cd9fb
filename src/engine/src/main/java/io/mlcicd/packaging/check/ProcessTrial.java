package io.mlcicd.packaging.check;

import io.mlcicd.document.Folders;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideCommand;
import io.mlcicd.operation.Uninterrupted;
import io.mlcicd.serving.ServeCheck;
import io.mlcicd.serving.ServeReport;
import io.mlcicd.serving.ServingContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Tries an image without a daemon: its files are unpacked into a temporary folder and its command runs there, with the
 * interpreter that this host has. The program is tied to this process and dies with it, however this process dies.
 */
record ProcessTrial(ServingContract contract, ServeCheck check) {

    private static final String PREFIX = "mlcicd-serve-check-";
    private static final int LOG_LINES = 10;
    private static final Duration ENDLESS = Duration.ofDays(1);

    /** The command in a thread of its own. */
    private static final class Served implements ServeCheck.ServedProgram {

        private final Deque<String> lines = new ArrayDeque<>();
        private final AtomicReference<String> ending = new AtomicReference<>();
        private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
        private final Thread thread;

        Served(OutsideCommand command) {
            thread = new Thread(() -> run(command), "serve check");
            thread.setDaemon(true);
            thread.start();
        }

        private void run(OutsideCommand command) {
            try {
                ending.set("ended with exit code " + command.run(this::hear).exitCode());
            } catch (InterruptedException e) {
                ending.set("was stopped");
            } catch (RuntimeException e) {
                failure.set(e);
            }
        }

        private void hear(String line) {
            synchronized (lines) {
                if (lines.size() == LOG_LINES) {
                    lines.removeFirst();
                }
                lines.addLast(line);
            }
        }

        @Override
        public Optional<String> ended() {
            if (failure.get() != null) {
                throw failure.get();
            }
            return Optional.ofNullable(ending.get());
        }

        @Override
        public List<String> log() {
            synchronized (lines) {
                return List.copyOf(lines);
            }
        }

        void stop() {
            thread.interrupt();
            Uninterrupted.run(() -> thread.join(TimeUnit.SECONDS.toMillis(20)));
        }
    }

    ServeReport run(Path tarball) throws IOException, InterruptedException {
        ImageFiles image = ImageFiles.open(tarball);
        requireRunnable(image);
        ServedImage.requireFree(contract.port());
        removeAbandoned();
        Path root = Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-")
                .toRealPath();
        try {
            image.unpack(tarball, root);
            Path folder = root.resolve(image.workingDirectory().substring(1));
            Files.createDirectories(folder);
            List<String> command = image.command().stream()
                    .map(argument -> inRoot(argument, root))
                    .toList();
            Served served = new Served(new OutsideCommand(command, folder, image.environment(), ENDLESS));
            try {
                return check.run(URI.create("http://127.0.0.1:" + contract.port()), served);
            } finally {
                served.stop();
            }
        } finally {
            remove(root);
        }
    }

    private static void requireRunnable(ImageFiles image) {
        if (image.command().isEmpty()) {
            throw new InvalidInputException(
                    "package.command: the image has no command, so there is nothing to start for the serve check");
        }
        String here = platform();
        if (!image.platform().equals(here)) {
            throw new InvalidInputException(
                    "package.serveCheck: the image is for %s, this host is %s, and there is no Docker daemon"
                            .formatted(image.platform(), here));
        }
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceAll(" .*", "");
        String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return os + "/"
                + switch (architecture) {
                    case "x86_64" -> "amd64";
                    case "aarch64" -> "arm64";
                    default -> architecture;
                };
    }

    /** What the image has at an absolute path lies below the root here. */
    private static String inRoot(String argument, Path root) {
        boolean own = argument.startsWith("/") && Files.exists(root.resolve(argument.substring(1)));
        return own ? root + argument : argument;
    }

    /** The process that made such a folder has its id in the name; a killed one could not remove it. */
    private static void removeAbandoned() throws IOException {
        List<Path> folders;
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            folders = files.filter(file -> file.getFileName().toString().matches(PREFIX + "\\d{1,18}-.*"))
                    .toList();
        }
        for (Path folder : folders) {
            String pid =
                    folder.getFileName().toString().substring(PREFIX.length()).replaceFirst("-.*", "");
            if (ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                remove(folder);
            }
        }
    }

    private static void remove(Path folder) {
        try {
            Folders.remove(folder);
        } catch (IOException e) {
            // Another user's, or still written to; the next check tries again.
        }
    }
}
