package io.mlcicd.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Quantiles of a column by linear interpolation between neighbours in rank (type 7 of Hyndman and Fan, "Sample quantiles
 * in statistical packages", The American Statistician 50, 1996). The engine sorts and returns the values at those ranks,
 * which it does with several threads and beyond memory; asking it for many quantiles at once does neither.
 *
 * @param values the quantiles at {@link #LEVELS}
 */
record Quantiles(List<Double> values) {

    /** The levels that a profile keeps: for people to read, and the deciles, which drift bins by. */
    static final List<Double> SHOWN =
            List.of(0.0, 0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.99, 1.0);

    /** Those and the edges of the bins of equal frequency, rising. */
    private static final List<Double> LEVELS = levels();

    private static List<Double> levels() {
        SortedSet<Double> levels = new TreeSet<>(SHOWN);
        for (int i = 0; i <= Edges.EQUAL_FREQUENCY; i++) {
            levels.add((double) i / Edges.EQUAL_FREQUENCY);
        }
        return List.copyOf(levels);
    }

    /**
     * Sorts a column.
     *
     * @param number its finite values as doubles in SQL, others NULL
     * @param count how many those are, at least 1
     */
    static Quantiles of(DataEngine engine, Relation data, String number, long count) throws InterruptedException {
        SortedSet<Long> ranks = new TreeSet<>();
        for (double level : LEVELS) {
            ranks.add(rank(level, count));
            ranks.add(Math.min(rank(level, count) + 1, count));
        }
        String list = String.join(", ", ranks.stream().map(String::valueOf).toList());
        Map<Long, Double> found = new HashMap<>();
        for (Row row :
                engine.query(("SELECT place, value FROM (SELECT value, row_number() OVER (ORDER BY value) AS place"
                                + " FROM (SELECT %s AS value FROM %s) WHERE value IS NOT NULL) WHERE place IN (%s)")
                        .formatted(number, data.sql(), list))) {
            found.put(row.count("place"), row.number("value").orElseThrow());
        }
        List<Double> values = new ArrayList<>();
        for (double level : LEVELS) {
            long rank = rank(level, count);
            double share = level * (count - 1) - (rank - 1);
            values.add(between(found.get(rank), found.get(Math.min(rank + 1, count)), share));
        }
        return new Quantiles(List.copyOf(values));
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
