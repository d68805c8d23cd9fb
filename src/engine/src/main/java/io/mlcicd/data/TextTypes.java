package io.mlcicd.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Which type a column of text stands for. The rules are ours, not an engine's, so that no value changes unseen: an
 * integer is what would be written the same again (so {@code 007} stays text, and {@code 2.5} is never rounded), a
 * boolean is {@code true} or {@code false} (so {@code yes} stays text), dates and timestamps are ISO 8601 (so that
 * {@code 01/02/2020} is not guessed at), and a timestamp with an offset is told in UTC.
 */
final class TextTypes {

    private static final int BOOLEAN = 1;
    private static final int INTEGER = 2;
    private static final int FRACTION = 4;
    private static final int DATE = 8;
    private static final int TIME = 16;
    private static final int TEXT = 32;

    private TextTypes() {}

    /** The query whose one row {@link #choose} reads: of each column, which kinds of values it has. */
    static String census(List<String> columns, String from) {
        List<String> kinds = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            kinds.add("bit_or(" + kind(DataEngine.quote(columns.get(i))) + ") AS k" + i);
        }
        return "SELECT " + String.join(", ", kinds) + " FROM " + from;
    }

    private static String kind(String text) {
        return "CASE WHEN %s IS NULL THEN 0 WHEN %s THEN %d WHEN %s THEN %d WHEN %s THEN %d WHEN %s THEN %d WHEN %s THEN %d ELSE %d END"
                .formatted(
                        text,
                        isInteger(text),
                        INTEGER,
                        isNumber(text),
                        FRACTION,
                        isDate(text),
                        DATE,
                        isTimestamp(text),
                        TIME,
                        isBoolean(text),
                        BOOLEAN,
                        TEXT);
    }

    /** Each column's type, the narrowest that all its values have; a column without any value is text. */
    static Map<String, ColumnType> choose(List<String> columns, Row census) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            types.put(columns.get(i), type((int) census.count("k" + i)));
        }
        return types;
    }

    private static ColumnType type(int kinds) {
        return switch (kinds) {
            case BOOLEAN -> ColumnType.BOOLEAN;
            case INTEGER -> ColumnType.INTEGER;
            case FRACTION, FRACTION | INTEGER -> ColumnType.NUMBER;
            case DATE -> ColumnType.DATE;
            case TIME, TIME | DATE -> ColumnType.TIMESTAMP;
            default -> ColumnType.STRING;
        };
    }

    /** The type that a reader may safely give a column at once; what it would change unseen stays text at first. */
    static String read(ColumnType type) {
        return type == ColumnType.NUMBER ? "DOUBLE" : type == ColumnType.DATE ? "DATE" : "VARCHAR";
    }

    /** The select list that turns what {@link #read} left as text into values; one that does not fit raises an error. */
    static String checked(Map<String, ColumnType> types) {
        return select(types, (column, type) -> {
            if (type == ColumnType.STRING || type == ColumnType.DATE) {
                return column;
            }
            String check = type == ColumnType.NUMBER
                    // Either the word infinity or a number beyond the range; only the text tells which.
                    ? "CASE WHEN isinf(%1$s) THEN error('does not fit') ELSE %1$s END AS %1$s"
                    : "CASE WHEN %1$s IS NULL THEN NULL" + usual(type)
                            + " WHEN %2$s THEN %3$s ELSE error('does not fit') END AS %1$s";
            return check.formatted(column, is(column, type), value(column, type));
        });
    }

    /** The branch for the way that most values are written, which the engine reads faster than all ways at once. */
    private static String usual(ColumnType type) {
        return switch (type) {
            case INTEGER -> " WHEN CAST(TRY_CAST(%1$s AS BIGINT) AS VARCHAR) = %1$s THEN CAST(%1$s AS BIGINT)";
            case BOOLEAN -> " WHEN %1$s = 'true' THEN true WHEN %1$s = 'false' THEN false";
            case TIMESTAMP ->
                " WHEN (%1$s LIKE '____-__-__ __:__:__' OR %1$s LIKE '____-__-__T__:__:__') AND TRY_CAST(%1$s AS TIMESTAMP)"
                        + " IS NOT NULL THEN CAST(%1$s AS TIMESTAMP)";
            case NUMBER, STRING, DATE, OTHER -> "";
        };
    }

    /** The select list that turns text into values which are known to fit. */
    static String converted(Map<String, ColumnType> types) {
        return select(types, (column, type) -> value(column, type) + " AS " + column);
    }

    private static String select(Map<String, ColumnType> types, BiFunction<String, ColumnType, String> expression) {
        return types.entrySet().stream()
                .map(column -> expression.apply(DataEngine.quote(column.getKey()), column.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String is(String text, ColumnType type) {
        return switch (type) {
            case BOOLEAN -> isBoolean(text);
            case INTEGER -> isInteger(text);
            case NUMBER -> isNumber(text);
            case DATE -> isDate(text);
            case TIMESTAMP -> isTimestamp(text);
            case STRING, OTHER -> "true";
        };
    }

    static String value(String text, ColumnType type) {
        return switch (type) {
            case BOOLEAN -> "CAST(trim(" + text + ") AS BOOLEAN)";
            case INTEGER -> "CAST(" + text + " AS BIGINT)";
            case NUMBER -> "CAST(" + text + " AS DOUBLE)";
            case DATE -> "CAST(trim(" + text + ") AS DATE)";
            case TIMESTAMP -> "make_timestamp(epoch_us(CAST(trim(" + text + ") AS TIMESTAMPTZ)))";
            case STRING, OTHER -> text;
        };
    }

    private static String isBoolean(String text) {
        return "lower(trim(" + text + ")) IN ('true', 'false')";
    }

    private static String isInteger(String text) {
        return "CAST(TRY_CAST(trim(%1$s) AS BIGINT) AS VARCHAR) = trim(%1$s)".formatted(text);
    }

    /** A number, but neither a code that begins with zero nor one too long for a double to keep. */
    private static String isNumber(String text) {
        return ("TRY_CAST(%1$s AS DOUBLE) IS NOT NULL AND NOT (isinf(TRY_CAST(%1$s AS DOUBLE)) AND %1$s SIMILAR TO '.*[0-9].*') AND NOT (%1$s LIKE '0%%' AND %1$s <> '0' AND %1$s NOT LIKE '0.%%')"
                        + " AND NOT (%1$s LIKE '-0%%' AND %1$s <> '-0' AND %1$s NOT LIKE '-0.%%')"
                        + " AND NOT contains(%1$s, '_') AND (length(%1$s) < 19 OR contains(%1$s, '.'))")
                .formatted(text);
    }

    private static String isDate(String text) {
        return "CAST(TRY_CAST(trim(%1$s) AS DATE) AS VARCHAR) = trim(%1$s)".formatted(text);
    }

    private static String isTimestamp(String text) {
        return "trim(%1$s) LIKE '____-__-__%%' AND TRY_CAST(trim(%1$s) AS TIMESTAMPTZ) IS NOT NULL".formatted(text);
    }
}
