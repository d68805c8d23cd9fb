package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Profiler;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What contracts ask of distributions. Expected numbers are those of pandas 2 (mean, median, std, sum, min, max, quantile,
 * value_counts), scipy 1 (stats.zscore, pearsonr, spearmanr, entropy, wasserstein_distance, ks_2samp,
 * spatial.distance.jensenshannon and chebyshev) and scikit-learn 1 (metrics.r2_score) on the same rows.
 */
class DistributionRulesTest {

    /** Any number, so that gates only measure. */
    private static final String ANY = "{ min: -1.0e300 }";

    @TempDir
    private Path folder;

    private List<GateResult> gates(String csv, String contract, Optional<DataProfile> accepted)
            throws IOException, InterruptedException {
        Path data = Files.writeString(folder.resolve("data.csv"), csv);
        Path rules = Files.writeString(folder.resolve("contract.yml"), "contract: c\n" + contract);
        ContractedData contracted =
                new ContractedData(DataSource.of("d", data), rules, "contract.yml", Optional.empty(), accepted);
        return new ValidateData()
                .run(new ValidationRequest(Optional.empty(), List.of(contracted)), Progress.NONE)
                .gates();
    }

    private GateResult gate(String csv, String contract, String metric) throws IOException, InterruptedException {
        return gate(gates(csv, contract, Optional.empty()), metric);
    }

    private static GateResult gate(List<GateResult> gates, String metric) {
        return gates.stream()
                .filter(gate -> gate.gate().metric().equals(metric))
                .findFirst()
                .orElseThrow(() -> new AssertionError(metric + " is none of " + gates));
    }

    private DataProfile profile(String csv) throws IOException, InterruptedException {
        Path data = Files.writeString(folder.resolve("reference.csv"), csv);
        DataSource source = DataSource.of("d", data);
        try (DataEngine engine = DataEngine.embedded(source)) {
            return Profiler.profile(engine, engine.open(source));
        }
    }

    private static double x(int i) {
        return i * 37 % 101 * 0.25 + i % 13 * 0.75;
    }

    private static double current(int i) {
        return i * 53 % 97 * 0.25 + i % 11 * 1.25 + 0.5;
    }

    private static String label(double x) {
        return x < 6 ? "low" : x < 15 ? "mid" : "high";
    }

    /** The rows of the reference computation; {@code extra} is a column of rows that {@code where} picks from. */
    private static String rows(boolean picked) {
        StringBuilder csv = new StringBuilder("x,y,z,label,seven,picked\n");
        for (int i = 0; i < 400; i++) {
            double y = x(i) * 2 + i * 17 % 23;
            double z = i % 50 == 7 ? x(i) + 100 : x(i);
            csv.append("%s,%s,%s,%s,%s,yes\n".formatted(x(i), y, z, label(x(i)), i % 7));
            if (picked) {
                csv.append("%s,%s,%s,%s,%s,no\n".formatted(1000 - i, i * i, 5000 + i, "odd" + i % 3, i % 2));
            }
        }
        return csv.toString();
    }

    private static String column(String name, String type, String rule, boolean picked) {
        String keys = picked
                ? "{ type: %s, checks: [{ %s, where: \"picked = 'yes'\" }] }".formatted(type, rule)
                : "{ type: %s, %s }".formatted(type, rule);
        return "columns:\n  %s: %s\n".formatted(name, keys);
    }

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

    private static String csv(String name, List<?> values) {
        StringBuilder csv = new StringBuilder(name).append(",n\n");
        values.forEach(value -> csv.append(value).append(",1\n"));
        return csv.toString();
    }

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

    @ParameterizedTest
    @CsvSource({"pearson, 0.9194058404813167", "spearman, 0.9227203033082729"})
    void correlationsAreScipys(String method, double expected) throws Exception {
        for (boolean picked : List.of(false, true)) {
            String contract = "checks: [{ correlation: { columns: [x, y], method: %s, max: 0.5 }%s }]\ncolumns: {}\n"
                    .formatted(method, picked ? ", where: \"picked = 'yes'\"" : "");
            GateResult gate = gate(rows(picked), contract, "d.x+y.correlation");
            assertThat(gate.actual().getAsDouble()).isCloseTo(expected, within(1e-12));
            assertThat(gate.message())
                    .isEqualTo("d: x, y has a correlation (%s) of %.5f, must be at most 0.5"
                            .formatted(method, expected)
                            .replaceAll("0(\\.\\d{4}[1-9])0", "0$1"));
        }
    }

    @Test
    void aConstantIsCorrelatedWithNothing() throws Exception {
        GateResult gate = gate(
                "x,y\n1,1\n1,2\n",
                "checks: [{ correlation: { columns: [x, y], max: 1 } }]\ncolumns: {}\n",
                "d.x+y.correlation");
        assertThat(gate.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(gate.message()).contains("no value to compute it from");
    }

    /**
     * Numeric label: sklearn.metrics.r2_score(y, means of the groups); categories: the reduction of the Gini impurity;
     * both as 1 - (1 - r2) (n - 1) / (n - k). Bins of numbers: pandas' rank(method='min').
     */
    @ParameterizedTest
    @CsvSource({
        "label, x, 0.9666069336274037",
        "label, y, 0.559708955668795",
        "y, label, 0.6524906259570309",
        "y, x, 0.8337218273321823",
        "label, seven, 0",
    })
    void thePowerOfAColumnIsTheVarianceItExplains(String label, String column, double expected) throws Exception {
        for (boolean picked : List.of(false, true)) {
            String contract = "checks: [{ leakage: { label: %s, columns: [%s], max: 1 }%s }]\ncolumns: {}\n"
                    .formatted(label, column, picked ? ", where: \"picked = 'yes'\"" : "");
            assertThat(gate(rows(picked), contract, "d.%s+%s.leakage".formatted(label, column))
                            .actual()
                            .getAsDouble())
                    .isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void aColumnThatGivesTheLabelAwayIsNamed() throws Exception {
        StringBuilder csv = new StringBuilder("id,weather,weather_code,wind,snow_depth\n");
        for (int i = 0; i < 300; i++) {
            csv.append("id%d,%s,%d,%s,%s\n"
                    .formatted(
                            i, List.of("sun", "rain", "snow").get(i % 3), 10 + i % 3, i * 7 % 31, i % 3 == 2 ? i : ""));
        }
        String contract = "checks: [{ leakage: { label: weather, max: 0.9 } }]\ncolumns: {}\n";
        assertThat(gate(csv.toString(), contract, "d.weather.leakage").message())
                .isEqualTo("d: weather: weather_code predicts weather by itself (1.00), must be at most 0.9");
    }

    @Test
    void duplicatesAreThoseOfPandas() throws Exception {
        // pandas.DataFrame.duplicated().sum() is 3, of column a alone 4; nulls are the same
        String csv = "a,b\n1,\n1,\n2,x\n2,y\n1,\n2,x\n";
        String contract =
                "checks: [{ duplicates: { max: 2 } }, { duplicates: { columns: [a], maxShare: 0.5 } }]\ncolumns: {}\n";
        List<GateResult> gates = gates(csv, contract, Optional.empty());
        assertThat(gate(gates, "d.duplicates").message())
                .isEqualTo("d has 3 duplicate rows (50 % of 6), may have at most 2");
        assertThat(gate(gates, "d.duplicates").actual()).hasValue(3);
        assertThat(gate(gates, "d.a.duplicates").actual()).hasValue(4 / 6.0);
        assertThat(gate(
                                "a,b\n1,2\n1,2\n",
                                "checks: [{ duplicates: { max: 0 }, where: a > 1 }]\ncolumns: {}\n",
                                "d.duplicates")
                        .outcome())
                .isEqualTo(Outcome.PASSED);
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

    /** Against the plainest Java there is, on random numbers with nulls, repetitions and a filter. */
    @RepeatedTest(12)
    void numbersAreThoseOfPlainJava(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        int different = random.nextBoolean() ? 7 : 100_000;
        int rows = 1 + random.nextInt(300);
        StringBuilder csv = new StringBuilder("x,y,keep\n");
        List<double[]> kept = new ArrayList<>();
        boolean all = random.nextBoolean();
        for (int i = 0; i < rows; i++) {
            double x = random.nextInt(different) / 8.0;
            double y = random.nextInt(3) + (random.nextBoolean() ? x : 0);
            boolean keep = random.nextInt(3) > 0;
            boolean missing = random.nextInt(10) == 0;
            csv.append("%s,%s,%s\n".formatted(missing ? "" : x, y, keep));
            if (!missing && (all || keep)) {
                kept.add(new double[] {x, y});
            }
        }
        double level = random.nextInt(1000) / 1000.0;
        String terms = all ? "" : ", where: keep";
        List<GateResult> gates = gates(csv.toString(), """
                checks: [{ correlation: { columns: [x, y], method: spearman, min: -1 }%1$s }]
                columns:
                  x:
                    type: number
                    checks:
                    - { mean: %2$s, stdDev: %2$s, sum: %2$s, median: %2$s, quantiles: { %3$s: %2$s }, entropy: %2$s%1$s }
                    - { outliers: { method: zscore, limit: 1.5, min: 0 }%1$s }
                """.formatted(terms, ANY, level), Optional.empty());
        double[] x = kept.stream().mapToDouble(pair -> pair[0]).toArray();
        double[] y = kept.stream().mapToDouble(pair -> pair[1]).toArray();
        double mean = Arrays.stream(x).average().orElse(Double.NaN);
        double deviation =
                Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1));
        expect(gates, "mean", mean);
        expect(gates, "stdDev", deviation);
        expect(gates, "sum", x.length == 0 ? Double.NaN : Arrays.stream(x).sum());
        expect(gates, "median", quantile(x, 0.5));
        expect(gates, "quantile." + (level == 0 ? "0" : level), quantile(x, level));
        expect(gates, "entropy", entropy(x));
        expect(
                gates,
                "outliers",
                x.length == 0
                        ? Double.NaN
                        : (double) Arrays.stream(x)
                                        .filter(v -> deviation > 0 && Math.abs(v - mean) > 1.5 * deviation)
                                        .count()
                                / x.length);
        double r = pearson(ranks(x), ranks(y));
        if (!Double.isNaN(r)) {
            assertThat(gate(gates, "d.x+y.correlation").actual().getAsDouble()).isCloseTo(r, within(1e-9));
        }
    }

    /** Likewise on random categories. */
    @RepeatedTest(8)
    void categoriesAreCountedAsInPlainJava(RepetitionInfo repetition) throws Exception {
        Random random = new Random(100 + repetition.getCurrentRepetition());
        int different = 2 + random.nextInt(4);
        int rows = 20 + random.nextInt(200);
        StringBuilder csv = new StringBuilder("x,y\n");
        List<String> x = new ArrayList<>();
        List<String> y = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            x.add(random.nextInt(8) == 0 ? "" : "v" + random.nextInt(different));
            y.add(random.nextInt(3) == 0 ? "other" : "of" + x.get(i));
            csv.append(x.get(i)).append(',').append(y.get(i)).append('\n');
        }
        List<GateResult> gates = gates(csv.toString(), """
                checks:
                  - { duplicates: { max: 0 } }
                  - { leakage: { label: y, columns: [x], max: 1 } }
                columns:
                  x: { type: string, shares: { v0: { min: 0 } }, rarestShare: { min: 0 }, classBalance: { min: 0 } }
                """, Optional.empty());
        Map<String, Long> counts = counts(x.stream().filter(each -> !each.isEmpty()));
        double values = counts.values().stream().mapToLong(n -> n).sum();
        Map<String, Long> cells = counts(IntStream.range(0, rows).mapToObj(i -> x.get(i) + "|" + y.get(i)));
        expect(gates, "share.v0", counts.getOrDefault("v0", 0L) / values);
        expect(gates, "rarestShare", Collections.min(counts.values()) / values);
        expect(gates, "classBalance", (double) Collections.min(counts.values()) / Collections.max(counts.values()));
        assertThat(gate(gates, "d.duplicates").actual()).hasValue(rows - cells.size());

        Map<String, Long> groups = counts(x.stream());
        double inside = rows
                - cells.entrySet().stream()
                        .mapToDouble(cell -> (double) cell.getValue()
                                * cell.getValue()
                                / groups.get(
                                        cell.getKey().substring(0, cell.getKey().indexOf('|'))))
                        .sum();
        double total = rows
                - counts(y.stream()).values().stream()
                        .mapToDouble(n -> (double) n * n / rows)
                        .sum();
        assertThat(gate(gates, "d.y+x.leakage").actual().getAsDouble())
                .isCloseTo(Math.max(0, 1 - inside / (rows - groups.size()) / (total / (rows - 1))), within(1e-9));
    }

    private static Map<String, Long> counts(Stream<String> values) {
        return values.collect(Collectors.groupingBy(value -> value, Collectors.counting()));
    }

    private static void expect(List<GateResult> gates, String statistic, double expected) {
        GateResult gate = gate(gates, "d.x." + statistic);
        if (Double.isNaN(expected)) {
            assertThat(gate.actual()).isEmpty();
        } else {
            assertThat(gate.actual().getAsDouble())
                    .as(statistic)
                    .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
        }
    }

    private static double quantile(double[] values, double level) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = level * (sorted.length - 1);
        int low = (int) place;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
    }

    private static double entropy(double[] values) {
        Map<Double, Integer> counts = new HashMap<>();
        Arrays.stream(values).forEach(value -> counts.merge(value, 1, Integer::sum));
        return values.length == 0
                ? Double.NaN
                : counts.values().stream()
                        .mapToDouble(n -> (double) n / values.length)
                        .map(share -> -share * Math.log(share) / Math.log(2))
                        .sum();
    }

    private static double[] ranks(double[] values) {
        return Arrays.stream(values)
                .map(value -> Arrays.stream(values)
                                .filter(other -> other < value)
                                .count()
                        + Arrays.stream(values).filter(other -> other == value).count() / 2.0)
                .toArray();
    }

    private static double pearson(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xx == 0 || yy == 0 ? Double.NaN : xy / Math.sqrt(xx * yy);
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
