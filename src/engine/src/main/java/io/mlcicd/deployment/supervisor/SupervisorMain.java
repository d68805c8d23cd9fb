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
        Leftovers.stop(home);
        Address address = new Address(arguments[1], Integer.parseInt(arguments[2]));
        Supervisor supervisor = new Supervisor(home, address, Duration.ofMillis(Long.parseLong(arguments[3])));
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
        control.awaitAnswers();
        System.exit(0);
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
