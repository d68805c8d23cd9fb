package io.mlcicd.deployment;

import static io.mlcicd.deployment.ServiceProject.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.deployment.strategy.Strategy;
import io.mlcicd.deployment.strategy.Strategy.Kind;
import io.mlcicd.deployment.strategy.Strategy.Stage;
import io.mlcicd.deployment.strategy.Strategy.WhenQuiet;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills deployers and supervisors, which are processes of their own, at the worst moments. */
@Timeout(120)
class KilledDeployerTest {

    private static final String REACHED = "reached";

    private static final Strategy CANARY = new Strategy(
            Kind.CANARY,
            List.of(new Stage(0.5, Duration.ofMillis(200), 1)),
            Duration.ZERO,
            Duration.ofMillis(200),
            WhenQuiet.CONTINUE);

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
    void beforeTheConfirmationTheOldReleaseGoesOnServingAndNothingElseRuns() throws Exception {
        project.deploy("one");
        for (String step : List.of(
                "preparing the release",
                "starting release",
                "waiting for /health",
                "switching over",
                "asking through port")) {
            kill(step);

            await(() -> project.running().size() == 1 && project.model().equals(Optional.of("one")));
            assertThat(project.supervisors()).as(step).hasSize(1);
        }
        assertThat(project.deploy("two", "two").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void afterTheConfirmationTheNewReleaseServesAndNothingElseRuns() throws Exception {
        project.deploy("one");

        kill("serving");

        await(() -> project.running().size() == 1 && project.model().equals(Optional.of("two")));
        assertThat(project.supervisors()).hasSize(1);
    }

    /** Of the record, every kill leaves a line without an end, which the next run completes. */
    @Test
    void aKilledRolloutIsFoundUndoneAndTold() throws Exception {
        project.by(CANARY).deploy("one");
        for (String step : List.of("starting release", "50 % of the requests", "asking through port", "confirming")) {
            kill(step);
            assertThat(project.status().unfinished()).as(step).isPresent();

            Result<DeploymentDetails> next = project.by(CANARY).deploy("one");

            assertThat(next.verdict()).as(step).isEqualTo(Verdict.PASSED);
            assertThat(next.details().recovered().orElseThrow()).as(step).contains("that release was undone");
            assertThat(project.status().unfinished()).as(step).isEmpty();
            await(() -> project.running().size() == 1 && project.model().equals(Optional.of("one")));
        }
        assertThat(project.status().served()).hasSize(1);
    }

    @Test
    void aRolloutThatWasKilledAfterItsConfirmationIsFinished() throws Exception {
        project.by(CANARY).deploy("one");
        kill("serving");
        removeLastLine();

        Result<DeploymentDetails> next = project.deploy("three");

        assertThat(next.details().recovered().orElseThrow()).contains("was confirmed; it serves");
        assertThat(project.status().served()).hasSize(3);
        await(() -> project.model().equals(Optional.of("three")));
    }

    @Test
    void clientsOfAKilledCanaryLoseNothing() throws Exception {
        project.deploy("one");
        try (Load load = new Load(project.port())) {
            await(() -> load.answeredBy("one") > 50);
            kill("switching over");
            assertThat(load.answeredBy("two")).as("the canary had its share").isPositive();

            await(() -> project.running().size() == 1);
            long answered = load.answeredBy("one");
            await(() -> load.answeredBy("one") > answered + 100);
            assertThat(load.lost()).isEmpty();
        }
    }

    @Test
    void ofAFirstReleaseNothingIsLeft() throws Exception {
        kill("asking through port");

        await(() -> project.running().isEmpty() && project.supervisors().isEmpty());
        assertThat(project.deploy("three", "three").verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void anInterruptedDeploymentIsUndoneAtOnce() throws Exception {
        project.deploy("one");
        CountDownLatch waiting = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread deployer = new Thread(() -> {
            try {
                new DeployModel()
                        .run(project.request("sick", Optional.empty()), at("waiting for /health", waiting::countDown));
            } catch (InterruptedException e) {
                interrupted.set(true);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        deployer.start();
        waiting.await();

        deployer.interrupt();
        deployer.join();

        assertThat(interrupted).isTrue();
        assertThat(project.running()).hasSize(1);
        assertThat(project.model()).contains("one");
    }

    @Test
    void aSuccessorStopsWhatAKilledSupervisorLeftBehind() throws Exception {
        project.deploy("one");
        killSupervisor();

        assertThat(project.deploy("two", "two").verdict()).isEqualTo(Verdict.PASSED);

        await(() -> project.running().size() == 1);
        assertThat(project.model()).contains("two");
    }

    @Test
    void undeployingStopsWhatAKilledSupervisorLeftBehind() throws Exception {
        project.deploy("one");
        killSupervisor();
        assertThat(project.running()).hasSize(1);

        assertThat(project.undeploy(true)).isTrue();

        assertThat(project.running()).isEmpty();
    }

    private void killSupervisor() throws Exception {
        ProcessHandle supervisor = ProcessHandle.of(project.supervisorPid()).orElseThrow();
        supervisor.destroyForcibly();
        supervisor.onExit().get();
    }

    /** As if the command had been killed between the supervisor's confirmation and its own line in the record. */
    private void removeLastLine() throws IOException {
        Path record = project.home().folder().resolve("record.jsonl");
        List<String> lines = Files.readAllLines(record);
        Files.write(record, lines.subList(0, lines.size() - 1));
    }

    /** Deploys model two in another process, which is killed when it comes to that step. */
    private void kill(String step) throws IOException, InterruptedException {
        Process deployer = new ProcessBuilder(
                        ServiceProject.java(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Deployer.class.getName(),
                        folder.toString(),
                        String.valueOf(project.port()),
                        step)
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(deployer.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).isEqualTo(REACHED);
        } finally {
            deployer.destroyForcibly().waitFor();
        }
    }

    private static Progress at(String step, Runnable action) {
        return new Progress() {
            @Override
            public void step(String what, double fraction) {
                if (what.startsWith(step)) {
                    action.run();
                }
            }

            @Override
            public void line(String text) {}
        };
    }

    /** A deployer that stops at a step and waits to be killed: {@code PROJECT PORT STEP}. */
    public static final class Deployer {
        private Deployer() {}

        public static void main(String[] arguments) throws Exception {
            ServiceProject project = new ServiceProject(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
            Progress waitsToBeKilled = at(arguments[2], () -> {
                System.out.println(REACHED);
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            new DeployModel().run(project.by(CANARY).request("two", Optional.empty()), waitsToBeKilled);
        }
    }
}
