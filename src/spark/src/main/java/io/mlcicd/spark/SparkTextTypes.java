package io.mlcicd.spark;

import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which type a column of text stands for, by the rules that the engine in our own process keeps: an integer is what would
 * be written the same again, a boolean {@code true} or {@code false}, dates and timestamps are ISO 8601.
 */
final class SparkTextTypes {

    private static final int BOOLEAN = 1;
    private static final int INTEGER = 2;
    private static final int FRACTION = 4;
    private static final int DATE = 8;
    private static final int TIME = 16;
    private static final int TEXT = 32;

    /** What JSON alone asks of a text: how a moment is written, which must be alike in a whole column. */
    private static final int WITH_SPACE = 64;

    private static final int WITH_T = 128;
    private static final int ZONED = 256;
    private static final int CLOCK = 512;

    /** A byte that was not of the encoding, or a character that says so. */
    private static final int REPLACED = 1024;

    private static final int WHOLE_SECONDS = 2048;
    private static final int PARTS_OF_SECONDS = 4096;
    private static final int TYPES = WITH_SPACE - 1;
    private static final String MOMENT = "[0-9]{4}-[0-9]{2}-[0-9]{2}%s[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?";

    private static final String NUMBER = "^ *[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)? *$";
    private static final String WORD = "^ *[+-]?(inf|infinity|nan) *$";

    private SparkTextTypes() {}

    /** The query whose one row {@link #choose} reads: of each column, which kinds of values it has. */
    static String census(List<String> columns, String from) {
        List<String> kinds = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String text = DataEngine.quote(columns.get(i));
            kinds.add("bit_or(" + kind(text) + " + " + form(text) + ") AS k" + i);
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
                        "lower(trim(" + text + ")) IN ('true', 'false')",
                        BOOLEAN,
                        TEXT);
    }

    private static String form(String text) {
        String seconds = "CASE WHEN regexp_like(%1$s, '^.{19}[.]') THEN %2$d ELSE %3$d END"
                .formatted(text, PARTS_OF_SECONDS, WHOLE_SECONDS);
        return ("CASE WHEN %1$s IS NULL THEN 0 WHEN regexp_like(%1$s, '^%2$s$') THEN %3$d + %10$s WHEN regexp_like(%1$s, '^%4$s$') THEN %5$d + %10$s"
                        + " WHEN regexp_like(%1$s, '^%6$s *(Z|[+-][0-9]{2}(:?[0-9]{2})?)$') THEN %7$d + %10$s"
                        + " WHEN regexp_like(%1$s, '^[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?$') THEN %8$d"
                        + " WHEN contains(%1$s, '\uFFFD') THEN %9$d ELSE 0 END")
                .formatted(
                        text,
                        MOMENT.formatted(" "),
                        WITH_SPACE,
                        MOMENT.formatted("T"),
                        WITH_T,
                        MOMENT.formatted("[ T]"),
                        ZONED,
                        CLOCK,
                        REPLACED,
                        seconds);
    }

    /** Whether any value of so many columns has a character that stands for what could not be read. */
    static boolean anyReplaced(int columns, Row census) {
        return IntStream.range(0, columns).anyMatch(i -> (census.count("k" + i) & REPLACED) != 0);
    }

    /** Each JSON text's type: dates and moments are what is written alike in the whole column. */
    static Map<String, ColumnType> chooseJson(List<String> columns, Row census) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            types.put(columns.get(i), jsonType((int) census.count("k" + i)));
        }
        return types;
    }

    private static ColumnType jsonType(int kinds) {
        boolean alike = (kinds & WHOLE_SECONDS) == 0 || (kinds & PARTS_OF_SECONDS) == 0;
        return switch (kinds & ~(WHOLE_SECONDS | PARTS_OF_SECONDS)) {
            case DATE -> ColumnType.DATE;
            case TIME | WITH_SPACE, TIME | WITH_T, TIME | ZONED -> alike ? ColumnType.TIMESTAMP : ColumnType.STRING;
            // Neither a time of day nor nothing at all is something to compute with.
            case 0, TEXT | CLOCK -> ColumnType.OTHER;
            default -> ColumnType.STRING;
        };
    }

    /** Each column's type, the narrowest that all its values have; a column without any value is text. */
    static Map<String, ColumnType> choose(List<String> columns, Row census) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            types.put(columns.get(i), type((int) census.count("k" + i) & TYPES));
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

    /** The value that a text stands for. */
    static String value(String text, ColumnType type) {
        return switch (type) {
            case BOOLEAN -> "CAST(trim(" + text + ") AS BOOLEAN)";
            case INTEGER -> "CAST(trim(" + text + ") AS BIGINT)";
            case NUMBER -> "CAST(trim(" + text + ") AS DOUBLE)";
            case DATE -> "CAST(trim(" + text + ") AS DATE)";
            case TIMESTAMP -> "CAST(trim(" + text + ") AS TIMESTAMP)";
            case STRING, OTHER -> text;
        };
    }

    // What is cast in small letters is Spark's own, whose strictness is looked after here.

    private static String isInteger(String text) {
        return "CAST(try_cast(trim(%1$s) AS BIGINT) AS VARCHAR) = trim(%1$s)".formatted(text);
    }

    /** A number, but neither a code that begins with zero nor one too long for a double to keep. */
    private static String isNumber(String text) {
        return ("(regexp_like(lower(%1$s), '" + WORD + "') OR (regexp_like(%1$s, '" + NUMBER
                        + "') AND NOT isinf(try_cast(%1$s AS DOUBLE)) AND NOT (%1$s LIKE '0%%' AND %1$s <> '0' AND %1$s NOT LIKE '0.%%')"
                        + " AND NOT (%1$s LIKE '-0%%' AND %1$s <> '-0' AND %1$s NOT LIKE '-0.%%')))"
                        + " AND (length(%1$s) < 19 OR contains(%1$s, '.'))")
                .formatted(text);
    }

    private static String isDate(String text) {
        return "CAST(try_cast(trim(%1$s) AS DATE) AS VARCHAR) = trim(%1$s)".formatted(text);
    }

    private static String isTimestamp(String text) {
        return ("trim(%1$s) LIKE '____-__-__%%' AND NOT regexp_like(trim(%1$s), '^.{10}.[0-9]{1,2}$')"
                        + " AND try_cast(trim(%1$s) AS TIMESTAMP) IS NOT NULL")
                .formatted(text);
    }
}
