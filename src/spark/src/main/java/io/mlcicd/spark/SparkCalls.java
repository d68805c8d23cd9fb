package io.mlcicd.spark;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Calls of functions that Spark has by another name, or with another meaning: what to write in place of one. */
final class SparkCalls {

    private static final String LONGEST = String.valueOf(Integer.MAX_VALUE);

    /** In microseconds. */
    private static final Map<String, Long> FIXED = Map.of(
            "hour", 3_600_000_000L,
            "minute", 60_000_000L,
            "second", 1_000_000L,
            "millisecond", 1000L,
            "microsecond", 1L);

    private SparkCalls() {}

    private static String number(String value) {
        return "CAST(" + value + " AS DOUBLE)";
    }

    /**
     * What to write for a call; the function's own name and arguments where Spark has the same.
     *
     * @param function as it is written
     * @param arguments in Spark's words
     */
    static String of(String function, List<String> arguments) {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        return switch (function) {
            case "isfinite" -> "(abs(" + number(first) + ") < double('infinity'))";
            case "isinf" -> "(abs(" + number(first) + ") = double('infinity'))";
            case "floor", "ceil", "ln", "log10" -> "mlcicd_" + function + "(" + number(first) + ")";
            case "sign" -> "CASE WHEN isnan(%1$s) THEN 0E0 ELSE sign(%1$s) END".formatted(number(first));
            case "round" ->
                "mlcicd_round(" + number(first) + ", CAST(" + (arguments.size() > 1 ? arguments.get(1) : "0")
                        + " AS INT))";
            case "substring" ->
                "mlcicd_substring(%s, CAST(%s AS BIGINT), CAST(%s AS BIGINT))"
                        .formatted(first, arguments.get(1), arguments.size() > 2 ? arguments.get(2) : LONGEST);
            case "date_part" -> part(unit(first), arguments);
            case "date_diff" -> difference(unit(first), arguments);
            case "epoch" -> "(unix_micros(CAST(" + first + " AS TIMESTAMP)) / 1E6)";
            default -> function + "(" + String.join(", ", arguments) + ")";
        };
    }

    private static String unit(String literal) {
        return literal.replace("'", "").toLowerCase(Locale.ROOT).strip();
    }

    private static String part(String unit, List<String> arguments) {
        String value = arguments.get(1);
        return switch (unit) {
            case "year", "quarter", "month", "day", "hour", "minute", "second" -> unit + "(" + value + ")";
            case "week" -> "weekofyear(" + value + ")";
            case "doy", "dayofyear" -> "dayofyear(" + value + ")";
            case "dow", "dayofweek", "weekday" -> "(dayofweek(" + value + ") - 1)";
            case "isodow" -> "(weekday(" + value + ") + 1)";
            case "epoch" -> "(unix_micros(CAST(" + value + " AS TIMESTAMP)) / 1E6)";
            default -> "date_part(" + String.join(", ", arguments) + ")";
        };
    }

    /** How many times a unit begins between two moments; weeks are counted whole. */
    private static String difference(String unit, List<String> arguments) {
        String from = arguments.get(1);
        String to = arguments.get(2);
        if (FIXED.containsKey(unit)) {
            String begun = "CAST(floor(unix_micros(CAST(%s AS TIMESTAMP)) / " + FIXED.get(unit) + ") AS BIGINT)";
            return "(" + begun.formatted(to) + " - " + begun.formatted(from) + ")";
        }
        String years = "year(%2$s) - year(%1$s)";
        String form = switch (unit) {
            case "day" -> "datediff(CAST(%2$s AS DATE), CAST(%1$s AS DATE))";
            case "week" -> "datediff(CAST(%2$s AS DATE), CAST(%1$s AS DATE)) DIV 7";
            case "month" -> "(" + years + ") * 12 + month(%2$s) - month(%1$s)";
            case "quarter" -> "(" + years + ") * 4 + quarter(%2$s) - quarter(%1$s)";
            case "year" -> years;
            default -> "date_diff('" + unit + "', %1$s, %2$s)";
        };
        return "CAST((" + form.formatted(from, to) + ") AS BIGINT)";
    }

    /**
     * A value as a type, NULL where it is none.
     *
     * @param type in Spark's words
     */
    static String tried(String value, String type) {
        String cast = "try_cast(" + value + " AS " + type + ")";
        return switch (type) {
            // Spark cuts fractions off, and takes no text with one.
            case "INTEGER", "INT", "BIGINT" ->
                "CASE WHEN %1$s = %2$s THEN %1$s ELSE try_cast(rint(%2$s) AS %3$s) END"
                        .formatted(cast, tried(value, "DOUBLE"), type);
            // To Spark a year is a date, and 1d a number.
            case "DATE", "TIMESTAMP" ->
                "CASE WHEN regexp_like(CAST(%s AS STRING), '^[ +-]*[0-9]+-[0-9]+-[0-9]+') THEN %s END"
                        .formatted(value, cast);
            case "DOUBLE" ->
                "(CASE WHEN NOT regexp_like(CAST(%s AS STRING), '[0-9.] *[dDfF] *$') THEN %s END)"
                        .formatted(value, cast);
            default -> cast;
        };
    }
}
