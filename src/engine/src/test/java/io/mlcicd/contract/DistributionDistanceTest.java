package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.DataProfile;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How far a column is from a stored profile. Expected numbers are those of scipy 1 (stats.wasserstein_distance, ks_2samp,
 * spatial.distance.jensenshannon and chebyshev, stats.entropy) on the same rows.
 */
class DistributionDistanceTest extends DistributionRules {

    private double distance(List<?> reference, List<?> data, String type, String method) throws Exception {
        DataProfile before = profile(csv("x", reference));
        List<Double> found = new ArrayList<>();
        for (String where : List.of("", ", where: n = 1")) {
            String contract = "columns:\n  x: { type: %s, checks: [{ distribution: { method: %s, min: 0 }%s }] }\n"
                    .formatted(type, method, where);
            List<GateResult> gates = gates(csv("x", data), contract, Optional.of(before));
            found.add(gate(gates, "d.x.distribution." + method).actual().getAsDouble());
        }
        assertThat(found.get(1)).isCloseTo(found.get(0), within(type.equals("string") ? 0 : 0.01));
        return found.get(0);
    }

    /** Bins: numpy.quantile(x, 0.1 .. 0.9). Of the distribution functions a profile only knows 51 places. */
    @ParameterizedTest
    @CsvSource({
        "psi, 0.05758615179874024, 1e-9",
        "kl, 0.030284663744576917, 1e-9",
        "js, 0.10147510747700354, 1e-9",
        "linf, 0.0725, 1e-9",
        "wasserstein, 0.2181332508746123, 0.005",
        "ks, 0.09, 0.02",
    })
    void distancesOfNumbersAreScipys(String method, double expected, double precision) throws Exception {
        assertThat(distance(
                        IntStream.range(0, 400)
                                .mapToObj(DistributionRulesTest::x)
                                .toList(),
                        IntStream.range(0, 400)
                                .mapToObj(DistributionRulesTest::current)
                                .toList(),
                        "number",
                        method))
                .isCloseTo(expected, within(precision));
    }

    @ParameterizedTest
    @CsvSource({
        "psi, 0.02381712355845718",
        "kl, 0.011763053675423837",
        "js, 0.06549716129561793",
        "linf, 0.075",
    })
    void distancesOfCategoriesAreScipys(String method, double expected) throws Exception {
        assertThat(distance(
                        IntStream.range(0, 400).mapToObj(i -> label(x(i))).toList(),
                        IntStream.range(0, 400).mapToObj(i -> label(current(i))).toList(),
                        "string",
                        method))
                .isCloseTo(expected, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"wasserstein, 0.20127336820851394", "ks, 0.115"})
    void ofFewDifferentNumbersDistancesAreExact(String method, double expected) throws Exception {
        DataProfile before =
                profile(csv("x", IntStream.range(0, 400).mapToObj(i -> i % 5).toList()));
        String now =
                csv("x", IntStream.range(0, 400).mapToObj(i -> i * i % 7 % 5).toList());
        String contract =
                "columns:\n  x: { type: integer, distribution: { method: %s, max: 0.01 } }\n".formatted(method);
        GateResult gate = gate(gates(now, contract, Optional.of(before)), "d.x.distribution." + method);
        assertThat(gate.actual().getAsDouble()).isCloseTo(expected, within(1e-9));
        assertThat(gate.outcome()).isEqualTo(Outcome.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"psi", "kl", "js", "linf", "wasserstein", "ks"})
    void theSameDataAreNoDistanceApart(String method) throws Exception {
        List<Double> values = IntStream.range(0, 400).mapToObj(i -> x(i)).toList();
        assertThat(distance(values, values, "number", method)).isCloseTo(0, within(method.length() > 4 ? 0.01 : 0.02));
        List<Double> constant = Collections.nCopies(30, 7.0);
        assertThat(distance(constant, constant, "number", method)).isZero();
        assertThat(distance(constant, Collections.nCopies(9, 8.5), "number", method))
                .isPositive();
    }

    @Test
    void whatMovedMostIsTold() throws Exception {
        DataProfile before = profile("x\na\na\nb\nb\n");
        String contract = "columns:\n  x: { type: string, distribution: { method: linf, max: 0.2 } }\n";
        assertThat(gate(gates("x\na\na\na\nb\n", contract, Optional.of(before)), "d.x.distribution.linf")
                        .message())
                .isEqualTo("d: x has a greatest difference of shares of 0.25 from the baseline; 'a' moved most, from"
                        + " 50 % to 75 %, must be at most 0.2");
    }

    @Test
    void withNothingToCompareWithADistanceIsSkipped() throws Exception {
        String contract = "columns:\n  x: { type: string, distribution: { max: 0.2 } }\n";
        assertThat(gate("x\na\n", contract, "d.x.distribution.psi").outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(gate(gates("x\na\n", contract, Optional.of(profile("y\na\n"))), "d.x.distribution.psi"))
                .matches(gate ->
                        gate.outcome() == Outcome.SKIPPED && gate.message().contains("no such column in the baseline"));
    }

    @Test
    void anotherKindOfValuesCannotBeCompared() throws Exception {
        String contract = "columns:\n  x: { distribution: { max: 0.2 } }\n";
        GateResult gate = gate(gates("x\n1\n", contract, Optional.of(profile("x\na\n"))), "d.x.distribution.psi");
        assertThat(gate.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(gate.message()).contains("values of type integer where the baseline has type string");
    }

    @Test
    void datesAreComparedAsPlacesInTime() throws Exception {
        List<String> before = IntStream.range(0, 300)
                .mapToObj(i -> LocalDate.of(2020, 1, 1).plusDays(i).toString())
                .toList();
        List<String> later = IntStream.range(0, 300)
                .mapToObj(i -> LocalDate.of(2020, 1, 1).plusDays(i + 30).toString())
                .toList();
        // scipy.stats.wasserstein_distance is the shift of 30 days; numpy.std(range(300), ddof=1) is 86.74675786448736
        // days
        assertThat(distance(before, later, "date", "wasserstein")).isCloseTo(30 / 86.74675786448736, within(0.002));
        assertThat(distance(before, later, "date", "ks")).isCloseTo(0.1, within(0.02));
    }
}
