package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.contract.AskedTable.Found;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables without rows, with one, with nothing but nulls, and with what is no finite number. */
class EdgeTablesTest {

    private static final List<String> OF_VALUES = List.of(
            "min: 1, max: 2",
            "values: [1]",
            "notValues: [1]",
            "length: 1",
            "as: string, pattern: 'a'",
            "as: string, notPattern: 'a'",
            "dateFormat: '%Y'",
            "json: true",
            "jsonSchema: { type: object }",
            "monotonic: strictlyIncreasing",
            "unique: true",
            "distinct: { max: 0 }",
            "distinctValues: { within: [1] }");

    private static final List<String> OF_ROWS = List.of(
            "unique: [x, y]",
            "foreignKey: { columns: [y], in: other }",
            "condition: 'x > y'",
            "if: 'x > y', then: 'x < y'",
            "sum: { columns: [x], equals: y }",
            "overlap: { with: other, columns: [x] }");

    /** Without a value there is no number, and a promise of one is broken. */
    private static final List<String> MEASURES = List.of(
            "mean: { min: 0 }",
            "median: { min: 0 }",
            "stdDev: { min: 0 }",
            "sum: { min: 0 }",
            "smallest: { min: 0 }",
            "largest: { min: 0 }",
            "quantiles: { 0.3: { min: 0 } }",
            "outliers: { max: 0 }",
            "outliers: { method: iqr, max: 0 }",
            "shares: { '1': { min: 0 } }",
            "rarestShare: { min: 0 }",
            "classBalance: { min: 0 }",
            "entropy: { min: 0 }",
            "distinctShare: { min: 0 }",
            "divergence: { values: [1], weights: [1], max: 9 }",
            "divergence: { bins: [0, 1], weights: [1], max: 9 }",
            "mostCommon: [1]",
            "distinctValues: { contains: [1] }");

    private static final List<String> OF_ROWS_TOGETHER = List.of(
            "correlation: { columns: [x, y], max: 1 }",
            "correlation: { columns: [x, y], method: spearman, max: 1 }",
            "leakage: { label: x, max: 1 }",
            "volume: { column: d, min: 0 }",
            "freshness: { column: d, maxAge: 99d }");

    @TempDir
    private Path folder;

    private List<Found> ask(String csv, List<String> ofColumn, List<String> ofRows) throws Exception {
        AskedTable table = AskedTable.of(folder, csv).beside("other", "x,y,d\n1,1,2026-01-01\n");
        List<Found> found = new ArrayList<>(table.column("x", "number", both(ofColumn)));
        found.addAll(table.dataSet("d: { type: date }", both(ofRows)));
        return found;
    }

    /** Of all rows, and of those of a condition that holds. */
    private static List<String> both(List<String> rules) {
        return rules.stream()
                .flatMap(rule -> Stream.of("{ " + rule + " }", "{ " + rule + ", where: '1 = 1' }"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x,y,d\n", "x,y,d\n,,\n", "x,y,d\n,,\n,,\n,,\n", "x,y,d\n,,2026-01-01\n,,\n"})
    void noValuesBreakNoRuleOnValues(String csv) throws Exception {
        assertThat(ask(csv, OF_VALUES, OF_ROWS)).allSatisfy(found -> {
            assertThat(found.check().outcome()).as(found.check().toString()).isEqualTo(Outcome.PASSED);
            assertThat(found.check().violations()).isZero();
            assertThat(found.check().share()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"x,y,d\n", "x,y,d\n,,\n", "x,y,d\n,,\n,,\n,,\n"})
    void withoutValuesThereIsNoNumber(String csv) throws Exception {
        assertThat(ask(csv, MEASURES, OF_ROWS_TOGETHER))
                .allSatisfy(found -> assertThat(found.check().outcome())
                        .as(found.check().toString())
                        .isEqualTo(Outcome.FAILED));
    }

    @Test
    void withoutRowsWhatIsCountedIsNone() throws Exception {
        AskedTable none = AskedTable.of(folder, "x,y\n").beside("other", "x,y\n");
        assertThat(none.dataSet(
                        "",
                        List.of(
                                "{ rows: 0 }",
                                "{ rows: { sameAs: other } }",
                                "{ duplicates: { max: 0 } }",
                                "{ duplicates: { maxShare: 0 } }",
                                "{ primaryKey: [x] }",
                                "{ columnCount: 2 }",
                                "{ columnOrder: [x, y] }")))
                .allMatch(Found::kept);
        assertThat(none.column("x", "number", "{ maxNullShare: 0 }").number()).isZero();
    }

    @Test
    void nullsBreakOnlyWhatIsAboutThem() throws Exception {
        AskedTable nulls = AskedTable.of(folder, "x,y\n,\n,\n");
        assertThat(nulls.column("x", "number", "{ maxNullShare: 0.5 }").number())
                .isEqualTo(1);
        assertThat(nulls.dataSet("{ primaryKey: [x] }").rows()).containsExactly(1L, 2L);
        assertThat(nulls.dataSet("{ duplicates: { max: 0 } }").rows()).containsExactly(2L);
        assertThat(nulls.dataSet("{ condition: 'x IS NOT NULL' }").rows()).containsExactly(1L, 2L);
    }

    /** numpy and scipy on [5]: mean 5, std(ddof=1) nan, every quantile 5, entropy 0, no outlier. */
    @Test
    void ofOneRowAllIsKnownButTheSpread() throws Exception {
        List<String> kept = List.of(
                "mean: 5",
                "median: 5",
                "sum: 5",
                "smallest: 5",
                "largest: 5",
                "quantiles: { 0.3: 5 }",
                "outliers: { max: 0 }",
                "outliers: { method: iqr, max: 0 }",
                "shares: { '5': 1 }",
                "rarestShare: 1",
                "classBalance: 1",
                "entropy: 0",
                "distinctShare: 1",
                "unique: true",
                "monotonic: strictlyDecreasing",
                "divergence: { bins: [4, 6], weights: [1], max: 0 }");
        List<String> rows = List.of(
                "unique: [x, y]",
                "primaryKey: [x]",
                "duplicates: { max: 0 }",
                "volume: { column: d, min: 1, max: 1 }",
                "freshness: { column: d, maxAge: 1d }");
        assertThat(ask("x,y,d\n5,1,2026-05-31\n", kept, rows))
                .allSatisfy(found ->
                        assertThat(found.kept()).as(found.check().toString()).isTrue());
        assertThat(ask(
                        "x,y,d\n5,1,2026-05-31\n",
                        List.of("stdDev: { min: 0 }"),
                        List.of("correlation: { columns: [x, y], max: 1 }")))
                .noneMatch(Found::kept);
    }

    /** Four values, of which one is a finite number, and a null. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "mean: { min: -9 } ! 1.5",
                "median: { min: -9 } ! 1.5",
                "sum: { min: -9 } ! 1.5",
                "largest: { min: -9 } ! 1.5",
                "quantiles: { 0.9: { min: -9 } } ! 1.5",
                "outliers: { max: 1 } ! 0.75",
                "outliers: { method: iqr, max: 1 } ! 0.75",
                "shares: { '1.5': { max: 1 } } ! 0.25",
                "entropy: { max: 9 } ! 2",
                "distinct: { max: 9 } ! 4",
                "maxNullShare: 1 ! 0.2",
                "min: -1.0e+300 ! 3",
                "max: 1.0e+300 ! 3",
                "values: [1.5] ! 3",
                "notValues: [1.5] ! 1",
                "unique: true ! 0",
                "divergence: { bins: [1, 2], weights: [1], tailHoldout: 0.5, max: 9 } ! 0.6931471805599453",
                "divergence: { bins: [-inf, 2, inf], weights: [1, 1], max: 9 } ! 0.6931471805599453",
            })
    void whatIsNotFiniteIsInNoRangeAndNoStatistic(String rule, double expected) throws Exception {
        for (String terms : List.of("", ", where: '1 = 1'")) {
            Found found = AskedTable.of(folder, "x,y\n1.5,1\nNaN,1\ninf,1\n-inf,1\n,1\n")
                    .column("x", "number", "{ " + rule + terms + " }");
            assertThat(found.number()).as(found.check().observed()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "{ columnCount: 1, where: 'x > 1' } ! checks.0.where: picks rows, but columnCount",
                "{ columnOrder: [x], where: 'x > 1' } ! checks.0.where: picks rows, but columnOrder",
                "{ columnSet: { names: [x] }, where: 'x > 1' } ! checks.0.where: picks rows, but columnSet",
                "{ rows: { maxChange: 1 }, where: 'x > 1' } ! checks.0.where: picks rows, but rowChange",
                "{ columnOrder: [x], mostly: 0.5 } ! checks.0.mostly: is the share of rows that keep a promise",
                "{ rows: { sameAs: t }, mostly: 0.5 } ! checks.0.mostly: is the share of rows that keep a promise",
            })
    void termsThatSayNothingAreRefused(String item, String message) {
        assertThatThrownBy(() -> AskedTable.of(folder, "x\n1\n").dataSet(item))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("contract.yml:3:")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "{ distinctValues: { within: [1] }, mostly: 0.5 } ! mostly: is the share of rows that keep a promise",
                "{ divergence: { bins: [0, 1], weights: [0], max: 1 } } ! divergence.weights: are all 0",
            })
    void soAreTermsOfColumns(String item, String message) {
        assertThatThrownBy(() -> AskedTable.of(folder, "x\n1\n").column("x", "number", item))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("contract.yml:6:")
                .hasMessageContaining(message);
    }
}
