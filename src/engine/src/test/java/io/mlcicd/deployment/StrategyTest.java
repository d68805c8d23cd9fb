package io.mlcicd.deployment;

import static io.mlcicd.deployment.ServiceProject.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.deployment.local.LocalSettings.Traffic;
import io.mlcicd.deployment.strategy.StageReport;
import io.mlcicd.deployment.strategy.Strategy;
import io.mlcicd.deployment.strategy.Strategy.Kind;
import io.mlcicd.deployment.strategy.Strategy.Stage;
import io.mlcicd.deployment.strategy.Strategy.WhenQuiet;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Releases under a constant stream of requests; what clients lose is counted at the clients. */
@Timeout(120)
class StrategyTest {

    private static final Duration STEP = Duration.ofSeconds(2);
    private static final Strategy CANARY = canary(WhenQuiet.ROLLBACK, STEP, 20);

    @TempDir
    Path folder;

    private ServiceProject project;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        project = ServiceProject.onAFreePort(folder).predicting("/p/0");
        project.deploy("one value=1");
    }

    @AfterEach
    void stopEverything() throws InterruptedException {
        project.undeploy(true);
    }

    private static Strategy canary(WhenQuiet whenQuiet, Duration step, long minRequests) {
        return new Strategy(
                Kind.CANARY,
                List.of(new Stage(0.1, step, minRequests), new Stage(0.5, step, minRequests)),
                Duration.ZERO,
                Duration.ofSeconds(8),
                whenQuiet);
    }

    private Result<DeploymentDetails> release(String model, Gate... gates) throws IOException, InterruptedException {
        return project.deploy(project.request(model, Optional.empty(), gates));
    }

    @Test
    void aGoodCanaryGetsItsSharesAndNoRequestIsLost() throws Exception {
        project.by(CANARY);
        try (Load load = new Load(project.port())) {
            await(() -> load.answeredBy("one") > 50);

            Result<DeploymentDetails> result = release("two value=1");

            await(() -> load.answeredBy("two") > 500 && project.running().size() == 1);
            assertThat(load.lost()).isEmpty();
            assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
            List<StageReport> stages = result.details().stages();
            assertThat(stages).extracting(StageReport::share).containsExactly(0.1, 0.5);
            assertThat(stages).extracting(StageReport::outcome).containsOnly("passed");
            StageReport first = stages.get(0);
            double own = first.figures().get("live.requests");
            double old = first.figures().get("live.old.requests");
            // Evenly spread shares are within one request of the exact one; the rest is requests still under way.
            assertThat(own / (own + old)).isCloseTo(0.1, within(0.02));
            assertThat(first.figures())
                    .containsKeys("live.latency.p95.ratio", "live.prediction.psi", "live.prediction.pvalue");
            assertThat(project.status().served()).hasSize(2);
        }
    }

    @Test
    void aCanaryThatAnswersWithErrorsAfterAWhileIsRolledBack() throws Exception {
        project.by(CANARY);
        try (Load load = new Load(project.port())) {
            Result<DeploymentDetails> result = release("two failAfter=2.5");
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.details().reason().orElseThrow())
                    .contains("50 % of the requests: live.errors.difference is");
            assertThat(result.details().stages())
                    .extracting(StageReport::outcome)
                    .containsExactly("passed", "failed");
            assertThat(load.lost()).allMatch(one -> one.startsWith("500"));
            // What was on its way to the release when it was given up may still come back with its error.
            long given = load.answeredBy("one");
            await(() -> load.answeredBy("one") > given + 20);
            long atTheEnd = load.lost().size();
            long answered = load.answeredBy("one");
            await(() ->
                    load.answeredBy("one") > answered + 300 && project.running().size() == 1);
            assertThat(load.lost()).hasSize((int) atTheEnd);
        }
    }

    @Test
    void aCanaryThatHangsLosesNothingWhereRequestsMayBeRepeated() throws Exception {
        project.by(CANARY).repeating();
        try (Load load = new Load(project.port())) {
            Result<DeploymentDetails> result = release("two hangAfter=5");
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.details().reason().orElseThrow()).containsAnyOf("without an answer", "live.errors");
            assertThat(load.lost()).isEmpty();
        }
    }

    @Test
    void aCanaryThatCrashesLosesNothingWhereRequestsMayBeRepeated() throws Exception {
        project.by(CANARY).repeating();
        try (Load load = new Load(project.port())) {
            Result<DeploymentDetails> result = release("two dieAfter=15");
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.details().reason().orElseThrow()).contains("ended while it was observed");
            assertThat(load.lost()).isEmpty();
            assertThat(project.running()).hasSize(1);
        }
    }

    @Test
    void aCanaryThatIsSlowIsRolledBackByALatencyGate() throws Exception {
        project.by(CANARY);
        try (Load load = new Load(project.port())) {
            Result<DeploymentDetails> result = release("two slow=80", Gate.of("live.latency.p95", Comparison.MAX, 50));
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.details().reason().orElseThrow()).contains("live.latency.p95 is");
            assertThat(result.metrics().get("live.latency.p50")).isCloseTo(80, within(25.0));
            assertThat(load.lost()).isEmpty();
        }
    }

    @Test
    void aCanaryThatPredictsDifferentlyIsRolledBackByADriftGate() throws Exception {
        project.by(canary(WhenQuiet.ROLLBACK, STEP, 40));
        try (Load load = new Load(project.port())) {
            Result<DeploymentDetails> result =
                    release("two value=4", Gate.of("live.prediction.psi", Comparison.MAX, 1));
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.details().reason().orElseThrow()).contains("live.prediction.psi is");
            assertThat(load.lost()).isEmpty();
        }
    }

    @Test
    void aShadowIsComparedAndClientsNeverSeeIt() throws Exception {
        project.by(new Strategy(
                Kind.SHADOW,
                List.of(new Stage(0, STEP, 50)),
                Duration.ZERO,
                Duration.ofSeconds(8),
                WhenQuiet.ROLLBACK));
        try (Load load = new Load(project.port())) {
            Result<DeploymentDetails> result =
                    release("two slow=400 value=4", Gate.of("live.shadow.different", Comparison.MAX, 0.1));
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.details().reason().orElseThrow()).contains("shadow: live.shadow.different is 1");
            assertThat(load.answeredBy("two")).isZero();
            assertThat(load.lost()).isEmpty();
        }
    }

    @Test
    void blueGreenGoesBackAtOnceWhileTheOldOneIsKept() throws Exception {
        project.by(new Strategy(
                Kind.BLUE_GREEN,
                List.of(new Stage(1, Duration.ofSeconds(1), 20)),
                Duration.ofMinutes(1),
                Duration.ofSeconds(8),
                WhenQuiet.ROLLBACK));
        try (Load load = new Load(project.port())) {
            Result<DeploymentDetails> green = release("two");
            assertThat(green.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(project.status().kept()).isPresent();
            assertThat(project.running()).hasSize(2);

            Result<DeploymentDetails> back = project.rollBack();
            assertThat(back.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(back.seconds()).isLessThan(1);
            long before = load.answeredBy("one");
            await(() ->
                    load.answeredBy("one") > before + 50 && project.running().size() == 1);
            assertThat(load.lost()).isEmpty();
            assertThat(project.status().release()).isEqualTo(green.details().previous());
        }
    }

    @Test
    void tooFewRequestsAreAnOutcomeThatIsChosen() throws Exception {
        Strategy quiet = new Strategy(
                Kind.CANARY,
                List.of(new Stage(0.5, Duration.ofMillis(300), 20)),
                Duration.ZERO,
                Duration.ofMillis(600),
                WhenQuiet.ROLLBACK);
        Result<DeploymentDetails> given = project.by(quiet).deploy("two");
        assertThat(given.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(given.details().reason().orElseThrow()).contains("too quiet to decide: 0 of 20 requests");

        Strategy bold =
                new Strategy(quiet.kind(), quiet.stages(), Duration.ZERO, Duration.ofMillis(600), WhenQuiet.CONTINUE);
        Result<DeploymentDetails> gone = project.by(bold).deploy("two");
        assertThat(gone.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(gone.details().stages()).extracting(StageReport::outcome).containsExactly("quiet");
        assertThat(gone.gates())
                .filteredOn(gate -> gate.gate().metric().startsWith("live."))
                .extracting(GateResult::outcome)
                .containsExactly(Outcome.SKIPPED);
    }

    @Test
    void aGateOnALiveMetricThatThereIsNoneOfIsRefused() throws Exception {
        project.by(CANARY);
        assertThatThrownBy(() -> release("two", Gate.of("live.latency.p96", Comparison.MAX, 1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("live metric 'live.latency.p96'");
    }

    @Test
    void connectionsOfAnotherProtocolCannotBeDivided() throws Exception {
        project.passing(Traffic.TCP).by(CANARY);
        assertThatThrownBy(() -> release("two"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the strategy canary divides requests, which the target 'process' cannot do");

        assertThat(project.by(Strategy.ALL_AT_ONCE).deploy("two", "two").verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(project.model()).contains("two");
    }
}
