package io.mlcicd.deployment.supervisor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One release as a running process, with the connections that clients have to it. */
final class Service {

    private static final long POLITE_SECONDS = 5;

    private final String id;
    private final int port;
    private final Path folder;
    private final Path log;
    private final List<String> command;
    private final Map<String, String> environment;
    private final AtomicInteger connections = new AtomicInteger();
    private Process process;
    private Instant since;

    private Service(String id, int port, Path folder, Path log, List<String> command, Map<String, String> environment) {
        this.id = id;
        this.port = port;
        this.folder = folder;
        this.log = log;
        this.command = command;
        this.environment = environment;
    }

    /** Starts the service that a deployer described. */
    static Service start(Fields request, int port) throws IOException {
        Service service = new Service(
                request.require("id"),
                port,
                Path.of(request.require("folder")),
                Path.of(request.require("log")),
                request.list("command").stream()
                        .map(argument -> argument.replace("${port}", String.valueOf(port)))
                        .toList(),
                request.map("env"));
        service.launch();
        return service;
    }

    /** Starts the process again after it died. */
    void launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("PORT", String.valueOf(port));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.redirectInput(ProcessBuilder.Redirect.from(nothing()));
        process = builder.start();
        since = Instant.now();
    }

    private static File nothing() {
        return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    /** Stops the process and all it started; politely at first. */
    void stop() {
        List<ProcessHandle> tree = process.descendants().toList();
        process.destroy();
        tree.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(POLITE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        tree.forEach(ProcessHandle::destroyForcibly);
    }

    boolean alive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    String id() {
        return id;
    }

    int port() {
        return port;
    }

    Instant since() {
        return since;
    }

    void opened() {
        connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }

    int connections() {
        return connections.get();
    }
}
