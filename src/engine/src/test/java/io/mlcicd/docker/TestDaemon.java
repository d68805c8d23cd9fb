package io.mlcicd.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Docker daemon of this machine, and images of BusyBox for it that need no registry. */
public final class TestDaemon {

    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private TestDaemon() {}

    /** The daemon; without one, the test is skipped. */
    public static DockerCommand open() throws InterruptedException {
        DockerCommand docker = DockerCommand.onPath();
        Optional<String> why = docker.unavailable();
        assumeTrue(why.isEmpty(), "no container was run: " + why.orElse(""));
        return docker;
    }

    /** A statically linked BusyBox; without one, the test is skipped. */
    public static Path busybox() throws IOException {
        assumeTrue(
                Files.isExecutable(BUSYBOX) && isStatic(BUSYBOX),
                "no statically linked " + BUSYBOX + " (package busybox-static), so no image could be made");
        return BUSYBOX;
    }

    /** An ELF program without an interpreter has no segment of type PT_INTERP, whose content ends in this name. */
    private static boolean isStatic(Path program) throws IOException {
        String start = new String(Files.readAllBytes(program), 0, 4096, StandardCharsets.ISO_8859_1);
        return !start.contains("/ld-linux");
    }

    /** Builds an image that has BusyBox' shell, with further lines of a Dockerfile. */
    public static String build(DockerCommand docker, Path folder, String tag, String lines) throws Exception {
        Files.createDirectories(folder);
        Files.copy(busybox(), folder.resolve("busybox"), StandardCopyOption.REPLACE_EXISTING);
        Path dockerfile = Files.writeString(folder.resolve("Dockerfile"), """
                FROM scratch
                COPY busybox /bin/busybox
                COPY busybox /bin/sh
                """ + lines);
        DockerBuild build = new DockerBuild(
                folder, dockerfile, List.of(tag), Map.of(), Map.of(), Optional.empty(), List.of("--network=host"));
        return docker.build(build, line -> {});
    }

    /** A port that nobody has. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
