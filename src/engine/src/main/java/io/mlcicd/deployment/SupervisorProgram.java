package io.mlcicd.deployment;

import io.mlcicd.deployment.supervisor.Fields;
import io.mlcicd.deployment.supervisor.SupervisorMain;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Brings a deployment's supervisor up: a process of its own that outlives the one that starts it. */
final class SupervisorProgram {

    /** All classes of the supervisor; they are copied out of wherever this class was loaded from. */
    static final List<String> CLASSES =
            List.of("Control", "Fields", "Forwarder", "Service", "Supervisor", "SupervisorMain");

    private static final Duration START = Duration.ofSeconds(20);
    private static final long LOOK_AGAIN_MILLIS = 50;

    private SupervisorProgram() {}

    /**
     * The running supervisor, started if need be, listening on that port.
     *
     * @param lease how long the supervisor waits for a deployer that says nothing
     * @throws InvalidInputException when another program has the port
     */
    static SupervisorClient ensure(DeploymentHome home, String host, int port, Duration lease)
            throws InterruptedException {
        Optional<SupervisorClient> running = SupervisorClient.find(home);
        if (running.isPresent()) {
            move(running.get(), host, port);
            return running.get();
        }
        requireFree(host, port);
        return start(home, host, port, lease);
    }

    private static void move(SupervisorClient supervisor, String host, int port) throws InterruptedException {
        Fields now = supervisor.order("/status", Fields.of());
        boolean moves =
                !now.require("host").equals(host) || !now.require("port").equals(String.valueOf(port));
        if (moves) {
            requireFree(host, port);
            supervisor.order("/listen", Fields.of("host", host, "port", String.valueOf(port)));
        }
    }

    private static void requireFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new InvalidInputException(
                    "port %d on %s is in use by another program; stop that program, or choose another port (deploy.port)"
                            .formatted(port, host),
                    e);
        }
    }

    private static SupervisorClient start(DeploymentHome home, String host, int port, Duration lease)
            throws InterruptedException {
        writeJar(home.jar());
        List<String> command = new ArrayList<>();
        ownSession().ifPresent(command::add);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                home.jar().toString(),
                SupervisorMain.class.getName(),
                home.folder().toString(),
                host,
                String.valueOf(port),
                String.valueOf(lease.toMillis())));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.folder().toFile());
        // Jenkins ends all processes of a build that carry its cookie; a service is meant to stay.
        builder.environment().put("JENKINS_NODE_COOKIE", "dontKillMe");
        builder.environment().put("BUILD_ID", "dontKillMe");
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(home.supervisorLog().toFile()));
        try {
            Files.deleteIfExists(home.control());
            Process process = builder.start();
            process.getOutputStream().close();
            return await(home, process);
        } catch (IOException e) {
            throw new OutsideSystemException("the supervisor cannot be started: " + e.getMessage(), e);
        }
    }

    private static SupervisorClient await(DeploymentHome home, Process process) throws InterruptedException {
        long until = System.nanoTime() + START.toNanos();
        boolean found = false;
        try {
            while (System.nanoTime() < until) {
                Optional<SupervisorClient> client = SupervisorClient.find(home);
                if (client.isPresent()) {
                    found = true;
                    return client.get();
                }
                if (process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        } finally {
            if (!found) {
                process.destroyForcibly();
            }
        }
        throw new OutsideSystemException("the supervisor did not start; see " + home.supervisorLog());
    }

    /** On Linux a session of its own keeps a closed terminal or a killed group from taking the service along. */
    private static Optional<String> ownSession() {
        return List.of("/usr/bin/setsid", "/bin/setsid").stream()
                .filter(program -> Files.isExecutable(Path.of(program)))
                .findFirst();
    }

    private static void writeJar(Path jar) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        String folder = SupervisorMain.class.getPackageName().replace('.', '/');
        AtomicFiles.write(jar, out -> {
            JarOutputStream entries = new JarOutputStream(out, manifest);
            for (String name : CLASSES) {
                entries.putNextEntry(new ZipEntry(folder + "/" + name + ".class"));
                try (InputStream in = SupervisorMain.class.getResourceAsStream(name + ".class")) {
                    in.transferTo(entries);
                }
                entries.closeEntry();
            }
            entries.finish();
        });
    }
}
