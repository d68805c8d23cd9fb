package io.mlcicd.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A column of numbers of which so few are different that each is counted: all that a distribution needs follows from the
 * counts, without sorting the rows.
 */
final class CountedValues {

    /** Up to about so many different values, counting them is the cheaper way. */
    static final long MOST = 10_000;

    private final List<Double> values = new ArrayList<>();

    /** How many rows have that value or a smaller one. */
    private final List<Long> upTo = new ArrayList<>();

    private CountedValues() {}

    /**
     * Counts the values.
     *
     * @param number the finite values as doubles in SQL, others NULL; there is at least one
     */
    static CountedValues of(DataEngine engine, Relation data, String number) throws InterruptedException {
        CountedValues counted = new CountedValues();
        engine.stream(
                "SELECT value, count(*) AS n FROM (SELECT %s AS value FROM %s) WHERE value IS NOT NULL GROUP BY value ORDER BY value"
                        .formatted(number, data.sql()),
                row -> counted.add(row.number("value").orElseThrow(), row.count("n")));
        return counted;
    }

    /** Values that were counted, in any order. */
    static CountedValues of(Map<Double, Long> counts) {
        CountedValues counted = new CountedValues();
        new TreeMap<>(counts).forEach(counted::add);
        return counted;
    }

    private void add(double value, long count) {
        values.add(value);
        upTo.add(count + total());
    }

    private long total() {
        return upTo.isEmpty() ? 0 : upTo.get(upTo.size() - 1);
    }

    private long count(int i) {
        return upTo.get(i) - (i == 0 ? 0 : upTo.get(i - 1));
    }

    /** The value at a rank, counted from 1. */
    private double at(long rank) {
        int low = 0;
        int high = upTo.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (upTo.get(middle) < rank) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return values.get(low);
    }

    /** The distribution of these values. */
    Distribution distribution(ColumnTotals column) {
        long n = total();
        Quantiles quantiles = Quantiles.ofRanked(this::at, n);
        double min = quantiles.min();
        double max = quantiles.max();
        double scale = Spread.scale(min, max);
        double mean = mean(scale);
        double squares = 0;
        double lost = 0;
        for (int i = 0; i < values.size(); i++) {
            double deviation = values.get(i) / scale - mean / scale;
            double term = deviation * deviation * count(i) - lost;
            double sum = squares + term;
            lost = (sum - squares) - term;
            squares = sum;
        }
        double deviation = n < 2 ? 0 : Math.sqrt(squares / (n - 1)) * scale;
        return new Distribution(
                n,
                column.count() - n,
                min,
                max,
                // Adding zero turns a negative zero, which SQL does not know, into zero.
                Spread.rounded(mean, Math.max(Math.abs(mean), Math.min(deviation, Double.MAX_VALUE))) + 0.0,
                n < 2 || Double.isInfinite(deviation)
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Spread.rounded(deviation, deviation)),
                quantiles.shown(),
                histogram(Edges.equalFrequency(quantiles::at), quantiles.endsInAtom()),
                histogram(Edges.equalWidth(min, max), min == max),
                OptionalDouble.empty());
    }

    /** Kahan's sum (Communications of the ACM 8, 1965) of the values' distances from their middle. */
    private double mean(double scale) {
        double middle = values.get(values.size() / 2);
        double sum = 0;
        double lost = 0;
        for (int i = 0; i < values.size(); i++) {
            double term = (values.get(i) / scale - middle / scale) * count(i) - lost;
            double next = sum + term;
            lost = (next - sum) - term;
            sum = next;
        }
        double mean = (middle / scale + sum / total()) * scale;
        return Math.max(values.get(0), Math.min(values.get(values.size() - 1), mean));
    }

    private Histogram histogram(List<Double> edges, boolean endsInPoint) {
        List<Long> counts = new ArrayList<>();
        long before = 0;
        int i = 0;
        for (int edge = 1; edge < edges.size(); edge++) {
            while (i < values.size() && values.get(i) < edges.get(edge)) {
                i++;
            }
            long below = i == 0 ? 0 : upTo.get(i - 1);
            counts.add(below - before);
            before = below;
        }
        counts.add(total() - before);
        return Spread.histogram(edges, counts, endsInPoint);
    }
}
