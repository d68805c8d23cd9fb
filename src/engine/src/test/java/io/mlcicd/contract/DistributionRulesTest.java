package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What contracts ask of distributions. Expected numbers are those of pandas 2 (mean, median, std, sum, min, max, quantile,
 * value_counts) and scipy 1 (stats.zscore, entropy) on the same rows.
 */
class DistributionRulesTest extends DistributionRules {

    @ParameterizedTest
    @CsvSource({
        "x, mean, 16.949375",
        "x, median, 17.0",
        "x, stdDev, 7.844975459443655",
        "x, sum, 6779.75",
        "x, smallest, 0",
        "x, largest, 33.75",
        "z, stdDev, 16.28281628357597",
    })
    void statisticsArePandas(String column, String statistic, double expected) throws Exception {
        for (boolean picked : List.of(false, true)) {
            String contract = column(column, "number", statistic + ": " + ANY, picked);
            assertThat(gate(rows(picked), contract, "d." + column + "." + statistic)
                            .actual()
                            .getAsDouble())
                    .isCloseTo(expected, within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.25, 10.6875", "0.333, 12.75", "0.9, 27.5", "0, 0", "1, 33.75"})
    void quantilesArePandas(String level, double expected) throws Exception {
        for (boolean picked : List.of(false, true)) {
            String contract = column("x", "number", "quantiles: { %s: %s }".formatted(level, ANY), picked);
            assertThat(gate(rows(picked), contract, "d.x.quantile." + level)
                            .actual()
                            .getAsDouble())
                    .isCloseTo(expected, within(1e-9));
        }
    }

    /** numpy: abs(scipy.stats.zscore(z, ddof=1)) > 3; and fences at numpy's quantiles, of x with the factor 0.2. */
    @ParameterizedTest
    @CsvSource({"z, zscore, 3, 0.02", "z, iqr, 1.5, 0.02", "x, iqr, 0.2, 0.3075", "x, zscore, 3, 0"})
    void outliersAreThoseOfScipyAndNumpy(String column, String method, double limit, double expected) throws Exception {
        for (boolean picked : List.of(false, true)) {
            String contract = column(
                    column, "number", "outliers: { method: %s, limit: %s, min: 0 }".formatted(method, limit), picked);
            assertThat(gate(rows(picked), contract, "d." + column + ".outliers").actual())
                    .hasValue(expected);
        }
    }

    @Test
    void tooManyOutliersAreShown() throws Exception {
        assertThat(gate(
                                "x\n1\n2\n3\n2\n1\n2\n3\n99\n\n",
                                "columns:\n  x: { type: integer, outliers: { method: iqr, max: 0.01 } }\n",
                                "d.x.outliers")
                        .message())
                .isEqualTo("d: x has 1 outlier (13 % of 8 values), must be at most 1 %");
    }

    @Test
    void whatIsNotFiniteIsAnOutlierAndNoStatisticHasIt() throws Exception {
        String csv = "x\n1.5\nNaN\n2.5\ninf\n\n2\n";
        List<GateResult> gates = gates(
                csv,
                "columns:\n  x: { type: number, mean: 2, largest: 2.5, outliers: { max: 0 }, quantiles: { 0.5: 2 } }\n",
                Optional.empty());
        assertThat(gate(gates, "d.x.mean").outcome()).isEqualTo(Outcome.PASSED);
        assertThat(gate(gates, "d.x.largest").outcome()).isEqualTo(Outcome.PASSED);
        assertThat(gate(gates, "d.x.quantile.0.5").outcome()).isEqualTo(Outcome.PASSED);
        assertThat(gate(gates, "d.x.outliers").actual()).hasValue(0.4);
    }

    @Test
    void frequenciesArePandas() throws Exception {
        for (boolean picked : List.of(false, true)) {
            for (Map.Entry<String, Double> expected : Map.of(
                            "rarestShare: " + ANY,
                            0.0825,
                            "classBalance: " + ANY,
                            0.14285714285714285,
                            "entropy: " + ANY,
                            1.2835712374847639,
                            "shares: { mid: { min: 0 } }",
                            0.34)
                    .entrySet()) {
                List<GateResult> gates =
                        gates(rows(picked), column("label", "string", expected.getKey(), picked), Optional.empty());
                assertThat(gates.get(gates.size() - 1).actual().getAsDouble())
                        .isCloseTo(expected.getValue(), within(1e-12));
            }
        }
    }

    @Test
    void everyModeMustBeOfTheSet() throws Exception {
        String contract = "columns:\n  x: { type: string, mostCommon: [a, b] }\n";
        String metric = "d.x.mostCommon.violations";
        assertThat(gate("x\na\na\nb\nc\n", contract, metric).outcome()).isEqualTo(Outcome.PASSED);
        assertThat(gate("x\na\na\nb\nb\nc\n", contract, metric).outcome()).isEqualTo(Outcome.PASSED);
        assertThat(gate("x\na\na\nc\nc\n", contract, metric).message())
                .isEqualTo("d: x has the most frequent values a, c, must be one of a, b");
        assertThat(gate("x,y\n,1\n,2\n", contract, metric).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(gate("x\n2\n2\n3\n", "columns:\n  x: { type: number, mostCommon: [2.0] }\n", metric)
                        .outcome())
                .isEqualTo(Outcome.PASSED);
        assertThat(gate(
                                "x\na\nc\nc\n",
                                "columns:\n  x: { type: string, checks: [{ mostCommon: [a], where: \"x <> 'c'\" }] }\n",
                                metric)
                        .outcome())
                .isEqualTo(Outcome.PASSED);
    }

    @Test
    void modesOfASensitiveColumnAreNotTold() throws Exception {
        assertThat(gate(
                                "x\nsecret\nsecret\n",
                                "columns:\n  x: { type: string, mostCommon: [a], sensitive: true }\n",
                                "d.x.mostCommon.violations")
                        .message())
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\n", "x,y\n,1\n,2\n"})
    void withoutValuesNothingIsMeasuredAndThePromiseIsBroken(String csv) throws Exception {
        List<GateResult> gates = gates(csv, """
                columns:
                  x:
                    type: number
                    mean: { min: 0 }
                    median: { min: 0 }
                    stdDev: { min: 0 }
                    sum: { min: 0 }
                    smallest: { min: 0 }
                    quantiles: { 0.3: { min: 0 } }
                    outliers: { max: 1 }
                    shares: { 1: { min: 0 } }
                    rarestShare: { min: 0 }
                    entropy: { min: 0 }
                    distribution: { max: 1 }
                """, Optional.of(profile("x\n1\n2\n")));
        assertThat(gates.subList(1, gates.size())).hasSize(11).allSatisfy(gate -> {
            assertThat(gate.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(gate.actual()).isEmpty();
            assertThat(gate.message()).contains("no value to compute it from");
        });
    }

    @ParameterizedTest
    @CsvSource({"true, number", "2020-01-01, number", "5, date", "5, boolean", "a, timestamp", "1.5, integer"})
    void valuesOfAnotherTypeThanTheContractsAreNone(String value, String type) throws Exception {
        boolean numeric = type.equals("number") || type.equals("integer");
        List<GateResult> gates = gates(
                "x,y\n%1$s,1\n%1$s,2\n".formatted(value),
                """
                checks:
                  - { leakage: { label: x, max: 1 } }
                  - { leakage: { label: y, max: 1 }, name: fromX }
                columns:
                  x:
                    type: %s
                    rarestShare: { max: 1 }
                    distribution: { method: psi, max: 1 }
                %s
                """.formatted(type, numeric ? "    mean: 1\n    outliers: { max: 1 }\n    median: 1" : ""),
                Optional.of(profile(type.equals("boolean") ? "x\ntrue\n" : "x\n1\n2\n")));
        assertThat(gate(gates, "d.y.fromX").actual()).hasValue(0);
        assertThat(gate(gates, "d.x.leakage").actual()).isEmpty();
        assertThat(gate(gates, "d.x.rarestShare").actual()).isEmpty();
        assertThat(gate(gates, "d.x.distribution.psi").actual()).isEmpty();
        if (numeric) {
            assertThat(gate(gates, "d.x.mean").actual()).isEmpty();
            assertThat(gate(gates, "d.x.median").actual()).isEmpty();
            assertThat(gate(gates, "d.x.outliers").actual()).isEmpty();
        }
    }

    @Test
    void aConstantHasNoSpreadAndNoOutliers() throws Exception {
        List<GateResult> gates = gates(
                csv("x", Collections.nCopies(50, 0.1234567890123456)),
                "columns:\n  x: { type: number, stdDev: 0, outliers: { max: 0 }, entropy: 0, classBalance: 1 }\n",
                Optional.empty());
        assertThat(gates).allSatisfy(gate -> assertThat(gate.outcome()).isEqualTo(Outcome.PASSED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ type: string, mean: { min: 1 } } | columns.x.mean: only a column of type integer or number can have a mean",
                "{ type: number, mean: { min: 3, max: 2 } } | no number can be",
                "{ type: number, mean: {} } | needs a bound",
                "{ type: number, quantiles: { 1.5: 1 } } | '1.5' is no level of a quantile",
                "{ type: number, quantiles: { 0.5: 1, 0.50: 2 } } | is the same level as another",
                "{ type: number, outliers: { method: grubbs, max: 1 } } | method",
                "{ type: number, meanLength: 3 } | only a column of type string can have a mean length",
                "{ shares: { a: { max: 1 } } } | a column with shares needs a type",
                "{ type: integer, shares: { a: { max: 1 } } } | 'a' is not a whole number",
                "{ type: integer, mostCommon: [a] } | is not a whole number",
                "{ type: string, distribution: { method: ks, max: 1 } } | ks needs values with a distance",
                "{ type: string, distribution: { method: psi } } | needs a bound",
                "{ mean: 1, mostly: 0.9 } | columns.x.mostly: is the share of rows that keep a promise, but mean",
                "{ type: number, checks: [{ sum: 1, mostly: 0.9 }] } | columns.x.checks.0.mostly",
                "{ type: string, checks: [{ as: number, mean: 1 }] } | mean looks at values of the column's own type",
            })
    void mistakesOfColumnsAreToldWithTheirPlace(String column, String message) {
        assertThatThrownBy(() -> gates("x\n1\n", "columns:\n  x: " + column + "\n", Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("contract.yml:3")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "correlation: { columns: [x], max: 1 } | a correlation is that of two columns, not of 1",
                "correlation: { columns: [x, s], max: 1 } | 's' is a column of type string",
                "leakage: { label: x, columns: [x], max: 1 } | names the label 'x'",
                "leakage: { label: x } | needs a bound",
                "leakage: { label: nowhere, max: 1 } | has no column 'nowhere'",
                "duplicates: { max: 1, maxShare: 0.1 } | either max, a number of rows, or maxShare",
                "duplicates: { max: 1 }, mostly: 0.5 | is the share of rows that keep a promise",
            })
    void mistakesOfTheDataSetsChecksAreToldWithTheirPlace(String check, String message) {
        assertThatThrownBy(() -> gates(
                        "x,s\n1,a\n",
                        "checks:\n  - { %s }\ncolumns: { x: { type: number }, s: { type: string } }\n".formatted(check),
                        Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("contract.yml:3")
                .hasMessageContaining(message);
    }

    @Test
    void contractsAreReadBackAsTheyAreWritten() throws Exception {
        Contract contract = Contract.read(Files.writeString(folder.resolve("all.yml"), """
                contract: c
                checks:
                  - { correlation: { columns: [x, y], method: spearman, min: -0.5, below: 0.5 }, name: apart }
                  - { leakage: { label: s, max: 0.95, columns: [x] } }
                  - { leakage: { label: s, max: 0.95 }, criticality: NOTE }
                  - { duplicates: { max: 0, columns: [x] } }
                  - { duplicates: { maxShare: 0.01 }, where: x > 1 }
                columns:
                  x:
                    type: number
                    mean: { min: 1, max: 2 }
                    median: { above: 1 }
                    stdDev: { max: 2 }
                    sum: 17
                    smallest: { min: 0 }
                    largest: { max: 20 }
                    quantiles: { 0.25: { min: 1, max: 2 }, 0.90: { max: 3 } }
                    outliers: { method: iqr, limit: 3, max: 0.01 }
                    shares: { 1.5: { min: 0.1 } }
                    distribution: { against: accepted, method: wasserstein, max: 0.1 }
                    checks: [{ mean: { max: 1 }, where: y > 1 }, { quantiles: { 0.25: { max: 9 } }, name: low }]
                  z: { type: boolean, shares: { "true": { min: 0.1 }, "false": 0.5 } }
                  s:
                    type: string
                    meanLength: { max: 9 }
                    shares: { sun: { min: 0.1 }, "true": { max: 0.5 } }
                    rarestShare: { min: 0.1 }
                    classBalance: { min: 0.1 }
                    entropy: { min: 0.1 }
                    mostCommon: [sun, "yes"]
                    distribution: { max: 0.2 }
                """));
        String written = ContractWriter.write(contract);
        assertThat(Contract.read(Files.writeString(folder.resolve("again.yml"), written)))
                .isEqualTo(contract);
        assertThat(written).contains("quantiles: { \"0.25\": { min: 1, max: 2 }, \"0.9\": { max: 3 } }");
    }

    @Test
    void meanLengthsCountCharactersAndNotBytes() throws Exception {
        assertThat(gate(
                                "x,y\nabc,1\nü,1\n\"\u1F600\",2\n",
                                "columns:\n  x: { type: string, meanLength: { max: 1 } }\n",
                                "d.x.meanLength")
                        .message())
                .isEqualTo(String.format(Locale.ROOT, "d: x has a mean length of %.1f, must be at most 1", 2.0)
                        .replace("2.0", "2"));
    }
}
