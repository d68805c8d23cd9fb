package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.data.ClusterSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real cluster on this machine: Spark's own master and two workers, each a process with a log of its own. */
final class StandaloneCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path home;
    private final Path folder;
    private final int port;
    private final Process master;
    private final List<Process> workers = new ArrayList<>();

    private StandaloneCluster(Path home, Path folder) throws IOException {
        this.home = home;
        this.folder = folder;
        this.port = freePort();
        this.master = start(
                "master",
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--webui-port",
                "0");
    }

    /** Starts it, and waits until both workers have found the master. */
    static StandaloneCluster start(Path folder) throws IOException, InterruptedException {
        StandaloneCluster cluster = new StandaloneCluster(SparkHome.folder(), folder);
        try {
            cluster.await("master", "Starting Spark master", 1);
            for (int i = 1; i <= 2; i++) {
                cluster.addWorker("worker" + i);
            }
            cluster.await("master", "Registering worker", 2);
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private void addWorker(String name) throws IOException {
        workers.add(start(
                name,
                "org.apache.spark.deploy.worker.Worker",
                url(),
                "--host",
                "127.0.0.1",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--webui-port",
                "0",
                "--work-dir",
                Files.createDirectories(folder.resolve(name + "-work")).toString()));
    }

    private Process start(String name, String... program) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(SparkHome.java().toString(), "-cp", home + "/conf:" + home + "/jars/*", "-Xmx256m"));
        command.add("-XX:+UseSerialGC");
        command.addAll(SparkHome.OPENED);
        command.addAll(List.of(program));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        // Spark's own scripts set it.
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private void await(String name, String words, int times) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        Path log = folder.resolve(name + ".log");
        while (Instant.now().isBefore(end)) {
            if (Files.readString(log).split(words, -1).length > times) {
                return;
            }
            Thread.sleep(200);
        }
        assertThat(Files.readString(log)).contains(words);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String url() {
        return "spark://127.0.0.1:" + port;
    }

    /** How to reach it; files are read in small pieces, so that there is much to hand out. */
    ClusterSettings settings() {
        return new ClusterSettings(
                Optional.of(home.toString()),
                Optional.of(url()),
                Map.of(
                        "spark.driver.host", "127.0.0.1",
                        "spark.driver.bindAddress", "127.0.0.1",
                        "spark.executor.memory", "600m",
                        "spark.executor.extraJavaOptions", "-XX:+UseSerialGC",
                        "spark.sql.shuffle.partitions", "4",
                        "spark.sql.files.maxPartitionBytes", "1m",
                        "spark.ui.enabled", "false"),
                List.of());
    }

    /** Takes the power from one worker and all that runs on it. */
    void loseAWorker() {
        Process lost = workers.remove(0);
        lost.descendants().forEach(ProcessHandle::destroyForcibly);
        lost.destroyForcibly();
    }

    @Override
    public void close() {
        List<Process> all = new ArrayList<>(workers);
        all.add(master);
        for (Process process : all) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        try {
            for (Process process : all) {
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            }
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
