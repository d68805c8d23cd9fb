package io.mlcicd.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which type a column of text stands for. The rules are ours, not an engine's, so that no value changes unseen: an
 * integer is what would be written the same again (so {@code 007} stays text, and {@code 2.5} is never rounded), a
 * boolean is {@code true} or {@code false} (so {@code yes} stays text), dates and timestamps are ISO 8601 (so that
 * {@code 01/02/2020} is not guessed at), and a timestamp with an offset is told in UTC.
 */
final class TextTypes {

    /** From the narrowest; the first type that all values fit is the column's. */
    private static final List<ColumnType> CANDIDATES =
            List.of(ColumnType.BOOLEAN, ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.DATE, ColumnType.TIMESTAMP);

    private TextTypes() {}

    /** The query whose one row {@link #choose} reads. */
    static String census(List<String> columns, String from) {
        List<String> counts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String text = DataEngine.quote(columns.get(i));
            counts.add("count(" + text + ") AS n" + i);
            for (ColumnType type : CANDIDATES) {
                counts.add("count(*) FILTER (WHERE " + fits(text, type) + ") AS " + type.key() + i);
            }
        }
        return "SELECT " + String.join(", ", counts) + " FROM " + from;
    }

    /** Each column's type; a column without any value is text. */
    static Map<String, ColumnType> choose(List<String> columns, Row census) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            int position = i;
            long values = census.count("n" + i);
            types.put(
                    columns.get(i),
                    CANDIDATES.stream()
                            .filter(type -> values > 0 && census.count(type.key() + position) == values)
                            .findFirst()
                            .orElse(ColumnType.STRING));
        }
        return types;
    }

    /** The select list that turns text into values; a value that does not fit its type raises an error. */
    static String conversion(Map<String, ColumnType> types) {
        return types.entrySet().stream()
                .map(entry -> {
                    String text = DataEngine.quote(entry.getKey());
                    return entry.getValue() == ColumnType.STRING
                            ? text
                            : "CASE WHEN %s IS NULL THEN NULL WHEN %s THEN %s ELSE error('does not fit') END AS %s"
                                    .formatted(
                                            text,
                                            fits(text, entry.getValue()),
                                            converted(text, entry.getValue()),
                                            text);
                })
                .collect(Collectors.joining(", "));
    }

    private static String fits(String text, ColumnType type) {
        String trimmed = "trim(" + text + ")";
        return switch (type) {
            case BOOLEAN -> "lower(" + trimmed + ") IN ('true', 'false')";
            case INTEGER -> "CAST(TRY_CAST(%1$s AS BIGINT) AS VARCHAR) = %1$s".formatted(trimmed);
            case NUMBER ->
                ("TRY_CAST(%1$s AS DOUBLE) IS NOT NULL AND NOT (%1$s LIKE '0%%' AND %1$s <> '0' AND %1$s NOT LIKE '0.%%')"
                                + " AND NOT (%1$s LIKE '-0%%' AND %1$s <> '-0' AND %1$s NOT LIKE '-0.%%')"
                                + " AND NOT contains(%1$s, '_') AND (length(%1$s) < 19 OR contains(%1$s, '.'))")
                        .formatted(text);
            case DATE -> "CAST(TRY_CAST(%1$s AS DATE) AS VARCHAR) = %1$s".formatted(trimmed);
            case TIMESTAMP ->
                "%1$s LIKE '____-__-__%%' AND TRY_CAST(%1$s AS TIMESTAMPTZ) IS NOT NULL".formatted(trimmed);
            case STRING, OTHER -> "true";
        };
    }

    private static String converted(String text, ColumnType type) {
        return switch (type) {
            case BOOLEAN -> "CAST(trim(" + text + ") AS BOOLEAN)";
            case INTEGER -> "CAST(" + text + " AS BIGINT)";
            case NUMBER -> "CAST(" + text + " AS DOUBLE)";
            case DATE -> "CAST(trim(" + text + ") AS DATE)";
            case TIMESTAMP -> "make_timestamp(epoch_us(CAST(trim(" + text + ") AS TIMESTAMPTZ)))";
            case STRING, OTHER -> text;
        };
    }
}
