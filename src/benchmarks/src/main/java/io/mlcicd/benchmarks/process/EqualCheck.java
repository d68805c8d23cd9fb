package io.mlcicd.benchmarks.process;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * A check that all tools can make, in the terms of none of them. Other tools' runners read it as JSON.
 *
 * @param id its name, by which the tools' verdicts are compared
 * @param kind what is checked
 * @param columns the columns it is about; empty for the number of rows
 * @param min least value, inclusive; a number, or a time as text
 * @param max greatest value, inclusive
 * @param values the only values there may be
 * @param pattern regular expression that each whole text matches
 */
record EqualCheck(
        String id,
        Kind kind,
        List<String> columns,
        Optional<Object> min,
        Optional<Object> max,
        List<Object> values,
        Optional<String> pattern) {

    /** The name of a data set in ml-cicd's metrics. */
    static final String DATA = "data";

    /** Kinds of checks. */
    enum Kind {
        ROWS("rows", "rows"),
        KEY("key", "primaryKey.violations"),
        NULL_SHARE("nullShare", "nullShare"),
        RANGE("range", "range.violations"),
        VALUES("values", "values.violations"),
        PATTERN("pattern", "pattern.violations"),
        MEAN("mean", "mean"),
        DISTINCT("distinct", "distinct"),
        DISTINCT_SHARE("distinctShare", "distinctShare");

        private final String key;
        private final String metric;

        Kind(String key, String metric) {
            this.key = key;
            this.metric = metric;
        }

        /** What runners know it by. */
        @JsonValue
        String key() {
            return key;
        }
    }

    /** A check of a figure or of each value between bounds. */
    static EqualCheck bounds(Kind kind, List<String> columns, Object min, Object max) {
        return of(kind, columns, Optional.of(min), Optional.of(max), List.of(), Optional.empty());
    }

    /** A check of the share of nulls. */
    static EqualCheck nulls(String column, double max) {
        return bounds(Kind.NULL_SHARE, List.of(column), 0, max);
    }

    /** A check that there are only these values. */
    static EqualCheck values(String column, List<Object> values) {
        return of(Kind.VALUES, List.of(column), Optional.empty(), Optional.empty(), values, Optional.empty());
    }

    /** A check that each text matches. */
    static EqualCheck pattern(String column, String pattern) {
        return of(Kind.PATTERN, List.of(column), Optional.empty(), Optional.empty(), List.of(), Optional.of(pattern));
    }

    private static EqualCheck of(
            Kind kind,
            List<String> columns,
            Optional<Object> min,
            Optional<Object> max,
            List<Object> values,
            Optional<String> pattern) {
        String id = columns.isEmpty() ? kind.key : String.join("+", columns) + "." + kind.key;
        return new EqualCheck(id, kind, List.copyOf(columns), min, max, List.copyOf(values), pattern);
    }

    /** The metric of ml-cicd's gate that decides it. */
    String metric() {
        String of = columns.isEmpty() ? "" : String.join("+", columns) + ".";
        return DATA + "." + of + kind.metric;
    }
}
