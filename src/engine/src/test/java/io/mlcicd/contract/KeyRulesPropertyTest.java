package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.contract.AskedTable.Found;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** Rules that compare rows or columns find, in random tables full of repetition and nulls, what plain loops find. */
class KeyRulesPropertyTest {

    @TempDir
    private Path folder;

    private List<Row> rows;

    /** A row of the table, with its number. */
    private record Row(long number, Integer a, String b, Integer c, boolean picked) {

        boolean hasKey() {
            return a != null && b != null;
        }

        List<Object> key() {
            return Arrays.asList(a, b);
        }
    }

    private static List<Row> rows(Random random, int most) {
        List<Row> rows = new ArrayList<>();
        int different = 1 + random.nextInt(12);
        int number = 1 + random.nextInt(most);
        for (int i = 1; i <= number; i++) {
            rows.add(new Row(
                    i,
                    random.nextInt(6) == 0 ? null : random.nextInt(different),
                    random.nextInt(6) == 0 ? null : "w" + random.nextInt(3),
                    random.nextInt(6) == 0 ? null : random.nextInt(different),
                    random.nextInt(3) > 0));
        }
        return rows;
    }

    private static String csv(List<Row> rows) {
        Map<String, List<?>> columns = new LinkedHashMap<>();
        columns.put("a", rows.stream().map(Row::a).toList());
        columns.put("b", rows.stream().map(Row::b).toList());
        columns.put("c", rows.stream().map(Row::c).toList());
        columns.put("picked", rows.stream().map(Row::picked).toList());
        return AskedTable.csv(columns);
    }

    private List<Long> numbers(Predicate<Row> broken) {
        return rows.stream().filter(broken).map(Row::number).toList();
    }

    /** The rows whose value no other row must have, of those that have one. */
    private List<Long> repeated(Predicate<Row> looked, Function<Row, Object> value) {
        Map<Object, Long> counts =
                rows.stream().filter(looked).collect(Collectors.groupingBy(value, Collectors.counting()));
        return numbers(row -> looked.test(row) && counts.get(value.apply(row)) > 1);
    }

    /** The rows that repeat an earlier one, null or not. */
    private List<Long> later(Predicate<Row> looked) {
        Set<Object> seen = new HashSet<>();
        return numbers(row -> looked.test(row) && !seen.add(row.key()));
    }

    private List<Long> outOfOrder(Predicate<Row> looked, BiPredicate<Integer, Integer> broken) {
        List<Row> valued =
                rows.stream().filter(looked).filter(row -> row.c() != null).toList();
        List<Long> found = new ArrayList<>();
        for (int i = 1; i < valued.size(); i++) {
            if (broken.test(valued.get(i - 1).c(), valued.get(i).c())) {
                found.add(valued.get(i).number());
            }
        }
        return found;
    }

    @RepeatedTest(4)
    void rowsAreThoseOfPlainLoops(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        rows = rows(random, 120);
        List<Row> others = rows(random, 12);
        Set<Object> keys = others.stream().map(Row::a).filter(Objects::nonNull).collect(Collectors.toSet());
        Set<Object> pairs = others.stream().filter(Row::hasKey).map(Row::key).collect(Collectors.toSet());
        Set<Object> all = others.stream().map(Row::key).collect(Collectors.toSet());
        for (boolean picked : List.of(false, true)) {
            Predicate<Row> in = row -> !picked || row.picked();
            Map<String, List<Long>> expected = new LinkedHashMap<>();
            expected.put("unique: [a]", repeated(row -> in.test(row) && row.a() != null, Row::a));
            expected.put("unique: [a, b]", repeated(row -> in.test(row) && row.hasKey(), Row::key));
            List<Long> pairsTwice = repeated(row -> in.test(row) && row.hasKey(), Row::key);
            expected.put(
                    "primaryKey: [a, b]",
                    numbers(row -> in.test(row) && (!row.hasKey() || pairsTwice.contains(row.number()))));
            expected.put(
                    "foreignKey: { columns: [a], in: others }",
                    numbers(row -> in.test(row) && row.a() != null && !keys.contains(row.a())));
            expected.put(
                    "foreignKey: { columns: [c], in: others, keys: [a] }",
                    numbers(row -> in.test(row) && row.c() != null && !keys.contains(row.c())));
            expected.put(
                    "foreignKey: { columns: [a, b], in: others, keys: [a, b] }",
                    numbers(row -> in.test(row) && row.hasKey() && !pairs.contains(row.key())));
            expected.put(
                    "overlap: { with: others, columns: [a, b] }",
                    numbers(row -> in.test(row) && all.contains(row.key())));
            expected.put("duplicates: { columns: [a, b], max: 0 }", later(in));
            expected.put(
                    "condition: 'a <= c'",
                    numbers(row -> in.test(row) && row.a() != null && row.c() != null && row.a() > row.c()));
            expected.put(
                    "if: \"b = 'w1'\", then: 'a IS NOT NULL'",
                    numbers(row -> in.test(row) && "w1".equals(row.b()) && row.a() == null));
            expected.put(
                    "sum: { columns: [a, c], equals: 5, tolerance: 1 }",
                    numbers(row ->
                            in.test(row) && row.a() != null && row.c() != null && Math.abs(row.a() + row.c() - 5) > 1));
            expected.put(
                    "sum: { columns: [a, c], equals: a }",
                    numbers(row -> in.test(row) && row.a() != null && row.c() != null && row.c() != 0));
            List<Found> found = AskedTable.of(folder, csv(rows))
                    .beside("others", csv(others))
                    .dataSet(
                            "a: { type: integer }, b: { type: string }, c: { type: integer }",
                            expected.keySet().stream()
                                    .map(rule -> "{ " + rule + (picked ? ", where: picked" : "") + " }")
                                    .toList());
            assertRows(found, expected);
            Found same = AskedTable.of(folder, csv(rows))
                    .beside("others", csv(others))
                    .dataSet("{ rows: { sameAs: others }" + (picked ? ", where: picked" : "") + " }");
            long here = rows.stream().filter(in).count();
            assertThat(same.check().violations()).isEqualTo(Math.abs(here - others.size()));
        }
    }

    @RepeatedTest(4)
    void valuesOfAColumnAreThoseOfPlainLoops(RepetitionInfo repetition) throws Exception {
        Random random = new Random(100 + repetition.getCurrentRepetition());
        rows = rows(random, 120);
        for (boolean picked : List.of(false, true)) {
            Predicate<Row> in = row -> !picked || row.picked();
            Map<String, List<Long>> expected = new LinkedHashMap<>();
            expected.put("monotonic: increasing", outOfOrder(in, (before, now) -> now < before));
            expected.put("monotonic: strictlyIncreasing", outOfOrder(in, (before, now) -> now <= before));
            expected.put("monotonic: decreasing", outOfOrder(in, (before, now) -> now > before));
            expected.put("monotonic: strictlyDecreasing", outOfOrder(in, (before, now) -> now >= before));
            expected.put("unique: true", repeated(row -> in.test(row) && row.c() != null, Row::c));
            expected.put("maxNullShare: 0", numbers(row -> in.test(row) && row.c() == null));
            List<Integer> values = rows.stream()
                    .filter(in)
                    .map(Row::c)
                    .filter(Objects::nonNull)
                    .toList();
            Set<Integer> set = new TreeSet<>(values);
            Set<Integer> wanted = new TreeSet<>(Set.of(0, 1, 2, 3, 20));
            List<String> rules = new ArrayList<>(expected.keySet());
            rules.addAll(List.of(
                    "distinct: { min: 0 }",
                    "distinctValues: { within: [0, 1, 2, 3, 20] }",
                    "distinctValues: { contains: [0, 1, 2, 3, 20] }",
                    "distinctValues: { equals: [0, 1, 2, 3, 20] }",
                    "mostCommon: [0, 1, 2, 3, 20]"));
            List<Found> found = AskedTable.of(folder, csv(rows))
                    .column(
                            "c",
                            "integer",
                            rules.stream()
                                    .map(rule -> "{ " + rule + (picked ? ", where: picked" : "") + " }")
                                    .toList());
            assertRows(found, expected);
            int next = expected.size();
            assertThat(found.get(next).number()).isEqualTo(set.size());
            long extra = set.stream().filter(value -> !wanted.contains(value)).count();
            long missing = wanted.stream().filter(value -> !set.contains(value)).count();
            assertThat(found.get(next + 1).check().violations()).isEqualTo(extra);
            assertThat(found.get(next + 2).check().violations()).isEqualTo(missing);
            assertThat(found.get(next + 3).check().violations()).isEqualTo(extra + missing);
            assertThat(found.get(next + 4).check().violations()).isEqualTo(strangeModes(values, wanted));
        }
    }

    /** The modes that are not wanted; one when there is no value at all. */
    private static long strangeModes(List<Integer> values, Set<Integer> wanted) {
        Map<Integer, Long> counts =
                values.stream().collect(Collectors.groupingBy(value -> value, Collectors.counting()));
        Long most = Stream.concat(Stream.of(0L), counts.values().stream())
                .max(Long::compare)
                .orElseThrow();
        return values.isEmpty()
                ? 1
                : counts.keySet().stream()
                        .filter(value -> counts.get(value).equals(most) && !wanted.contains(value))
                        .count();
    }

    private static void assertRows(List<Found> found, Map<String, List<Long>> expected) {
        int i = 0;
        for (Map.Entry<String, List<Long>> each : expected.entrySet()) {
            Found here = found.get(i++);
            assertThat(here.check().violations())
                    .as("%s: %s", each.getKey(), here.check().observed())
                    .isEqualTo(each.getValue().size());
            if (!here.kept()) {
                assertThat(here.rows()).as(each.getKey()).containsExactlyInAnyOrderElementsOf(each.getValue());
            }
        }
    }
}
