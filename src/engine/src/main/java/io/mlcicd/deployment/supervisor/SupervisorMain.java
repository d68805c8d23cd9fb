package io.mlcicd.deployment.supervisor;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/** Entry point of the supervisor: {@code HOME HOST PORT LEASE_MILLIS}. */
public final class SupervisorMain {

    /** The file, in the deployment's home, that tells deployers where and with which token to give orders. */
    public static final String CONTROL_FILE = "control.properties";

    /** The file, in the deployment's home, that tells how things stand. */
    public static final String STATE_FILE = "state.properties";

    private static final int TOKEN_BITS = 160;

    private SupervisorMain() {}

    /** Runs until nothing is left to supervise. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path home = Path.of(arguments[0]);
        Path state = home.resolve(STATE_FILE);
        stopLeftovers(state);
        Supervisor supervisor = new Supervisor(state, Duration.ofMillis(Long.parseLong(arguments[3])));
        supervisor.listen(arguments[1], Integer.parseInt(arguments[2]));
        String token = new BigInteger(TOKEN_BITS, new SecureRandom()).toString(Character.MAX_RADIX);
        Control control = new Control(supervisor, token);
        Path file = home.resolve(CONTROL_FILE);
        writePrivately(
                file,
                Fields.of(
                        "pid", String.valueOf(ProcessHandle.current().pid()),
                        "port", String.valueOf(control.port()),
                        "token", token));
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::end, "shutdown"));
        supervisor.watch();
        Files.deleteIfExists(file);
        System.exit(0);
    }

    /** A supervisor that was killed could not stop its services; its successor does. */
    private static void stopLeftovers(Path state) throws IOException {
        if (!Files.exists(state)) {
            return;
        }
        Fields former = Fields.parse(Files.readString(state));
        for (String role : new String[] {"active", "candidate", "predecessor"}) {
            former.find(role + ".pid")
                    .map(Long::parseLong)
                    .flatMap(ProcessHandle::of)
                    .ifPresent(process -> {
                        Instant noted = Instant.parse(former.require(role + ".since"));
                        boolean same = process.info()
                                .startInstant()
                                .filter(start ->
                                        Duration.between(start, noted).abs().compareTo(Duration.ofSeconds(3)) < 0)
                                .isPresent();
                        if (same) {
                            process.descendants().forEach(ProcessHandle::destroyForcibly);
                            process.destroyForcibly();
                        }
                    });
        }
    }

    private static void writePrivately(Path file, Fields fields) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(partial);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(partial, fields.text().getBytes(StandardCharsets.UTF_8));
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
