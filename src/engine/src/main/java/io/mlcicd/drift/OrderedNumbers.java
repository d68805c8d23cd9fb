package io.mlcicd.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/** The values that one side has in a numeric column, in order. */
sealed interface OrderedNumbers permits SortedNumbers, StreamedNumbers, CountedNumbers {

    /** How many there are. */
    long count();

    /** The quantiles at {@link Overview#LEVELS} by linear interpolation; empty without values. */
    List<Double> deciles() throws InterruptedException;

    /**
     * Places between which little is hidden, rising: just at and just above each value as long as these are few, else at
     * and above values of equal steps in rank. Empty without values.
     */
    List<Double> knots() throws InterruptedException;

    /** Mean and variance; zeros without values. */
    Moments moments() throws InterruptedException;

    /** For each of these places, which rise, the number of values below it. */
    double[] below(List<Double> places) throws InterruptedException;

    /** {@link #deciles} of so many values, of which that is the one of a rank counted from 0. */
    static List<Double> deciles(long count, LongToDoubleFunction value) {
        List<Double> deciles = new ArrayList<>();
        for (double level : count == 0 ? List.<Double>of() : Overview.LEVELS) {
            long rank = rank(level, count);
            deciles.add(quantile(
                    level, count, value.applyAsDouble(rank), value.applyAsDouble(Math.min(rank + 1, count - 1))));
        }
        return List.copyOf(deciles);
    }

    /** The rank from which a quantile is interpolated, counted from 0. */
    static long rank(double level, long count) {
        return (long) Math.floor(level * (count - 1));
    }

    /**
     * Mean and variance of some values.
     *
     * @param mean arithmetic mean
     * @param variance mean squared deviation from it (divisor n); infinite when no double is that great
     */
    record Moments(double mean, double variance) {

        /** Those of weighted values, added one by one (D. H. D. West, Communications of the ACM 22, 1979). */
        static final class Sum {
            private double weight;
            private double mean;
            private double squares;

            void add(double value, double count) {
                weight += count;
                double difference = value - mean;
                mean += difference * (count / weight);
                squares += count * difference * (value - mean);
            }

            Moments moments() {
                return weight == 0 ? new Moments(0, 0) : new Moments(mean, squares / weight);
            }
        }
    }

    /** Type 7 of Hyndman and Fan, The American Statistician 50, 1996; the very figures that profiles hold. */
    static double quantile(double level, long count, double low, double high) {
        double share = level * (count - 1) - rank(level, count);
        double distance = high - low;
        // The distance of two doubles need not be one.
        double value = Double.isFinite(distance) ? low + distance * share : low * (1 - share) + high * share;
        return Math.max(low, Math.min(high, value)) + 0.0;
    }
}
