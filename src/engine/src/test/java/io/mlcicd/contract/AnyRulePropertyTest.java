package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.TextNode;
import io.mlcicd.contract.AskedTable.Found;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.gate.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** What holds of every rule, whatever it asks: how it answers depends on the rows it is about and on nothing else. */
class AnyRulePropertyTest {

    private static final List<String> OF_NUMBERS = List.of(
            "maxNullShare: 0.1",
            "nullShare: { above: 0 }",
            "min: -0.5, max: 0.5",
            "values: [0, 1, 0.25]",
            "notValues: [0, 1, 0.25]",
            "unique: true",
            "distinct: { max: 5 }",
            "distinctShare: { max: 0.5 }",
            "distinctValues: { within: [0, 1] }",
            "distinctValues: { contains: [0, 1] }",
            "mean: { max: 0 }",
            "median: { max: 0 }",
            "stdDev: { max: 1 }",
            "sum: { min: 0 }",
            "smallest: { min: -1 }",
            "largest: { max: 1 }",
            "quantiles: { 0.25: { min: 0 } }",
            "quantiles: { 0.123: { min: 0 } }",
            "outliers: { max: 0.01, limit: 2 }",
            "outliers: { method: iqr, side: above, max: 0.01 }",
            "shares: { '1': { min: 0.1 } }",
            "rarestShare: { min: 0.01 }",
            "classBalance: { min: 0.5 }",
            "entropy: { min: 1 }",
            "mostCommon: [0, 1]",
            "divergence: { bins: [-1, 0, 1], weights: [1, 1], tailHoldout: 0.1, max: 0.5 }",
            "distribution: { method: psi, max: 0.1 }",
            "distribution: { method: js, max: 0.1 }",
            "newCategories: { max: 1 }",
            "vanishedCategories: { max: 1 }");

    private static final List<String> OF_TEXTS = List.of(
            "values: [ab, c]",
            "pattern: '[a-c]+'",
            "length: { max: 2 }",
            "meanLength: { max: 2 }",
            "unique: true",
            "distinct: { max: 2 }",
            "shares: { ab: { min: 0.2 } }",
            "rarestShare: { min: 0.1 }",
            "entropy: { min: 1 }",
            "mostCommon: [ab]",
            "divergence: { values: [ab, c], weights: [1, 2], tailHoldout: 0.3, max: 0.1 }",
            "distribution: { method: linf, max: 0.1 }",
            "newCategories: { max: 0 }",
            "vanishedCategories: { max: 0 }");

    private static final List<String> OF_ROWS = List.of(
            "rows: { max: 50 }",
            "unique: [x, s]",
            "primaryKey: [s, row]",
            "foreignKey: { columns: [s], in: other }",
            "condition: 'x > y'",
            "if: 'x > 0', then: 'y > 0'",
            "sum: { columns: [x, y], equals: 1, tolerance: 1 }",
            "correlation: { columns: [x, y], min: 0.5 }",
            "correlation: { columns: [y, x], method: spearman, min: 0.5 }",
            "leakage: { label: s, columns: [x, y], max: 0.5 }",
            "duplicates: { columns: [x, s], max: 3 }",
            "overlap: { with: other, columns: [y, s], max: 0.1 }",
            "skew: { with: other, columns: [x, s], method: js, max: 0.1 }",
            "volume: { column: d, by: month, min: 3 }",
            "freshness: { column: d, maxAge: 30d }");

    @TempDir
    private Path folder;

    private static Map<String, List<Object>> table(Random random) {
        boolean few = random.nextBoolean();
        boolean finite = random.nextInt(3) > 0;
        Supplier<Object> number = () -> random.nextInt(8) == 0
                ? null
                : !finite && random.nextInt(20) == 0
                        ? List.<Object>of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                                .get(random.nextInt(3))
                        : few ? (Object) (random.nextInt(9) * 0.25) : (Object) random.nextGaussian();
        Supplier<Object> text = () -> random.nextInt(8) == 0
                ? null
                : List.<Object>of("ab", "c", "abc", "xyz").get(random.nextInt(4));
        Supplier<Object> date = () ->
                random.nextInt(8) == 0 ? null : "2026-0%d-1%d".formatted(1 + random.nextInt(5), random.nextInt(10));
        Map<String, List<Object>> columns = new LinkedHashMap<>();
        int rows = 20 + random.nextInt(180);
        columns.put(
                "x",
                Collections.nCopies(rows, 0).stream().map(i -> number.get()).toList());
        columns.put(
                "y",
                Collections.nCopies(rows, 0).stream().map(i -> number.get()).toList());
        columns.put(
                "s", Collections.nCopies(rows, 0).stream().map(i -> text.get()).toList());
        columns.put(
                "d", Collections.nCopies(rows, 0).stream().map(i -> date.get()).toList());
        return columns;
    }

    private static Map<String, List<Object>> shuffled(Map<String, List<Object>> columns, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < columns.get("x").size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        Map<String, List<Object>> shuffled = new LinkedHashMap<>();
        columns.forEach((name, values) -> {
            List<Object> moved = new ArrayList<>();
            order.forEach(i -> moved.add(values.get(i)));
            shuffled.put(name, moved);
        });
        return shuffled;
    }

    private List<Found> ask(String csv, String other, String terms) throws Exception {
        AskedTable table = AskedTable.of(folder, csv).beside("other", other).after(other);
        List<Found> found = new ArrayList<>(table.column("x", "number", with(OF_NUMBERS, terms)));
        found.addAll(table.column("s", "string", with(OF_TEXTS, terms)));
        found.addAll(table.dataSet(
                "x: { type: number }, y: { type: number }, s: { type: string }, d: { type: date }",
                with(OF_ROWS, terms)));
        return found;
    }

    private static List<String> with(List<String> rules, String terms) {
        return rules.stream().map(rule -> "{ " + rule + terms + " }").toList();
    }

    private static void assertSame(List<Found> found, List<Found> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            Check check = found.get(i).check();
            Check other = expected.get(i).check();
            String told = "%s %s: %s; %s".formatted(check.kind(), check.expected(), check.observed(), other.observed());
            assertThat(check.outcome()).as(told).isEqualTo(other.outcome());
            assertThat(check.violations()).as(told).isEqualTo(other.violations());
            assertThat(check.share()).as(told).isBetween(0.0, 1.0).isCloseTo(other.share(), within(1e-12));
            assertThat(found.get(i).measured().isPresent())
                    .as(told)
                    .isEqualTo(expected.get(i).measured().isPresent());
            if (found.get(i).measured().isPresent()) {
                double number = expected.get(i).number();
                assertThat(found.get(i).number())
                        .as(told)
                        .isCloseTo(number, within(1e-9 * Math.max(1, Math.abs(number))));
            }
        }
    }

    /** What a profile knows is what a query finds, and the order of the rows tells nothing. */
    @RepeatedTest(4)
    void theSameRowsAreAnsweredTheSame(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        Map<String, List<Object>> columns = table(random);
        String other = AskedTable.csv(table(random));
        List<Found> found = ask(AskedTable.csv(columns), other, "");
        assertSame(ask(AskedTable.csv(columns), other, ", where: '1 = 1'"), found);
        assertSame(ask(AskedTable.csv(shuffled(columns, random)), other, ""), found);
    }

    /** Rows that are picked are answered as if there were no others. */
    @RepeatedTest(3)
    void rowsThatAreNotPickedAreNotThere(RepetitionInfo repetition) throws Exception {
        Random random = new Random(50 + repetition.getCurrentRepetition());
        Map<String, List<Object>> columns = table(random);
        int half = columns.get("x").size() / 2;
        Map<String, List<Object>> first = new LinkedHashMap<>();
        columns.forEach((name, values) -> first.put(name, values.subList(0, half)));
        String other = AskedTable.csv(table(random));
        assertSame(
                ask(AskedTable.csv(columns), other, ", where: 'row <= " + half + "'"),
                ask(AskedTable.csv(first), other, ""));
    }

    private static final List<String> OF_ANY = List.of(
            "maxNullShare: 0.3",
            "unique: true",
            "distinct: { max: 50 }",
            "distinctShare: { max: 0.9 }",
            "monotonic: increasing",
            "mean: { min: 0 }",
            "median: { min: 0 }",
            "stdDev: { min: 0 }",
            "smallest: { min: 0 }",
            "largest: { min: 0 }",
            "quantiles: { 0.95: { min: 0 } }",
            "outliers: { max: 0.01 }",
            "outliers: { method: iqr, max: 0.01 }",
            "rarestShare: { min: 0 }",
            "classBalance: { min: 0 }",
            "entropy: { min: 0 }",
            "newCategories: { max: 0 }",
            "vanishedCategories: { max: 0 }",
            "distribution: { method: linf, max: 1.0e-9 }");

    /** Odd names, odd words, huge numbers, columns of nulls: data that have been accepted have not moved. */
    @RepeatedTest(4)
    void oddDataAreAnsweredTheSame(RepetitionInfo repetition) throws Exception {
        String csv = RandomData.csv(new Random(500 + repetition.getCurrentRepetition()));
        AskedTable table = AskedTable.of(folder, csv).after(csv);
        StringBuilder yaml = new StringBuilder("contract: c\ncolumns:\n");
        for (ColumnProfile column : table.accepted().orElseThrow().columns()) {
            yaml.append("  ").append(TextNode.valueOf(column.name())).append(":\n    checks:\n");
            for (String rule : OF_ANY) {
                yaml.append("    - { %s }\n    - { %s, where: '1 = 1' }\n".formatted(rule, rule));
            }
        }
        List<Found> found = table.contract(yaml.toString());
        List<Found> all = new ArrayList<>();
        List<Found> picked = new ArrayList<>();
        for (int i = 0; i < found.size(); i += 2) {
            all.add(found.get(i));
            picked.add(found.get(i + 1));
        }
        assertSame(picked, all);
        assertThat(found)
                .filteredOn(each -> each.check().kind().matches("newCategories|vanishedCategories"))
                .noneMatch(each -> each.check().outcome() == Outcome.FAILED);
        assertThat(found)
                .filteredOn(each -> each.check().kind().equals("distribution.linf"))
                .allMatch(each -> each.measured().isEmpty() || each.kept());
    }
}
