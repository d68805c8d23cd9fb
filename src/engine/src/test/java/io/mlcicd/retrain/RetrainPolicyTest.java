package io.mlcicd.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.document.Json;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.Gates;
import io.mlcicd.gate.Metrics;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.retrain.RetrainAdvice.Finding;
import io.mlcicd.retrain.RetrainAdvice.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Which conditions hold for which evidence, and how that is said. */
class RetrainPolicyTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");

    private static Monitoring monitoring(String current, Map<String, Double> metrics, Gate... gates) {
        return Monitoring.of(
                NOW,
                List.of(
                        new Artifact("reference", "r.csv", Digests.of(new byte[] {1}), 1),
                        new Artifact("current", "c.csv", Digests.of(current.getBytes(StandardCharsets.UTF_8)), 1)),
                metrics,
                Map.of("wind", "PSI is 0.31, at least the threshold 0.2"),
                Gates.hold(List.of(gates), Metrics.of(metrics), Optional.empty()),
                Map.of());
    }

    private static Gate max(String metric, double max, Criticality criticality) {
        return new Gate(metric, Comparison.MAX, max, criticality, Optional.empty());
    }

    private static RetrainPolicy policy(
            OptionalDouble share, List<String> columns, List<PerformanceDrop> drops, OptionalLong rows, Duration age) {
        return new RetrainSpec(
                        Optional.empty(),
                        List.of(),
                        share,
                        columns,
                        drops,
                        rows,
                        Optional.ofNullable(age),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                .policy();
    }

    private static RetrainPolicy policy(Condition condition) {
        return RetrainSpecTest.of(null, condition).policy();
    }

    private static AcceptedModel accepted(Instant since) {
        return new AcceptedModel("sha256:1", since, Map.of("accuracy", 0.9, "rmse", 2.0));
    }

    @Test
    void gatesAskWithTheirOwnWords() {
        RetrainAdvice advice = RetrainPolicy.BY_GATES.advise(
                RetrainEvidence.of(monitoring(
                        "x",
                        Map.of("drift.share", 0.4, "a.psi", 0.3, "b.psi", 0.1),
                        max("drift.share", 0.3, Criticality.UNSTABLE),
                        max("a.psi", 0.2, Criticality.NOTE),
                        max("b.psi", 0.2, Criticality.FAILURE))),
                NOW);

        assertThat(advice.recommended()).isTrue();
        assertThat(advice.reasons()).containsExactly("drift.share is 0.4000, must be at most 0.3000");
        assertThat(advice.approval()).isEqualTo(Approval.NONE);
    }

    @Test
    void aSlowServiceIsNoReasonForANewModel() {
        RetrainAdvice advice = RetrainPolicy.BY_GATES.advise(
                RetrainEvidence.of(monitoring(
                        "x",
                        Map.of("service.latency.p99", 900.0),
                        max("service.latency.p99", 500, Criticality.FAILURE))),
                NOW);

        assertThat(advice.recommended()).isFalse();
    }

    @Test
    void theShareOfDriftedColumnsCountsFromItsBoundUp() {
        RetrainPolicy policy = policy(OptionalDouble.of(0.3), List.of(), List.of(), OptionalLong.empty(), null);

        assertThat(policy.advise(RetrainEvidence.of(monitoring("x", Map.of("drift.share", 0.3))), NOW)
                        .reasons())
                .containsExactly("the share of drifted columns is 0.3, at least 0.3");
        RetrainAdvice below = policy.advise(RetrainEvidence.of(monitoring("x", Map.of("drift.share", 0.29))), NOW);
        assertThat(below.recommended()).isFalse();
        assertThat(below.conditions())
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .startsWith("the share of drifted columns is 0.29, below 0.3");
    }

    @Test
    void criticalColumnsCountByName() {
        RetrainPolicy wind =
                policy(OptionalDouble.empty(), List.of("rain", "wind"), List.of(), OptionalLong.empty(), null);
        RetrainPolicy rain = policy(OptionalDouble.empty(), List.of("rain"), List.of(), OptionalLong.empty(), null);
        RetrainEvidence evidence = RetrainEvidence.of(monitoring("x", Map.of()));

        assertThat(wind.advise(evidence, NOW).reasons())
                .containsExactly("the critical column 'wind' drifted: PSI is 0.31, at least the threshold 0.2");
        assertThat(rain.advise(evidence, NOW).recommended()).isFalse();
    }

    @Test
    void performanceCountsAgainstTheAcceptedModel() {
        PerformanceDrop accuracy =
                new PerformanceDrop("accuracy", OptionalDouble.of(0.05), OptionalDouble.empty(), true);
        PerformanceDrop rmse = new PerformanceDrop("rmse", OptionalDouble.empty(), OptionalDouble.of(0.1), false);
        RetrainPolicy policy =
                policy(OptionalDouble.empty(), List.of(), List.of(accuracy, rmse), OptionalLong.empty(), null);

        RetrainAdvice advice = policy.advise(
                RetrainEvidence.of(monitoring("x", Map.of("performance.accuracy", 0.85, "performance.rmse", 2.1)))
                        .with(accepted(NOW)),
                NOW);

        assertThat(advice.reasons())
                .containsExactly("accuracy is 0.85, 0.05 worse than the accepted model's 0.9; a drop of 0.05 counts");
        assertThat(advice.conditions())
                .extracting(Finding::condition, Finding::state)
                .contains(org.assertj.core.groups.Tuple.tuple(Condition.PERFORMANCE, State.DOES_NOT_HOLD));
        assertThat(advice.conditions())
                .extracting(Finding::message)
                .contains("rmse is 2.1, 0.1 worse than the accepted model's 2; a drop of 10 % counts");
        assertThat(policy.advise(RetrainEvidence.of(monitoring("x", Map.of())), NOW)
                        .recommended())
                .as("a metric that nobody measured is no drop")
                .isFalse();
    }

    @Test
    void alarmsOnPerformanceAsk() {
        Monitoring watched = Monitoring.of(
                NOW, List.of(), Map.of(), Map.of(), List.of(), Map.of("accuracy", "accuracy left its limits"));

        assertThat(policy(Condition.PERFORMANCE)
                        .advise(RetrainEvidence.of(watched), NOW)
                        .reasons())
                .containsExactly("accuracy left its limits");
        assertThat(RetrainPolicy.BY_GATES
                        .advise(RetrainEvidence.of(watched), NOW)
                        .recommended())
                .isFalse();
    }

    private static RetrainEvidence data(String then, long rowsThen, String now, long rowsNow) {
        return RetrainEvidence.NONE.withData(
                Map.of("train", new DataState(then, OptionalLong.of(rowsThen))),
                Map.of(
                        "train",
                        new DataState(now, OptionalLong.of(rowsNow)),
                        "other",
                        new DataState("y", OptionalLong.empty())));
    }

    @Test
    void newDataAreOtherDataOrSoManyMoreRows() {
        RetrainPolicy any = policy(Condition.NEW_DATA);
        RetrainPolicy rows = policy(OptionalDouble.empty(), List.of(), List.of(), OptionalLong.of(100), null);

        assertThat(any.advise(data("md5:a", 10, "md5:a", 10), NOW).recommended())
                .isFalse();
        assertThat(any.advise(data("md5:a", 10, "md5:b", 9), NOW).reasons())
                .containsExactly("the data set 'train' changed, from md5:a to md5:b, from 10 to 9 rows");
        assertThat(rows.advise(data("a", 1000, "b", 1099), NOW).recommended()).isFalse();
        assertThat(rows.advise(data("a", 1000, "b", 1100), NOW).reasons())
                .containsExactly("there are 100 new rows, at least 100, in: train");
        assertThat(any.advise(RetrainEvidence.NONE, NOW).isBlind()).isTrue();
    }

    @Test
    void aModelIsOldFromItsLimitOnAndOnceMoreAfterTheSameTime() {
        RetrainPolicy policy =
                policy(OptionalDouble.empty(), List.of(), List.of(), OptionalLong.empty(), Duration.ofDays(30));
        RetrainEvidence evidence = RetrainEvidence.NONE.with(accepted(NOW.minus(Duration.ofDays(29))));

        assertThat(policy.advise(evidence, NOW).recommended()).isFalse();
        RetrainAdvice old = policy.advise(evidence, NOW.plus(Duration.ofDays(1)));
        assertThat(old.reasons()).containsExactly("the accepted model is 30 days old, at least 30 days");
        assertThat(policy.advise(evidence, NOW.plus(Duration.ofDays(30))).evidence())
                .isEqualTo(old.evidence());
        assertThat(policy.advise(evidence, NOW.plus(Duration.ofDays(31))).evidence())
                .isNotEqualTo(old.evidence());
        assertThat(policy.advise(evidence, NOW.minus(Duration.ofDays(300))).recommended())
                .as("a clock that was set back")
                .isFalse();
    }

    @Test
    void theSameDataAndConclusionAreTheSameEvidence() {
        Gate gate = max("drift.share", 0.3, Criticality.UNSTABLE);
        RetrainAdvice one = advise(monitoring("x", Map.of("drift.share", 0.4), gate));
        Monitoring replayed = Monitoring.of(
                NOW.plusSeconds(3600),
                List.of(
                        new Artifact("current", "elsewhere.csv", Digests.of("x".getBytes(StandardCharsets.UTF_8)), 1),
                        new Artifact("reference", "r.csv", Digests.of(new byte[] {1}), 1)),
                Map.of("drift.share", 0.4),
                Map.of(),
                Gates.hold(List.of(gate), Metrics.of(Map.of("drift.share", 0.4)), Optional.empty()),
                Map.of());

        assertThat(advise(replayed).evidence()).isEqualTo(one.evidence()).hasSize(1);
        assertThat(advise(monitoring("y", Map.of("drift.share", 0.4), gate)).evidence())
                .isNotEqualTo(one.evidence());
        assertThat(advise(monitoring(
                                "x", Map.of("drift.share", 0.4), gate, max("drift.share", 0.1, Criticality.FAILURE)))
                        .evidence())
                .as("a second gate on the same metric concludes nothing new")
                .isEqualTo(one.evidence());
    }

    private static RetrainAdvice advise(Monitoring monitoring) {
        return RetrainPolicy.BY_GATES.advise(RetrainEvidence.of(monitoring), NOW);
    }

    @Test
    void aStaticModelIsToldOfAndNotRetrained() {
        RetrainPolicy policy = RetrainSpecTest.of(ModelProfile.STATIC).policy();

        RetrainAdvice advice = policy.advise(
                RetrainEvidence.of(
                        monitoring("x", Map.of("drift.share", 0.4), max("drift.share", 0.3, Criticality.UNSTABLE))),
                NOW);

        assertThat(advice.recommended()).isFalse();
        assertThat(advice.reasons()).isEmpty();
        assertThat(advice.conditions()).extracting(Finding::state).containsExactly(State.TOLD, State.DOES_NOT_HOLD);
    }

    @Test
    void aSensitiveModelNeedsAPerson() {
        RetrainAdvice advice = RetrainSpecTest.of(ModelProfile.SENSITIVE)
                .policy()
                .advise(RetrainEvidence.of(monitoring("x", Map.of("drift.share", 0.4))), NOW);

        assertThat(advice.recommended()).isTrue();
        assertThat(advice.approval()).isEqualTo(Approval.REQUIRED);
    }

    @Test
    void adviceSurvivesADocument() throws Exception {
        RetrainAdvice advice =
                advise(monitoring("x", Map.of("drift.share", 0.4), max("drift.share", 0.3, Criticality.UNSTABLE)));

        assertThat(Json.mapper().readValue(Json.write(advice), RetrainAdvice.class))
                .isEqualTo(advice);
        assertThat(Json.mapper().valueToTree(advice).fieldNames())
                .toIterable()
                .containsExactly("recommended", "approval", "reasons", "conditions");
    }

    @Test
    void adviceOfTheFirstVersionIsRead() throws Exception {
        RetrainAdvice advice =
                Json.mapper().readValue("{\"recommended\": true, \"reasons\": [\"x\"]}", RetrainAdvice.class);

        assertThat(advice.reasons()).containsExactly("x");
        assertThat(advice.approval()).isEqualTo(Approval.NONE);
    }
}
