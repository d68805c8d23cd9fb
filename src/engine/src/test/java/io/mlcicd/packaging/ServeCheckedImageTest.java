package io.mlcicd.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.docker.ContainerNetwork;
import io.mlcicd.docker.DockerCommand;
import io.mlcicd.docker.DockerRun;
import io.mlcicd.docker.TestDaemon;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.packaging.docker.DockerUse;
import io.mlcicd.serving.ServeReport;
import io.mlcicd.serving.ServingProtocol;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Packages a model server, starts it in a real Docker daemon, and pushes it to a real registry if it answers. */
class ServeCheckedImageTest {

    private static final String HOST_LABEL = "io.mlcicd.serve-check.host";

    @TempDir
    private Path temp;

    private DockerCommand docker;
    private ServedProject served;
    private Project project;

    @BeforeEach
    void open() throws Exception {
        docker = TestDaemon.open();
        served = new ServedProject(temp.resolve("project"));
        project = served.project;
    }

    private List<String> leftovers() throws Exception {
        return docker.containers(HOST_LABEL, InetAddress.getLocalHost().getHostName());
    }

    @ParameterizedTest
    @EnumSource
    void anImageThatAnswersIsPushed(ServingProtocol protocol) throws Exception {
        try (Registry registry = Registry.open(temp)) {
            served.serving(protocol, "good");
            project.image = registry.host() + "/weather:1";
            project.push = true;
            project.gates = List.of(Gate.of("serve.latency.p95", Comparison.MAX, 5000));

            Result<PackagingDetails> result = project.pack();

            assertThat(result.verdict())
                    .as(result.gates().stream()
                            .map(GateResult::message)
                            .toList()
                            .toString())
                    .isEqualTo(Verdict.PASSED);
            assertThat(result.gates())
                    .extracting(gate -> gate.gate().metric())
                    .containsExactly("serve.ready", "serve.answers", "serve.latency.p95");
            assertThat(result.details().served().orElseThrow().passed()).isTrue();
            assertThat(registry.digestOf("weather", "1"))
                    .isEqualTo(result.details().image().digest());
            assertThat(docker.hasImage(project.image)).isFalse();
            assertThat(leftovers()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "never|the service was not ready after 3.0 s: GET /v2/health/ready answered 503: {\"error\":\"loading\"}",
                "error|2 of 2 requests failed, the first: 'POST /v2/models/weather/infer': expected status 2xx, got 500",
                "hang|1 of 1 requests failed, the first: 'POST /v2/models/weather/infer': no answer: none within 3.0 s",
                "shape|2 of 2 requests failed, the first: 'POST /v2/models/weather/infer': it has no list 'outputs'",
            })
    void anImageThatDoesNotAnswerIsNotPushed(String mode, String why) throws Exception {
        try (Registry registry = Registry.open(temp)) {
            served.serving(ServingProtocol.V2, mode);
            project.image = registry.host() + "/weather:1";
            project.push = true;
            project.gates = List.of(Gate.of("serve.latency.p95", Comparison.MAX, 1e6));

            Result<PackagingDetails> result = project.pack();

            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.details().served().flatMap(ServeReport::failure).orElseThrow())
                    .startsWith(why);
            assertThat(result.details().pushed()).isEmpty();
            assertThat(registry.status("weather/manifests/1")).isEqualTo(404);
            assertThat(leftovers()).isEmpty();
        }
    }

    @Test
    void whatAContainerPrintedBeforeItEndedIsShown() throws Exception {
        project.command = List.of("/app/bin/busybox", "sh", "-c", "echo loading; echo no weights.bin >&2; exit 7");
        project.push = true;

        Result<PackagingDetails> result = project.pack();

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.gates().get(0).message())
                .startsWith("the service ended with exit code 7 before it was ready; its log ends: ")
                .contains("no weights.bin")
                .contains("loading");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aPortThatIsTakenIsBadInput() throws Exception {
        try (ServerSocket taken = new ServerSocket(served.port)) {
            assertThat(taken.isBound()).isTrue();
            if (docker.hasBridge()) {
                assertThat(project.pack().passed()).isTrue();
            } else {
                assertThatThrownBy(() -> project.pack())
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining("another program listens on port " + served.port);
            }
        }
    }

    @Test
    void anInterruptionLeavesNoContainer() throws Exception {
        served.serving(ServingProtocol.V2, "hang");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CopyOnWriteArrayList<String> steps = new CopyOnWriteArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                new PackageModel().run(project.request(), recording(steps));
            } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });
        thread.start();
        for (int i = 0; i < 400 && steps.stream().noneMatch(step -> step.startsWith("asking")); i++) {
            Thread.sleep(50);
        }
        assertThat(leftovers()).hasSize(1);

        thread.interrupt();
        thread.join(20_000);

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(leftovers()).isEmpty();
        assertThat(docker.hasImage(project.image)).isFalse();
        assertThat(project.output.orElseThrow()).doesNotExist();
    }

    private static Progress recording(List<String> steps) {
        return new Progress() {
            @Override
            public void step(String what, double fraction) {
                steps.add(what);
            }

            @Override
            public void line(String text) {}
        };
    }

    @Test
    void whatAKilledCheckLeftIsRemovedByTheNext() throws Exception {
        String image = "mlcicd-test/left:" + UUID.randomUUID();
        TestDaemon.build(docker, temp.resolve("left"), image, "ENTRYPOINT [\"/bin/sh\", \"-c\"]\n");
        String left = docker.start(new DockerRun(
                image,
                "mlcicd-serve-check-left-" + served.port,
                Map.of(
                        HOST_LABEL,
                        InetAddress.getLocalHost().getHostName(),
                        "io.mlcicd.serve-check.process",
                        "999999999-1"),
                Map.of(),
                List.of(),
                List.of("while :; do busybox sleep 1; done"),
                new ContainerNetwork.None(),
                List.of()));
        try {
            assertThat(project.pack().passed()).isTrue();
            assertThat(leftovers()).isEmpty();
        } finally {
            docker.remove(left);
            docker.removeImage(image);
        }
    }

    @Test
    void withoutADaemonFilesAndCommandAreTriedOnThisHost() throws Exception {
        project.docker = new DockerUse(
                DockerCommand.of("docker", Map.of("DOCKER_HOST", "unix:///no/such.sock")), false, Optional.empty());

        Result<PackagingDetails> good = project.pack();
        served.serving(ServingProtocol.V2, "error");
        Result<PackagingDetails> bad = project.pack();

        assertThat(good.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(bad.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(bad.details().served().orElseThrow().log()).contains("traceback: weights are missing");
    }

    @Test
    void whatAContainerOnNothingCouldNotStartIsTriedOnThisHost() throws Exception {
        List<String> command = new ArrayList<>(project.command);
        command.add(0, "env");
        project.command = command;

        Result<PackagingDetails> result = project.pack();

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void withoutADaemonAnImageOnABaseCannotBeTried() throws Exception {
        Path base = temp.resolve("base.tar");
        project.output = Optional.of(base);
        project.serveCheck = Optional.empty();
        project.pack();
        served.serving(ServingProtocol.V2, "good");
        project.base = base.toString();
        project.output = Optional.of(temp.resolve("image.tar"));
        project.docker = new DockerUse(
                DockerCommand.of("docker", Map.of("DOCKER_HOST", "unix:///no/such.sock")), false, Optional.empty());

        assertThatThrownBy(() -> project.pack())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no Docker daemon answers at unix:///no/such.sock")
                .hasMessageContaining("only images with the base 'scratch'");
    }
}
