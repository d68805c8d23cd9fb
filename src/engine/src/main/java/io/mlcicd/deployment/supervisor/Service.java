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
    private static final long CLEAN_SECONDS = 20;

    private final String id;
    private final int port;
    private final Path folder;
    private final Path log;
    private final List<String> command;
    private final Map<String, String> environment;
    private final List<String> cleanup;
    private final String fingerprint;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean leaving;
    private Process process;
    private volatile Instant since;

    private Service(Fields request, int port) {
        this.id = request.require("id");
        this.port = port;
        this.folder = Path.of(request.require("folder"));
        this.log = Path.of(request.require("log"));
        this.command = request.list("command").stream()
                .map(argument -> argument.replace("${port}", String.valueOf(port)))
                .toList();
        this.cleanup = request.list("cleanup");
        this.environment = request.map("env");
        this.fingerprint = request.require("fingerprint");
    }

    /** Starts the service that a deployer described. */
    static Service start(Fields request, int port) throws IOException {
        Service service = new Service(request, port);
        service.launch();
        return service;
    }

    /** Starts the process, also again after it died. */
    void launch() throws IOException {
        if (process != null) {
            cleanUp();
        }
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
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

    /** Asks the process and all it started to end; does not wait. */
    void askToStop() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    /** Stops the process and all it started; politely at first. */
    void stop() {
        List<ProcessHandle> tree = process.descendants().toList();
        askToStop();
        try {
            if (!process.waitFor(POLITE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        tree.forEach(ProcessHandle::destroyForcibly);
        cleanUp();
    }

    /** Runs what removes that which outlives the process, such as a container whose command was killed. */
    private void cleanUp() {
        if (cleanup.isEmpty()) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder(cleanup);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectInput(ProcessBuilder.Redirect.from(nothing()));
        try {
            Process cleaner = builder.start();
            if (!cleaner.waitFor(CLEAN_SECONDS, TimeUnit.SECONDS)) {
                cleaner.destroyForcibly();
            }
        } catch (IOException e) {
            System.err.println(Instant.now() + " release " + id + " cannot be cleaned up: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void capLog() {
        LogFile.cap(log);
    }

    /** Its answers send clients to the next release from now on. */
    void leave() {
        leaving = true;
    }

    boolean leaving() {
        return leaving;
    }

    /** Tells one way to run a release from another; made of secrets too, so it is kept in no file. */
    String fingerprint() {
        return fingerprint;
    }

    /** The process, as it is noted for a supervisor that comes after this one. */
    Fields describe() {
        return Fields.of(
                "id", id,
                "pid", String.valueOf(process.pid()),
                "port", String.valueOf(port),
                "alive", String.valueOf(process.isAlive()),
                "since", since.toString());
    }

    boolean alive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
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
