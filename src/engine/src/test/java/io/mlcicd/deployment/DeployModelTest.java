package io.mlcicd.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.deployment.supervisor.SupervisorMain;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Releases real services, each a process, behind a real supervisor. */
@Timeout(120)
class DeployModelTest {

    private static final Duration SHORT_LEASE = Duration.ofMillis(1500);

    @TempDir
    Path project;

    private int port;

    @BeforeEach
    void choosePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
    }

    @AfterEach
    void stopEverything() throws Exception {
        Deployments.undeploy(state(), "weather", true);
    }

    @Test
    void aFirstReleaseServesAndIsTold() throws Exception {
        Result<DeploymentDetails> result = deploy("one", Optional.of("one"));

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(predict()).contains("\"model\":\"one\"");
        assertThat(result.details().switched()).isTrue();
        assertThat(result.metrics())
                .containsKeys("health.seconds", "smoke.latency.p95")
                .containsEntry("smoke.failed", 0.0);
        assertThat(result.lineage().deployment().orElseThrow().url()).contains("http://127.0.0.1:" + port);
        DeploymentState status = Deployments.status(state(), "weather").orElseThrow();
        assertThat(status.alive()).isTrue();
        assertThat(status.release()).contains(result.details().release());
    }

    @Test
    void aSwitchUnderLoadLosesNoRequest() throws Exception {
        deploy("one", Optional.empty());
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        List<String> failures = new ArrayList<>();
        Thread load = new Thread(() -> {
            while (!stop.get()) {
                try {
                    predict();
                    answered.incrementAndGet();
                } catch (Exception e) {
                    synchronized (failures) {
                        failures.add(e.toString());
                    }
                }
            }
        });
        load.start();
        Result<DeploymentDetails> second = deploy("two", Optional.of("two"));
        int before = answered.get();
        await(() -> answered.get() > before + 20);
        stop.set(true);
        load.join();

        assertThat(failures).isEmpty();
        assertThat(predict()).contains("\"model\":\"two\"");
        assertThat(second.details().previous()).isPresent();
        assertThat(second.details().previous())
                .isNotEqualTo(Optional.of(second.details().release()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dies  | ended before it was ready; its log ends: this model cannot be loaded",
                "sick  | was not ready after 1.0 s",
                "wrong | 1 of 1 smoke requests failed, the first: 'it is right': expected model to be \"right\", got \"wrong\""
            })
    void aReleaseThatFailsIsRolledBackWhileTheOldOneServes(String model, String reason) throws Exception {
        deploy("right", Optional.of("right"));

        Result<DeploymentDetails> failed = deploy(model, Optional.of("right"));

        assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(failed.details().rolledBack()).isTrue();
        assertThat(failed.details().reason().orElseThrow()).contains(reason);
        assertThat(failed.gates()).anyMatch(gate -> gate.message().contains(reason));
        assertThat(failed.lineage().deployment()).isEmpty();
        assertThat(predict()).contains("\"model\":\"right\"");
        assertThat(running()).hasSize(1);
    }

    @Test
    void aFirstReleaseThatFailsLeavesNothingRunning() throws Exception {
        Result<DeploymentDetails> failed = deploy("dies", Optional.empty());

        assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
        await(() -> running().isEmpty()
                && SupervisorClient.find(new DeploymentHome(state(), "weather")).isEmpty());
    }

    @Test
    void aGateOnLatencyDecidesLikeAnyOther() throws Exception {
        DeploymentRequest request = request("one", Optional.of("one"), Gate.of("smoke.latency.max", Comparison.MAX, 0));

        Result<DeploymentDetails> result = new DeployModel(SHORT_LEASE).run(request, Progress.NONE);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.details().reason().orElseThrow()).contains("smoke.latency.max");
    }

    @Test
    void aCrashedServiceIsStartedAgain() throws Exception {
        deploy("one", Optional.empty());

        assertThatThrownBy(() -> get("/crash")).isInstanceOf(IOException.class);

        await(() -> Deployments.status(state(), "weather").orElseThrow().restarts() == 1 && answers());
        assertThat(predict()).contains("\"model\":\"one\"");
    }

    @Test
    void aRollbackBringsTheFormerReleaseBack() throws Exception {
        Result<DeploymentDetails> first = deploy("one", Optional.empty());
        deploy("two", Optional.empty());

        Result<DeploymentDetails> back = new RollbackModel().run(request("two", Optional.empty()), Progress.NONE);

        assertThat(back.details().release()).isEqualTo(first.details().release());
        assertThat(predict()).contains("\"model\":\"one\"");
    }

    @Test
    void withoutAFormerReleaseARollbackIsRefused() throws Exception {
        deploy("one", Optional.empty());

        assertThatThrownBy(() -> new RollbackModel().run(request("one", Optional.empty()), Progress.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no earlier release");
    }

    @Test
    void undeployingStopsEverythingAndMayBeRepeated() throws Exception {
        deploy("one", Optional.empty());

        assertThat(Deployments.undeploy(state(), "weather", false)).isTrue();
        assertThat(Deployments.undeploy(state(), "weather", false)).isFalse();

        assertThat(running()).isEmpty();
        assertThat(answers()).isFalse();
        assertThat(Deployments.status(state(), "weather").orElseThrow().running())
                .isFalse();
    }

    @Test
    void aPortInUseIsToldBeforeAnythingStarts() throws Exception {
        try (ServerSocket other = new ServerSocket(port)) {
            assertThat(other.isBound()).isTrue();
            assertThatThrownBy(() -> deploy("one", Optional.empty()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("port " + port + " on 127.0.0.1 cannot be used");
        }
        assertThat(running()).isEmpty();
    }

    @Test
    void aCommandThatDoesNotExistIsTold() {
        assertThatThrownBy(() -> {
                    DeploymentRequest request = request("one", Optional.empty());
                    new DeployModel(SHORT_LEASE).run(with(request, List.of("no-such-program")), Progress.NONE);
                })
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no-such-program");
    }

    @Test
    void twoDeploymentsOfOneNameDoNotMix() throws Exception {
        DeploymentHome home = new DeploymentHome(state(), "weather");
        try (DeploymentHome.Lock held = home.lock()) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> deploy("one", Optional.empty()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("being changed by another command");
        }
    }

    @Test
    void anInterruptedDeploymentIsUndone() throws Exception {
        deploy("one", Optional.empty());
        Thread deployer = new Thread(() -> {
            try {
                deploy("sick", Optional.empty());
            } catch (Exception e) {
                Thread.currentThread().interrupt();
            }
        });
        deployer.start();
        await(() -> running().size() == 2);

        deployer.interrupt();
        deployer.join();

        assertThat(running()).hasSize(1);
        assertThat(predict()).contains("\"model\":\"one\"");
    }

    @ParameterizedTest
    @CsvSource({"sick, false", "hangs, false", "dies, true"})
    void aKilledDeployerLeavesTheOldReleaseServingAndNoOrphan(String model, boolean mayEndBefore) throws Exception {
        deploy("one", Optional.empty());
        Process deployer = deployInAnotherProcess(model);
        await(() -> running().size() == 2 || (mayEndBefore && !deployer.isAlive()));

        deployer.destroyForcibly().waitFor();

        await(() -> running().size() == 1);
        assertThat(predict()).contains("\"model\":\"one\"");
        assertThat(deploy("two", Optional.of("two")).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void aDeployerKilledBetweenSwitchAndConfirmationIsUndone() throws Exception {
        deploy("one", Optional.empty());
        write("two", Optional.empty());
        DeploymentHome home = new DeploymentHome(state(), "weather");
        Release release = Release.prepare(request("two", Optional.empty()), home);
        SupervisorClient supervisor = SupervisorClient.find(home).orElseThrow();
        supervisor.order(
                "/start",
                io.mlcicd.deployment.supervisor.Fields.of(
                                "id", release.id(),
                                "folder", release.folder().toString(),
                                "log", home.log(release.id()).toString(),
                                "lease", "1500",
                                "fingerprint", "two")
                        .with("command", command()));
        String inner = supervisor
                .order("/status", io.mlcicd.deployment.supervisor.Fields.of())
                .require("candidate.port");
        HealthProbe probe = new HealthProbe(URI.create("http://127.0.0.1:" + inner), "/health");
        await(() -> {
            supervisor.order("/renew", io.mlcicd.deployment.supervisor.Fields.of());
            return probe.ready(HealthProbe.ONE_TRY);
        });
        supervisor.order(
                "/promote",
                io.mlcicd.deployment.supervisor.Fields.of("host", "127.0.0.1", "port", String.valueOf(port)));
        assertThat(predict()).contains("\"model\":\"two\"");

        await(() -> running().size() == 1);

        assertThat(predict()).contains("\"model\":\"one\"");
    }

    @Test
    void aSuccessorStopsWhatAKilledSupervisorLeftBehind() throws Exception {
        deploy("one", Optional.empty());
        long supervisor = supervisorPid();
        ProcessHandle.of(supervisor).orElseThrow().destroyForcibly();
        await(() -> ProcessHandle.of(supervisor).filter(ProcessHandle::isAlive).isEmpty());

        Result<DeploymentDetails> next = deploy("two", Optional.of("two"));

        assertThat(next.verdict()).isEqualTo(Verdict.PASSED);
        await(() -> running().size() == 1);
    }

    @Test
    void aSecretReachesTheServiceAndNoFile() throws Exception {
        Result<DeploymentDetails> result = deploy("one", Optional.empty());

        assertThat(predict()).contains("\"secretLength\":14");
        assertThat(Json.write(result)).doesNotContain("s3cr3t");
        try (Stream<Path> files = Files.walk(state())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("s3cr3t");
            }
        }
    }

    @Test
    void onlyTheLastThreeReleasesAreKept() throws Exception {
        for (String model : List.of("a", "b", "c", "d")) {
            deploy(model, Optional.empty());
        }

        assertThat(Deployments.status(state(), "weather").orElseThrow().releases())
                .hasSize(3);
    }

    @Test
    void theSupervisorsJarHoldsAllItsClasses() throws Exception {
        Path classes = Path.of(
                        SupervisorMain.class.getResource("SupervisorMain.class").toURI())
                .getParent();
        try (Stream<Path> files = Files.list(classes)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".class", ""))
                            .filter(name -> !name.equals("package-info")))
                    .containsExactlyInAnyOrderElementsOf(SupervisorProgram.CLASSES);
        }
    }

    /** Deploys in a process of its own, which can be killed: {@code PROJECT PORT MODEL}. */
    public static final class Deployer {
        private Deployer() {}

        public static void main(String[] arguments) throws Exception {
            DeployModelTest test = new DeployModelTest();
            test.project = Path.of(arguments[0]);
            test.port = Integer.parseInt(arguments[1]);
            test.deploy(arguments[2], Optional.empty());
        }
    }

    private Process deployInAnotherProcess(String model) throws IOException {
        return new ProcessBuilder(
                        java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Deployer.class.getName(),
                        project.toString(),
                        String.valueOf(port),
                        model)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Result<DeploymentDetails> deploy(String model, Optional<String> expected)
            throws IOException, InterruptedException {
        return new DeployModel(SHORT_LEASE).run(request(model, expected), Progress.NONE);
    }

    private DeploymentRequest request(String model, Optional<String> expected, Gate... gates) throws IOException {
        Optional<Path> smoke = write(model, expected);
        Duration patience =
                model.equals("sick") && expected.isPresent() ? Duration.ofSeconds(1) : Duration.ofSeconds(20);
        return new DeploymentRequest(
                new Model("weather", Optional.empty()),
                "weather",
                project,
                "build/model.txt",
                List.of(),
                command(),
                "127.0.0.1",
                port,
                new HealthCheck("/health", patience),
                smoke,
                Map.of("SECRET", "s3cr3t-s3cr3t!"),
                Duration.ofSeconds(1),
                state(),
                LineageRecord.EMPTY,
                List.of(gates));
    }

    private static DeploymentRequest with(DeploymentRequest request, List<String> command) {
        return new DeploymentRequest(
                request.model(),
                request.name(),
                request.baseDirectory(),
                request.modelPath(),
                request.files(),
                command,
                request.host(),
                request.port(),
                request.health(),
                request.smoke(),
                request.env(),
                request.drain(),
                request.stateDir(),
                request.known(),
                request.gates());
    }

    private Optional<Path> write(String model, Optional<String> expected) throws IOException {
        Files.createDirectories(project.resolve("build"));
        Files.writeString(project.resolve("build/model.txt"), model);
        if (expected.isEmpty()) {
            return Optional.empty();
        }
        String smoke = """
                requests:
                  - name: it is right
                    path: /predict
                    expect: { status: 200, json: { model: %s, n: 1 }, contains: secretLength, maxMillis: 20000 }
                """.formatted(expected.get());
        return Optional.of(Files.writeString(project.resolve("smoke.yml"), smoke));
    }

    private static List<String> command() {
        String classes = System.getProperty("java.class.path").split(java.io.File.pathSeparator)[0];
        return List.of(java(), "-Xmx32m", "-cp", classes, TestService.class.getName(), "${port}", "build/model.txt");
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private Path state() {
        return project.resolve(".mlcicd");
    }

    private long supervisorPid() throws IOException {
        return Long.parseLong(io.mlcicd.deployment.supervisor.Fields.parse(
                        Files.readString(new DeploymentHome(state(), "weather").control()))
                .require("pid"));
    }

    /** The processes that run a service of this test's project. */
    private List<ProcessHandle> running() {
        String folder = project.toAbsolutePath().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(TestService.class.getName()))
                        .isPresent())
                .filter(process -> {
                    try {
                        return Path.of("/proc", String.valueOf(process.pid()), "cwd")
                                .toRealPath()
                                .startsWith(Path.of(folder).toRealPath());
                    } catch (IOException e) {
                        return false;
                    }
                })
                .toList();
    }

    private String predict() throws IOException, InterruptedException {
        return get("/predict");
    }

    private boolean answers() {
        try {
            return predict() != null;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime())
                    .as("a condition did not come true in time")
                    .isLessThan(until);
            Thread.sleep(20);
        }
    }
}
