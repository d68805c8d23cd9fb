package io.mlcicd.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.deployment.local.LocalSettings;
import io.mlcicd.deployment.local.LocalSettings.Traffic;
import io.mlcicd.deployment.local.ProcessSettings;
import io.mlcicd.deployment.strategy.Strategy;
import io.mlcicd.deployment.supervisor.Fields;
import io.mlcicd.deployment.supervisor.SupervisorMain;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.HealthCheck;
import io.mlcicd.deployment.target.TargetSettings;
import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A project whose model is a {@link TestService}, deployed as {@code weather} with a short lease. */
final class ServiceProject {

    static final Duration SHORT_LEASE = Duration.ofMillis(1500);
    static final String SECRET = "s3cr3t-s3cr3t!";

    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private int port;
    private Duration drain = Duration.ofMillis(300);
    private Duration healthTimeout = Duration.ofSeconds(20);
    private Map<String, String> env = Map.of("SECRET", SECRET);
    private String host = "127.0.0.1";
    private Traffic traffic = Traffic.HTTP;
    private Strategy strategy = Strategy.ALL_AT_ONCE;
    private Optional<String> prediction = Optional.empty();
    private Optional<String> requestId = Optional.empty();
    private boolean repeatable;
    private Duration patience = Duration.ZERO;

    ServiceProject(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    static ServiceProject onAFreePort(Path folder) throws IOException {
        return new ServiceProject(folder, freePort());
    }

    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    ServiceProject at(String newHost, int newPort) {
        host = newHost;
        port = newPort;
        return this;
    }

    ServiceProject draining(Duration longest) {
        drain = longest;
        return this;
    }

    ServiceProject readyWithin(Duration timeout) {
        healthTimeout = timeout;
        return this;
    }

    ServiceProject with(Map<String, String> variables) {
        env = variables;
        return this;
    }

    ServiceProject passing(Traffic what) {
        traffic = what;
        return this;
    }

    ServiceProject by(Strategy way) {
        strategy = way;
        return this;
    }

    ServiceProject predicting(String pointer) {
        prediction = Optional.of(pointer);
        return this;
    }

    ServiceProject identifying(String place) {
        requestId = Optional.of(place);
        return this;
    }

    ServiceProject repeating() {
        repeatable = true;
        return this;
    }

    ServiceProject waiting(Duration longest) {
        patience = longest;
        return this;
    }

    int port() {
        return port;
    }

    Path state() {
        return folder.resolve(".mlcicd");
    }

    DeploymentHome home() {
        return new DeploymentHome(state(), "weather");
    }

    DeploymentState status() throws InterruptedException {
        return Deployments.status(state(), "weather", target()).orElseThrow();
    }

    boolean undeploy(boolean purge) throws InterruptedException {
        return Deployments.undeploy(state(), "weather", target(), purge, "a test", Duration.ofSeconds(20));
    }

    /** Deploys a model without smoke requests. */
    Result<DeploymentDetails> deploy(String model) throws IOException, InterruptedException {
        return deploy(request(model, Optional.empty()));
    }

    /** Deploys a model that is expected to name itself so. */
    Result<DeploymentDetails> deploy(String model, String expected) throws IOException, InterruptedException {
        return deploy(request(model, Optional.of(expected)));
    }

    Result<DeploymentDetails> deploy(DeploymentRequest request) throws InterruptedException {
        return new DeployModel().run(request, Progress.NONE);
    }

    Result<DeploymentDetails> rollBack() throws IOException, InterruptedException {
        return new RollbackModel().run(request("whatever is there now", Optional.empty()), Progress.NONE);
    }

    DeploymentRequest request(String model, Optional<String> expected, Gate... gates) throws IOException {
        return request(command(), write(model, expected), gates);
    }

    DeploymentRequest request(List<String> command, Optional<Path> smoke, Gate... gates) {
        return new DeploymentRequest(
                new Model("weather", Optional.empty()),
                "weather",
                folder,
                "build/model.txt",
                List.of(),
                Optional.empty(),
                command,
                new HealthCheck("/health", healthTimeout),
                smoke,
                env,
                target(),
                strategy,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                "a test",
                patience,
                state(),
                LineageRecord.EMPTY,
                List.of(gates));
    }

    private Optional<Path> write(String model, Optional<String> expected) throws IOException {
        Files.createDirectories(folder.resolve("build"));
        Files.writeString(folder.resolve("build/model.txt"), model);
        if (expected.isEmpty()) {
            return Optional.empty();
        }
        String smoke = """
                requests:
                  - name: it is right
                    path: /predict
                    expect: { status: 200, json: { model: %s, n: 1 }, contains: secretLength, maxMillis: 20000 }
                """.formatted(expected.get());
        return Optional.of(Files.writeString(folder.resolve("smoke.yml"), smoke));
    }

    TargetSettings target() {
        return new ProcessSettings(new LocalSettings(
                host, port, drain, traffic, prediction, requestId, repeatable, Duration.ofSeconds(1), SHORT_LEASE));
    }

    private static List<String> command() {
        String classes = System.getProperty("java.class.path").split(File.pathSeparator)[0];
        return List.of(
                java(),
                "-Xmx32m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classes,
                TestService.class.getName(),
                "${port}",
                "build/model.txt");
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    long supervisorPid() throws IOException {
        return Long.parseLong(Fields.parse(Files.readString(home().folder().resolve(SupervisorMain.CONTROL_FILE)))
                .require("pid"));
    }

    /** The processes that run a service of this project. */
    List<ProcessHandle> running() {
        return processes(TestService.class.getName());
    }

    /** The supervisors of this project. */
    List<ProcessHandle> supervisors() {
        return processes("SupervisorMain");
    }

    private List<ProcessHandle> processes(String program) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(program))
                        .isPresent())
                .filter(process -> {
                    try {
                        return Path.of("/proc", String.valueOf(process.pid()), "cwd")
                                .toRealPath()
                                .startsWith(folder.toRealPath());
                    } catch (IOException e) {
                        return false;
                    }
                })
                .toList();
    }

    String predict() throws IOException, InterruptedException {
        return get("/predict");
    }

    /** The model that answers, or nothing when none does. */
    Optional<String> model() throws InterruptedException {
        try {
            String answer = predict();
            return Optional.of(answer.substring("{\"model\":\"".length(), answer.indexOf("\",")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    /** A request that no client sends a second time by itself. */
    String post(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString("{\"x\": 1}")));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
        if (answer.statusCode() == 502 || answer.statusCode() == 503) {
            throw new IOException("no release answered: " + answer.body());
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    static void await(Callable<Boolean> condition) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime())
                    .as("a condition did not come true in time")
                    .isLessThan(until);
            Thread.sleep(20);
        }
    }
}
