package io.mlcicd.benchmarks;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A contract of 60 checks over the 20 columns of {@link GeneratedData#mixed}, which keep it. */
public final class MixedContract {

    private MixedContract() {}

    /** Three checks a column: its type, its nulls, and its range, values or pattern. */
    public static String text() {
        StringBuilder text = new StringBuilder("contract: mixed\ncolumns:\n");
        columns("number", 8, "type: number, min: 0, max: 300").forEach(text::append);
        columns("integer", 4, "type: integer, min: 0, max: 3999").forEach(text::append);
        columns("category", 4, "type: string, values: [" + values(16) + "]").forEach(text::append);
        columns("text", 2, "type: string, pattern: 'user-[0-9]+'").forEach(text::append);
        text.append(column("flag", "type: boolean, values: [true, false]"));
        text.append(column("moment", "type: timestamp, min: '2026-01-01', max: '2027-01-01'"));
        return text.toString();
    }

    private static Stream<String> columns(String name, int count, String rule) {
        return IntStream.range(0, count).mapToObj(i -> column(name + i, rule));
    }

    private static String column(String name, String rule) {
        return "  %s: { %s, maxNullShare: 0.05 }\n".formatted(name, rule);
    }

    private static String values(int count) {
        return IntStream.range(0, count).mapToObj(i -> "v" + i).collect(Collectors.joining(", "));
    }
}
