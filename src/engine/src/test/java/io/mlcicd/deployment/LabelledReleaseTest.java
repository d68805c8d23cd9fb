package io.mlcicd.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.deployment.local.LocalSettings.Traffic;
import io.mlcicd.deployment.strategy.Labels;
import io.mlcicd.deployment.strategy.StageReport;
import io.mlcicd.deployment.strategy.Strategy;
import io.mlcicd.deployment.strategy.Strategy.Kind;
import io.mlcicd.deployment.strategy.Strategy.Stage;
import io.mlcicd.deployment.strategy.Strategy.WhenQuiet;
import io.mlcicd.gate.Bound;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Releases that are equally fast and never fail, and are told apart by how right their answers are. */
@Timeout(120)
class LabelledReleaseTest {

    private static final Duration STEP = Duration.ofMillis(800);
    private static final Gate RIGHT = Gate.of("live.accuracy", Comparison.MIN, 0.9);

    @TempDir
    Path folder;

    private ServiceProject project;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        project = ServiceProject.onAFreePort(folder).predicting("/class").identifying("/id");
        project.deploy("one");
    }

    @AfterEach
    void stopEverything() throws InterruptedException {
        project.undeploy(true);
    }

    private Labels labels(Duration patience, boolean numeric) {
        return new Labels(folder, "labels.csv", "id", "truth", patience, 30, numeric);
    }

    private Strategy canary(Duration patience) {
        return new Strategy(
                        Kind.CANARY,
                        List.of(new Stage(0.3, STEP, 20)),
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        WhenQuiet.ROLLBACK)
                .with(labels(patience, false));
    }

    private static Strategy shadow(Labels labels) {
        return new Strategy(
                        Kind.SHADOW,
                        List.of(new Stage(0, STEP, 20)),
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        WhenQuiet.ROLLBACK)
                .with(labels);
    }

    private LabelledLoad load(boolean numbers) throws IOException {
        return new LabelledLoad(project.port(), folder.resolve("labels.csv"), numbers);
    }

    private Result<DeploymentDetails> release(String model, Gate... gates) throws IOException, InterruptedException {
        return project.deploy(project.request(model, Optional.empty(), gates));
    }

    @Test
    void aReleaseThatAnswersWronglyIsRolledBackBecauseTheLabelsSaySo() throws Exception {
        project.by(canary(Duration.ofSeconds(20)));
        try (LabelledLoad load = load(false)) {
            Result<DeploymentDetails> result = release("two wrong=0.4", RIGHT);
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.details().reason().orElseThrow())
                    .matches("30 % of the requests: live.accuracy is 0\\.\\d+, must be at least 0.9000,"
                            + " by \\d+ labelled answers \\(old release \\d+\\)");
            StageReport last = result.details().stages().get(0);
            assertThat(last.figures().get("live.errors.share")).isZero();
            assertThat(last.figures().get("live.accuracy")).isCloseTo(0.6, within(0.35));
            assertThat(last.figures().get("live.labels")).isGreaterThanOrEqualTo(30);
            assertThat(project.running()).hasSize(1);
            assertThat(load.lost()).isZero();
        }
    }

    @Test
    void aReleaseThatIsAsRightAsTheOldOnePasses() throws Exception {
        project.by(canary(Duration.ofSeconds(20)));
        Gate difference = new Gate(
                "live.accuracy.difference",
                Comparison.MIN,
                -0.2,
                Criticality.FAILURE,
                Optional.empty(),
                Optional.of(Bound.of("lower95")));
        try (LabelledLoad load = load(false)) {
            Result<DeploymentDetails> result = release("two", RIGHT, difference);
            assertThat(result.details().reason()).isEmpty();
            assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(result.metrics())
                    .containsEntry("live.accuracy", 1.0)
                    .containsEntry("live.old.accuracy", 1.0)
                    .containsEntry("live.accuracy.difference", 0.0);
            assertThat(result.details().stages().get(0).message()).contains("accuracy 1.000 (old release 1.000)");
            assertThat(result.gates())
                    .filteredOn(gate -> gate.gate().equals(difference))
                    .extracting(GateResult::message)
                    .first()
                    .asString()
                    .contains("lower 95 % limit -0.");
            assertThat(load.lost()).isZero();
        }
    }

    @Test
    void aRollbackDoesNotWaitForLabels() throws Exception {
        assertThat(release("two", RIGHT).details().switched()).isTrue();
        Result<DeploymentDetails> back =
                new RollbackModel().run(project.request("two", Optional.empty(), RIGHT), Progress.NONE);
        assertThat(back.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(back.gates())
                .filteredOn(gate -> gate.gate().equals(RIGHT))
                .extracting(GateResult::outcome)
                .containsExactly(Outcome.SKIPPED);
    }

    @Test
    void aShadowIsJudgedByTheSameRequestsAndAnIdInAHeader() throws Exception {
        project.identifying("header:X-Request-Id").by(shadow(labels(Duration.ofSeconds(20), false)));
        try (LabelledLoad load = load(false)) {
            Result<DeploymentDetails> result =
                    release("two wrong=0.5", Gate.of("live.accuracy.difference", Comparison.MIN, -0.1));
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.details().reason().orElseThrow()).contains("shadow: live.accuracy.difference is -0.");
            double own = result.metrics().get("live.labels");
            assertThat(own).isCloseTo(result.metrics().get("live.old.labels"), within(20.0));
            assertThat(load.lost()).isZero();
        }
    }

    @Test
    void numbersAreJudgedByTheirMeanAbsoluteError() throws Exception {
        project.predicting("/value").by(shadow(labels(Duration.ofSeconds(20), true)));
        try (LabelledLoad load = load(true)) {
            Result<DeploymentDetails> good = release("two off=0.25", Gate.of("live.mae", Comparison.MAX, 0.25));
            assertThat(good.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(good.metrics().get("live.mae")).isEqualTo(0.25);
            assertThat(good.metrics().get("live.old.mae")).isZero();
            Result<DeploymentDetails> bad = release("three off=1.5", Gate.of("live.mae.ratio", Comparison.MAX, 2));
            assertThat(bad.details().reason().orElseThrow()).contains("live.mae.ratio is 6, must be at most 2");
            assertThat(load.lost()).isZero();
        }
    }

    @Test
    void labelsThatNeverComeAreToldWithWhatWasSeen() throws Exception {
        project.by(canary(Duration.ofMillis(1500)));
        Path elsewhere = folder.resolve("elsewhere.csv");
        try (LabelledLoad load = new LabelledLoad(project.port(), elsewhere, false)) {
            Result<DeploymentDetails> none = release("two", RIGHT);
            assertThat(none.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(none.details().reason().orElseThrow())
                    .contains("too quiet to decide")
                    .containsPattern("nothing to tell live.accuracy by; 0 labelled answers \\(old release 0\\):"
                            + " \\d+ answers of it were seen, and 0 labels are in labels.csv$");
            assertThat(none.gates())
                    .filteredOn(gate -> gate.gate().equals(RIGHT))
                    .extracting(GateResult::outcome)
                    .containsExactly(Outcome.SKIPPED);

            Result<DeploymentDetails> blind =
                    project.identifying("/nowhere").deploy(project.request("three", Optional.empty(), RIGHT));
            assertThat(blind.details().reason().orElseThrow())
                    .containsPattern("\\d+ answers had no request id \\(deploy.strategy.requestId\\)");
            assertThat(load.lost()).isZero();
        }
    }

    @Test
    void aMalformedFileIsRefusedBeforeAnythingIsBegunAndEndsATrialLater() throws Exception {
        project.by(canary(Duration.ofSeconds(20)));
        Path file = folder.resolve("labels.csv");
        Files.writeString(file, "id,class\nr-1,even\n");
        assertThatThrownBy(() -> release("two", RIGHT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("labels.csv:1: there is no column 'truth'")
                .hasMessageContaining("there are: id, class");
        assertThat(project.running()).hasSize(1);
        Files.delete(file);
        try (LabelledLoad load = new LabelledLoad(project.port(), folder.resolve("elsewhere.csv"), false)) {
            Thread spoiler = new Thread(() -> {
                try {
                    Thread.sleep(1500);
                    Files.writeString(file, "id,truth\nr-1,even\nr-2,even,odd\nr-3,odd\n");
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            spoiler.start();
            Result<DeploymentDetails> result = release("two", RIGHT);
            spoiler.join();
            assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(result.details().reason().orElseThrow())
                    .contains("labels.csv:3: 3 fields where the header has 2");
            assertThat(load.lost()).isZero();
        }
    }

    @Test
    void gatesThatCannotBeDecidedAreRefused() {
        Strategy blind = canary(Duration.ofSeconds(1));
        project.by(new Strategy(blind.kind(), blind.stages(), blind.keepOld(), blind.maxWait(), blind.whenQuiet()));
        assertThatThrownBy(() -> release("two", RIGHT)).hasMessageContaining("needs labels");
        project.by(canary(Duration.ofSeconds(1)));
        assertThatThrownBy(() -> release("two", Gate.of("live.mae", Comparison.MAX, 1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is for a model that predicts numbers")
                .hasMessageContaining("there is live.accuracy");
        assertThatThrownBy(() -> release("two", Gate.of("live.labels", Comparison.MIN, 100)))
                .hasMessageContaining("deploy.strategy.labels.min");
        project.passing(Traffic.TCP);
        assertThatThrownBy(() -> release("two", RIGHT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot tell single answers");
    }
}
