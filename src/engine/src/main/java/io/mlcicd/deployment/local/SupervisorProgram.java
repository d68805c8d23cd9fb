package io.mlcicd.deployment.local;

import io.mlcicd.deployment.supervisor.Fields;
import io.mlcicd.deployment.supervisor.SupervisorMain;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Brings a deployment's supervisor up: a process of its own that outlives the one that starts it. */
final class SupervisorProgram {

    /** All classes of the supervisor; they are copied out of wherever this class was loaded from. */
    static final List<String> CLASSES = List.of(
            "Address",
            "Answers",
            "Answers$Kept",
            "Backend",
            "Body",
            "Body$Kind",
            "Capture",
            "Capture$Answer",
            "Connection",
            "Connection$Direction",
            "Control",
            "Exchange",
            "Exchange$Attempt",
            "Exchange$ClientGone",
            "Fields",
            "Figures",
            "FinalAnswer",
            "Forwarder",
            "Head",
            "Head$Field",
            "History",
            "HttpConnection",
            "JsonPlace",
            "JsonPlace$Value",
            "Lane",
            "LatencyHistogram",
            "Leftovers",
            "Listener",
            "LogFile",
            "Predictions",
            "Refusal",
            "Request",
            "RequestId",
            "Restarts",
            "Service",
            "Shadowing",
            "Supervisor",
            "Traffic",
            "Traffic$Choice",
            "Traffic$Split",
            "TrafficOptions",
            "Wire",
            "Wire$OtherProtocol",
            "Wire$Sink",
            "SupervisorMain");

    /** Jenkins ends all processes of a build that carry its cookie; a service is meant to stay. */
    static final Map<String, String> STAY = Map.of("JENKINS_NODE_COOKIE", "dontKillMe", "BUILD_ID", "dontKillMe");

    private static final Duration START = Duration.ofSeconds(20);
    private static final long LOOK_AGAIN_MILLIS = 50;

    private SupervisorProgram() {}

    static Path log(DeploymentHome home) {
        return home.logs().resolve("supervisor.log");
    }

    private static Path jar(DeploymentHome home) {
        return home.folder().resolve("supervisor.jar");
    }

    /**
     * The running supervisor, started if need be. One that runs goes on listening where it does until the new release
     * is promoted, for clients of the present release must not lose it to a deployment that fails.
     *
     * @throws InvalidInputException when another program has the port, or the host is none of this machine's
     */
    static SupervisorClient ensure(DeploymentHome home, String host, int port) throws InterruptedException {
        Optional<SupervisorClient> running = SupervisorClient.find(home);
        if (running.isPresent()) {
            Fields now = running.get().order("/status", Fields.of());
            if (!now.require("port").equals(String.valueOf(port))) {
                requireFree(host, port);
            }
            return running.get();
        }
        requireFree(host, port);
        return start(home, host, port);
    }

    private static void requireFree(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        try {
            if (address.isUnresolved() || !isLocal(address)) {
                throw new InvalidInputException(
                        "'%s' is no address of this machine; name one of its own, such as 127.0.0.1 (deploy.host)"
                                .formatted(host));
            }
            try (ServerSocket probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(address);
            }
        } catch (IOException e) {
            throw new InvalidInputException(
                    "port %d on %s cannot be used (%s); stop the program that has it, or choose another port (deploy.port)"
                            .formatted(port, host, e.getMessage()),
                    e);
        }
    }

    private static boolean isLocal(InetSocketAddress address) throws IOException {
        return address.getAddress().isAnyLocalAddress()
                || NetworkInterface.getByInetAddress(address.getAddress()) != null;
    }

    private static SupervisorClient start(DeploymentHome home, String host, int port) throws InterruptedException {
        writeJar(jar(home));
        List<String> command = new ArrayList<>();
        ownSession().ifPresent(command::add);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jar(home).toString(),
                SupervisorMain.class.getName(),
                home.folder().toString(),
                host,
                String.valueOf(port),
                String.valueOf(START.toMillis())));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.folder().toFile());
        builder.environment().putAll(STAY);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(home).toFile()));
        try {
            Files.deleteIfExists(SupervisorClient.control(home));
            Process process = builder.start();
            process.getOutputStream().close();
            return await(home, process);
        } catch (IOException e) {
            throw new OutsideSystemException("the supervisor cannot be started: " + e.getMessage(), e);
        }
    }

    private static SupervisorClient await(DeploymentHome home, Process process)
            throws InterruptedException, IOException {
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
        throw new OutsideSystemException("the supervisor did not start; its log %s ends: %s"
                .formatted(log(home), String.join(" | ", LogTail.of(log(home)))));
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
