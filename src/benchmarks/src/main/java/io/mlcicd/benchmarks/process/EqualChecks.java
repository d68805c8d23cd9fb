package io.mlcicd.benchmarks.process;

import static io.mlcicd.benchmarks.process.EqualCheck.bounds;
import static io.mlcicd.benchmarks.process.EqualCheck.nulls;
import static io.mlcicd.benchmarks.process.EqualCheck.pattern;
import static io.mlcicd.benchmarks.process.EqualCheck.values;

import io.mlcicd.benchmarks.process.EqualCheck.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The checks of the generated columns that all tools are given. */
final class EqualChecks {

    private EqualChecks() {}

    /** All 60 checks; three of them fail once there are some thousand rows. */
    static List<EqualCheck> all() {
        List<EqualCheck> checks = new ArrayList<>();
        checks.add(bounds(Kind.ROWS, List.of(), 1, 1_000_000_000));
        checks.add(bounds(Kind.KEY, List.of("number0", "number1", "number2"), 0, 0));
        IntStream.range(0, 8).forEach(i -> numbers(checks, i));
        IntStream.range(0, 4).forEach(i -> integers(checks, i));
        IntStream.range(0, 4).forEach(i -> categories(checks, i));
        IntStream.range(0, 2).forEach(i -> texts(checks, "text" + i));
        checks.add(values("flag", List.of(true, false)));
        checks.add(nulls("flag", 0));
        checks.add(bounds(Kind.RANGE, List.of("moment"), "2026-01-01 00:00:00", "2027-01-01 00:00:00"));
        checks.add(nulls("moment", 0));
        return List.copyOf(checks);
    }

    /**
     * So many of the checks, a kind in turn, so that few are as mixed as many.
     *
     * @throws IllegalArgumentException when there are not so many
     */
    static List<EqualCheck> some(int count) {
        if (count < 1 || count > all().size()) {
            throw new IllegalArgumentException("checks: %d is not within 1..%d".formatted(count, all().size()));
        }
        Map<Kind, Integer> seen = new EnumMap<>(Kind.class);
        Map<EqualCheck, Integer> turn = new HashMap<>();
        List<EqualCheck> checks = new ArrayList<>(all());
        checks.forEach(check -> turn.put(check, seen.merge(check.kind(), 1, Integer::sum)));
        checks.sort(Comparator.comparing(turn::get));
        return List.copyOf(checks.subList(0, count));
    }

    private static void numbers(List<EqualCheck> checks, int i) {
        String column = "number" + i;
        // A sum of three uniform variables exceeds 290 of 300 once in 6,000 times: few rows break the last range.
        checks.add(bounds(Kind.RANGE, List.of(column), 0, i == 7 ? 290 : 300));
        checks.add(bounds(Kind.MEAN, List.of(column), 100, 200));
        checks.add(nulls(column, 0));
    }

    private static void integers(List<EqualCheck> checks, int i) {
        String column = "integer" + i;
        checks.add(bounds(Kind.RANGE, List.of(column), 0, 1000 * (i + 1)));
        checks.add(bounds(Kind.MEAN, List.of(column), 0, i == 3 ? 1000 : 2000));
        checks.add(nulls(column, 0.05));
    }

    private static void categories(List<EqualCheck> checks, int i) {
        String column = "category" + i;
        int count = 4 * (i + 1);
        checks.add(values(
                column,
                IntStream.range(0, count)
                        .mapToObj(value -> (Object) ("v" + value))
                        .toList()));
        checks.add(bounds(Kind.DISTINCT, List.of(column), 1, i == 3 ? count - 1 : count));
        checks.add(nulls(column, 0));
    }

    private static void texts(List<EqualCheck> checks, String column) {
        checks.add(pattern(column, "user-[0-9]+"));
        checks.add(bounds(Kind.DISTINCT_SHARE, List.of(column), 0.05, 1));
        checks.add(nulls(column, 0));
    }
}
