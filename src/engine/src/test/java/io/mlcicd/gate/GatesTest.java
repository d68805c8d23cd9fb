package io.mlcicd.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatesTest {

    @ParameterizedTest
    @CsvSource({
        "MIN, 0.75, 0.75, PASSED",
        "MIN, 0.75, 0.7499, FAILED",
        "MAX, 0.3, 0.3, PASSED",
        "MAX, 0.3, 0.3001, FAILED",
        "MIN, 0.75, NaN, FAILED",
        "MAX, 0.75, NaN, FAILED",
        "MAX, 0.75, Infinity, FAILED"
    })
    void aBoundIsInclusiveAndNaNNeverHolds(Comparison comparison, double threshold, double actual, Outcome expected) {
        List<GateResult> results = Gates.hold(
                List.of(Gate.of("m", comparison, threshold)), Metrics.of(Map.of("m", actual)), Optional.empty());

        assertThat(results).extracting(GateResult::outcome).containsExactly(expected);
    }

    @Test
    void aChangeIsHeldAgainstTheChampion() {
        Gate gate = Gate.of("f1", Comparison.MIN_CHANGE, -0.01);
        Optional<Metrics> champion = Optional.of(Metrics.of(Map.of("f1", 0.8)));

        GateResult worse = Gates.hold(List.of(gate), Metrics.of(Map.of("f1", 0.75)), champion)
                .get(0);

        assertThat(worse.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(worse.message())
                .isEqualTo("f1 is 0.7500, -0.0500 against the champion's 0.8000, must be at least -0.0100");
        assertThat(Gates.hold(List.of(gate), Metrics.of(Map.of("f1", 0.795)), champion))
                .extracting(GateResult::outcome)
                .containsExactly(Outcome.PASSED);
    }

    @Test
    void withoutAChampionAComparisonIsSkippedButAMissingMetricFails() {
        Gate gate = Gate.of("f1", Comparison.MIN_CHANGE, -0.01);
        Metrics metrics = Metrics.of(Map.of("f1", 0.8));

        assertThat(Gates.hold(List.of(gate), metrics, Optional.empty()))
                .extracting(GateResult::outcome)
                .containsExactly(Outcome.SKIPPED);
        assertThat(Gates.hold(List.of(gate), metrics, Optional.of(Metrics.of(Map.of("auc", 0.9)))))
                .extracting(GateResult::outcome)
                .containsExactly(Outcome.FAILED);
    }

    @Test
    void aGateOnASliceHoldsOnEveryValue() {
        Gate gate = new Gate("accuracy", Comparison.MIN, 0.6, Criticality.UNSTABLE, Optional.of("season"));
        Metrics metrics = new Metrics(
                Map.of("accuracy", 0.7),
                Map.of("season", Map.of("summer", Map.of("accuracy", 0.8), "winter", Map.of("accuracy", 0.5))));

        List<GateResult> results = Gates.hold(List.of(gate), metrics, Optional.empty());

        assertThat(results)
                .extracting(result -> result.sliceValue().orElseThrow() + " " + result.outcome())
                .containsExactlyInAnyOrder("summer PASSED", "winter FAILED");
        assertThat(Verdict.of(results)).isEqualTo(Verdict.UNSTABLE);
    }

    @Test
    void aMetricThatWasNotComputedIsAnErrorThatSaysWhichThereAre() {
        assertThatThrownBy(() -> Gates.hold(
                        List.of(Gate.of("acuracy", Comparison.MIN, 0.5)),
                        Metrics.of(Map.of("accuracy", 0.9)),
                        Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'acuracy'")
                .hasMessageContaining("did you mean 'accuracy'?");
    }

    @Test
    void aResultSurvivesJson() throws Exception {
        GateResult result = Gates.hold(
                        List.of(Gate.of("m", Comparison.MAX, 1)), Metrics.of(Map.of("m", 2.0)), Optional.empty())
                .get(0);

        String json = Json.write(result);

        assertThat(json).contains("\"metric\" : \"m\"").contains("\"outcome\" : \"FAILED\"");
        assertThat(Json.mapper().readValue(json, GateResult.class)).isEqualTo(result);
    }
}
