package io.mlcicd.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.function.LongToDoubleFunction;

/**
 * Quantiles of a column by linear interpolation between neighbours in rank (type 7 of Hyndman and Fan, "Sample quantiles
 * in statistical packages", The American Statistician 50, 1996). The engine sorts and returns the values at those ranks,
 * which it does with several threads and beyond memory; asking it for many quantiles at once does neither.
 *
 * @param values the quantiles at {@link #LEVELS}
 * @param below how many values are smaller than each of them
 */
record Quantiles(List<Double> values, List<Long> below) {

    /** The levels that a profile keeps: for people to read, and the deciles, which drift bins by. */
    static final List<Double> SHOWN =
            List.of(0.0, 0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.99, 1.0);

    /** Those and the edges of the bins of equal frequency, rising. */
    static final List<Double> LEVELS = levels();

    private static List<Double> levels() {
        SortedSet<Double> levels = new TreeSet<>(SHOWN);
        for (int i = 0; i <= Edges.EQUAL_FREQUENCY; i++) {
            levels.add((double) i / Edges.EQUAL_FREQUENCY);
        }
        return List.copyOf(levels);
    }

    /** A value and the first rank that has it. */
    private record Ranked(double value, long first) {}

    /**
     * Sorts a column.
     *
     * @param number its finite values as doubles in SQL, others NULL
     * @param count how many those are, at least 1
     */
    static Quantiles of(DataEngine engine, Relation data, String number, long count) throws InterruptedException {
        String list = ranks(count);
        Map<Long, Ranked> found = new HashMap<>();
        for (Row row : engine.query(
                ("SELECT place, value, first FROM (SELECT value, row_number() OVER (ORDER BY value) AS place, rank() OVER"
                                + " (ORDER BY value) AS first FROM (SELECT %s AS value FROM %s) WHERE value IS NOT NULL)"
                                + " WHERE place IN (%s)")
                        .formatted(number, data.sql(), list))) {
            found.put(row.count("place"), new Ranked(row.number("value").orElseThrow(), row.count("first")));
        }
        return at(found::get, count);
    }

    /** The ranks of so many values that quantiles lie between, counted from 1, in SQL. */
    static String ranks(long count) {
        SortedSet<Long> ranks = new TreeSet<>();
        for (double level : LEVELS) {
            ranks.add(rank(level, count));
            ranks.add(Math.min(rank(level, count) + 1, count));
        }
        return String.join(", ", ranks.stream().map(String::valueOf).toList());
    }

    /** The quantiles of values of which those at {@link #ranks} are known, each with the first rank that has it. */
    static Quantiles ofRanked(Map<Long, Double> values, Map<Long, Long> firsts, long count) {
        return at(rank -> new Ranked(values.get(rank), firsts.get(rank)), count);
    }

    /** The quantiles at {@link #LEVELS} as a sketch has them; how many values are below each is not known. */
    static Quantiles ofSketch(List<Double> sketched, double min, double max) {
        List<Double> values = new ArrayList<>();
        for (double value : sketched) {
            double least = values.isEmpty() ? min : values.get(values.size() - 1);
            // Adding zero turns a negative zero into zero.
            values.add(values.isEmpty() ? min : Math.max(least, Math.min(max, value)) + 0.0);
        }
        values.set(values.size() - 1, max);
        return new Quantiles(List.copyOf(values), List.of());
    }

    /** The quantiles of values that are known by their ranks, counted from 1. */
    static Quantiles ofRanked(LongToDoubleFunction at, long count) {
        return at(rank -> new Ranked(at.applyAsDouble(rank), 0), count);
    }

    private static Quantiles at(LongFunction<Ranked> at, long count) {
        List<Double> values = new ArrayList<>();
        List<Long> below = new ArrayList<>();
        for (double level : LEVELS) {
            long rank = rank(level, count);
            double share = level * (count - 1) - (rank - 1);
            Ranked low = at.apply(rank);
            double value =
                    between(low.value(), at.apply(Math.min(rank + 1, count)).value(), share);
            values.add(value);
            below.add(value == low.value() ? low.first() - 1 : rank);
        }
        return new Quantiles(List.copyOf(values), List.copyOf(below));
    }

    /** Counts between edges at equal steps of frequency, and of the values equal to the last. */
    List<Long> countsBetween(List<Double> edges, long count) {
        List<Long> counts = new ArrayList<>();
        long before = 0;
        for (int i = 1; i < edges.size(); i++) {
            long smaller = below.get(values.indexOf(edges.get(i)));
            counts.add(smaller - before);
            before = smaller;
        }
        counts.add(count - before);
        return counts;
    }

    /** The quantiles that a profile keeps. */
    List<Distribution.Quantile> shown() {
        return SHOWN.stream()
                .map(level -> new Distribution.Quantile(level, at(level)))
                .toList();
    }

    /** Whether the greatest value is so frequent that the last bin of equal frequency would hold it alone. */
    boolean endsInAtom() {
        return at((double) (Edges.EQUAL_FREQUENCY - 1) / Edges.EQUAL_FREQUENCY) == max();
    }

    private static long rank(double level, long count) {
        return 1 + (long) Math.floor(level * (count - 1));
    }

    private static double between(double low, double high, double share) {
        double distance = high - low;
        // The distance of two doubles need not be one.
        double value = Double.isFinite(distance) ? low + distance * share : low * (1 - share) + high * share;
        // Adding zero turns a negative zero, which SQL does not know, into zero.
        return Math.max(low, Math.min(high, value)) + 0.0;
    }

    double min() {
        return values.get(0);
    }

    double max() {
        return values.get(values.size() - 1);
    }

    /** The quantile at one of the levels. */
    double at(double level) {
        return values.get(Collections.binarySearch(LEVELS, level));
    }
}
