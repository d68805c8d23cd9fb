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
import org.junit.jupiter.params.provider.ValueSource;

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
                Metrics.Group.of(Map.of("accuracy", 0.7)),
                Map.of(
                        "season",
                        Map.of(
                                "summer", Metrics.Group.of(Map.of("accuracy", 0.8)),
                                "winter", Metrics.Group.of(Map.of("accuracy", 0.5)))));

        List<GateResult> results = Gates.hold(List.of(gate), metrics, Optional.empty());

        assertThat(results)
                .extracting(result -> result.sliceValue().orElseThrow() + " " + result.outcome())
                .containsExactlyInAnyOrder("summer PASSED", "winter FAILED");
        assertThat(Verdict.of(results)).isEqualTo(Verdict.UNSTABLE);
    }

    @Test
    void aGateOnALimitIsHeldAgainstTheLimitAndTellsBoth() {
        Gate gate = bounded("accuracy", Comparison.MIN, 0.8, "lower95");
        Metrics metrics = new Metrics(
                new Metrics.Group(Map.of("accuracy", 0.85), Map.of("accuracy.lower95", 0.79), Map.of()), Map.of());

        GateResult result = Gates.hold(List.of(gate), metrics, Optional.empty()).get(0);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.message())
                .isEqualTo("accuracy is 0.8500, its lower 95 % limit 0.7900, must be at least 0.8000");
    }

    @Test
    void aLimitThatTheMetricDoesNotHaveIsAnError() {
        assertThatThrownBy(() -> Gates.hold(
                        List.of(bounded("maxError", Comparison.MAX, 3, "upper95")),
                        Metrics.of(Map.of("maxError", 2.0)),
                        Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no confidence interval");
    }

    @Test
    void aChangeIsNotWorseOnlyIfTheLimitOfItsIntervalSaysSo() {
        Gate gate = bounded("rocAuc", Comparison.MIN_CHANGE, -0.01, "lower95");
        Optional<Metrics> champion = Optional.of(Metrics.of(Map.of("rocAuc", 0.90)));
        Map<String, Double> values = Map.of("rocAuc", 0.905);

        assertThat(held(gate, new Metrics.Group(values, Map.of(), Map.of("rocAuc.lower95", -0.004)), champion)
                        .outcome())
                .isEqualTo(Outcome.PASSED);
        GateResult uncertain =
                held(gate, new Metrics.Group(values, Map.of(), Map.of("rocAuc.lower95", -0.02)), champion);
        assertThat(uncertain.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(uncertain.message())
                .isEqualTo("rocAuc is 0.9050, +0.0050 against the champion's 0.9000; the change's lower 95 % limit is"
                        + " -0.0200, must be at least -0.0100");
        assertThat(held(gate, Metrics.Group.of(values), champion).outcome())
                .as("without an interval nobody can say that it is not worse")
                .isEqualTo(Outcome.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 0.9, PASSED", "-0.1, 0.89, FAILED", "-0.1, -1, FAILED"})
    void aRelativeChangeIsAShareOfTheChampionsMetric(double threshold, double actual, Outcome expected) {
        Gate gate = Gate.of("m", Comparison.MIN_RELATIVE_CHANGE, threshold);

        assertThat(held(gate, Metrics.Group.of(Map.of("m", actual)), Optional.of(Metrics.of(Map.of("m", 1.0))))
                        .outcome())
                .isEqualTo(expected);
        assertThat(held(gate, Metrics.Group.of(Map.of("m", 0.9)), Optional.of(Metrics.of(Map.of("m", 1.0))))
                        .message())
                .isEqualTo("m is 0.9000, -10.0000 % against the champion's 1, must be at least -10 %");
    }

    @Test
    void aRelativeChangeOfNothingNeverHoldsUnlessNothingChanged() {
        Gate gate = Gate.of("m", Comparison.MAX_RELATIVE_CHANGE, 0.1);
        Optional<Metrics> none = Optional.of(Metrics.of(Map.of("m", 0.0)));

        assertThat(held(gate, Metrics.Group.of(Map.of("m", 1.0)), none).outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lower", "95", "lower5", "lower100", "middle95", "lower49", "Lower95"})
    void aLimitIsWrittenInOneWayOnly(String text) {
        assertThatThrownBy(() -> Bound.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lower95");
    }

    private static GateResult held(Gate gate, Metrics.Group metrics, Optional<Metrics> champion) {
        return Gates.hold(List.of(gate), new Metrics(metrics, Map.of()), champion)
                .get(0);
    }

    private static Gate bounded(String metric, Comparison comparison, double threshold, String bound) {
        return new Gate(
                metric, comparison, threshold, Criticality.FAILURE, Optional.empty(), Optional.of(Bound.of(bound)));
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
