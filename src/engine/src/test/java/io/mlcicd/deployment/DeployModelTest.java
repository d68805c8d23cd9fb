package io.mlcicd.deployment;

import static io.mlcicd.deployment.ServiceProject.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.mlcicd.deployment.DeploymentDetails.Step;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
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

    @TempDir
    Path folder;

    private ServiceProject project;

    @BeforeEach
    void choosePort() throws IOException {
        project = ServiceProject.onAFreePort(folder);
    }

    @AfterEach
    void stopEverything() throws InterruptedException {
        project.undeploy(true);
    }

    @Test
    void aFirstReleaseServesAndIsTold() throws Exception {
        Result<DeploymentDetails> result = project.deploy("one", "one");

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(project.model()).contains("one");
        assertThat(result.details().switched()).isTrue();
        assertThat(result.details().steps())
                .extracting(Step::what)
                .contains("preparing the release", "waiting for /health", "sending smoke requests");
        assertThat(result.metrics())
                .containsKeys("health.seconds", "smoke.latency.p95")
                .containsEntry("smoke.failed", 0.0);
        assertThat(result.lineage().deployment().orElseThrow().url()).contains("http://127.0.0.1:" + project.port());
        assertThat(project.status().alive()).isTrue();
        assertThat(project.status().release()).contains(result.details().release());
        assertThat(project.status().pid()).isEqualTo(result.details().pid().orElseThrow());
        assertThat(Json.mapper().readValue(Json.write(result), new TypeReference<Result<DeploymentDetails>>() {}))
                .isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dies  | 20000 | ended before it was ready; its log ends: this model cannot be loaded",
                "sick  | 1000  | was not ready after 1.0 s",
                "stuck | 1000  | was not ready after 1.0 s",
                "wrong | 20000 | 1 of 1 smoke requests failed, the first: 'it is right': expected model to be \"right\", got \"wrong\""
            })
    void aReleaseThatFailsIsRolledBackWhileTheOldOneServes(String model, long timeout, String reason) throws Exception {
        project.deploy("right", "right");

        Result<DeploymentDetails> failed =
                project.readyWithin(Duration.ofMillis(timeout)).deploy(model, "right");

        assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(failed.details().rolledBack()).isTrue();
        assertThat(failed.details().reason().orElseThrow()).contains(reason);
        assertThat(failed.details().healthSeconds()).isLessThan(timeout / 1e3 + 1);
        assertThat(failed.gates()).anyMatch(gate -> gate.message().contains(reason));
        assertThat(failed.lineage().deployment()).isEmpty();
        assertThat(project.model()).contains("right");
        assertThat(project.running()).hasSize(1);
    }

    @Test
    void aFirstReleaseThatFailsLeavesNothingRunning() throws Exception {
        Result<DeploymentDetails> failed = project.deploy("dies");

        assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(failed.details().serving()).isEmpty();
        assertThat(project.running()).isEmpty();
        assertThat(project.supervisors()).isEmpty();
    }

    @Test
    void aGateOnLatencyDecidesLikeAnyOther() throws Exception {
        Gate impossible = Gate.of("smoke.latency.max", Comparison.MAX, 0);

        Result<DeploymentDetails> result = project.deploy(project.request("one", Optional.of("one"), impossible));

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.details().reason().orElseThrow()).contains("smoke.latency.max");
    }

    @Test
    void whatIsAlreadyActiveIsAskedAgainButNotRestarted() throws Exception {
        long pid = project.deploy("one", "one").details().pid().orElseThrow();

        Result<DeploymentDetails> again = project.deploy("one", "one");
        Result<DeploymentDetails> wrong = project.deploy("one", "another");

        assertThat(again.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(again.details().switched()).isFalse();
        assertThat(again.details().serves()).isTrue();
        assertThat(again.metrics()).containsEntry("smoke.requests", 1.0);
        assertThat(wrong.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(wrong.details().rolledBack()).isFalse();
        assertThat(project.status().pid()).isEqualTo(pid);
    }

    @Test
    void theSameReleaseWithOtherVariablesIsStartedAnew() throws Exception {
        project.deploy("one", "one");

        Result<DeploymentDetails> changed =
                project.with(Map.of("SECRET", "rotated")).deploy("one", "one");

        assertThat(changed.details().switched()).isTrue();
        assertThat(project.predict()).contains("\"secretLength\":7");
        await(() -> project.running().size() == 1);
    }

    @Test
    void aCrashedServiceIsStartedAgain() throws Exception {
        project.deploy("one");

        assertThatThrownBy(() -> project.get("/crash")).isInstanceOf(IOException.class);

        await(() -> project.status().restarts() == 1 && project.model().isPresent());
        assertThat(project.model()).contains("one");
    }

    @Test
    void aRollbackBringsBackTheLastReleaseThatServed() throws Exception {
        String first = project.deploy("one").details().release();
        project.deploy("two");
        project.deploy("dies");

        Result<DeploymentDetails> back = project.rollBack();

        assertThat(back.details().release()).isEqualTo(first);
        assertThat(project.model()).contains("one");
    }

    @Test
    void withoutAFormerReleaseARollbackIsRefused() throws Exception {
        project.deploy("one");

        assertThatThrownBy(() -> project.rollBack())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no earlier release");
    }

    @Test
    void onlyTheLastThreeReleasesAreKeptAndNoneThatFailed() throws Exception {
        for (String model : List.of("a", "b", "c", "dies", "d")) {
            project.deploy(model);
        }

        assertThat(project.status().releases()).hasSize(3);
        try (Stream<Path> folders = Files.list(project.home().releases())) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(project.status().releases());
        }
    }

    @Test
    void aPortInUseIsToldBeforeAnythingStarts() throws Exception {
        try (ServerSocket other = new ServerSocket(project.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(other.isBound()).isTrue();
            assertThatThrownBy(() -> project.deploy("one"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("port " + project.port() + " on 127.0.0.1 cannot be used")
                    .hasMessageContaining("deploy.port");
        }
        assertThat(project.supervisors()).isEmpty();
    }

    @Test
    void aHostThatIsNotOfThisMachineIsTold() {
        assertThatThrownBy(() -> project.at("192.0.2.1", project.port()).deploy("one"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'192.0.2.1' is no address of this machine");
    }

    @Test
    void aProgramThatDoesNotExistIsToldBeforeAnythingStarts() throws Exception {
        project.request("one", Optional.empty());

        assertThatThrownBy(() -> project.deploy(project.request(List.of("no-such-program"), Optional.empty())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot run 'no-such-program': not found on the PATH");
        assertThat(project.supervisors()).isEmpty();
    }

    @Test
    void twoDeploymentsOfOneNameDoNotMix() throws Exception {
        try (DeploymentHome.Lock held = project.home().lock(Duration.ZERO, Progress.NONE)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> project.deploy("one"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("being changed by another command");
        }
        assertThat(project.deploy("one").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void aSecondDeploymentWaitsForTheFirst() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        Thread first = new Thread(() -> {
            try (DeploymentHome.Lock lock = project.home().lock(Duration.ZERO, Progress.NONE)) {
                held.countDown();
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        first.start();
        held.await();

        assertThat(project.waiting(Duration.ofSeconds(20)).deploy("one").verdict())
                .isEqualTo(Verdict.PASSED);
        first.join();
    }

    @Test
    void aSecretReachesTheServiceAndNoFile() throws Exception {
        Result<DeploymentDetails> result = project.deploy("one");

        assertThat(project.predict()).contains("\"secretLength\":" + ServiceProject.SECRET.length());
        assertThat(Json.write(result)).doesNotContain(ServiceProject.SECRET);
        try (Stream<Path> files = Files.walk(project.state())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(ServiceProject.SECRET)
                        .doesNotContain("fingerprint=");
            }
        }
    }
}
