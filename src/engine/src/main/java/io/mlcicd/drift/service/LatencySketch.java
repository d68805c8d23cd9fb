package io.mlcicd.drift.service;

import io.mlcicd.drift.service.ServiceFindings.Percentile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Percentiles of latencies in milliseconds: exact up to so many values, by linear interpolation (type 7 of Hyndman and Fan,
 * The American Statistician 50, 1996, as numpy does); beyond that each is within {@value #ERROR} of a true one, relatively,
 * from counts in bins whose bounds grow by a constant factor.
 *
 * <p>Source of the bins: C. Masson, J. E. Rim, H. K. Lee, "DDSketch", Proceedings of the VLDB Endowment 12, 2019.
 */
final class LatencySketch {

    /** The greatest relative error of a percentile that is not exact. */
    static final double ERROR = 0.005;

    private static final double LOG_GROWTH = Math.log((1 + ERROR) / (1 - ERROR));

    /** A millionth of a millisecond is nothing to a service. */
    private static final double SMALLEST = 1e-6;

    private final int mostExact;
    private final TreeMap<Integer, Long> bins = new TreeMap<>();
    private double[] values = new double[8];
    private long count;
    private long zeros;
    private double sum;
    private double compensation;

    /** @param mostExact so many values are kept themselves */
    LatencySketch(int mostExact) {
        this.mostExact = mostExact;
    }

    void add(double millis) {
        // Kahan's sum: a billion of small values must not vanish in a great sum.
        double next = millis - compensation;
        double total = sum + next;
        compensation = total - sum - next;
        sum = total;
        if (isExact() && count < mostExact) {
            if (count == values.length) {
                values = Arrays.copyOf(values, (int) Math.min(mostExact, 2L * count));
            }
            values[(int) count] = millis;
        } else {
            if (isExact()) {
                for (int i = 0; i < count; i++) {
                    bin(values[i]);
                }
                values = new double[0];
            }
            bin(millis);
        }
        count++;
    }

    private void bin(double millis) {
        if (millis < SMALLEST) {
            zeros++;
        } else {
            bins.merge((int) Math.ceil(Math.log(millis) / LOG_GROWTH), 1L, Long::sum);
        }
    }

    boolean isExact() {
        return values.length > 0;
    }

    long count() {
        return count;
    }

    OptionalDouble mean() {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
    }

    /** The percentiles of all levels; none without values. */
    List<Percentile> percentiles() {
        if (count == 0) {
            return List.of();
        }
        double[] sorted = isExact() ? Arrays.copyOf(values, (int) count) : values;
        Arrays.sort(sorted);
        return ServiceFindings.LEVELS.entrySet().stream()
                .map(level -> isExact()
                        ? Percentile.exact(level.getKey(), interpolated(sorted, level.getValue()))
                        : approximate(level.getKey(), level.getValue()))
                .toList();
    }

    private static double interpolated(double[] sorted, double level) {
        double rank = level * (sorted.length - 1);
        int low = (int) rank;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (rank - low) * (sorted[high] - sorted[low]);
    }

    private Percentile approximate(String name, double level) {
        double rank = level * (count - 1);
        double before = zeros;
        if (before > rank) {
            return new Percentile(name, 0, 0, OptionalDouble.of(SMALLEST));
        }
        for (Map.Entry<Integer, Long> bin : bins.entrySet()) {
            before += bin.getValue();
            if (before > rank) {
                double upper = Math.exp(bin.getKey() * LOG_GROWTH);
                double lower = upper * (1 - ERROR) / (1 + ERROR);
                return new Percentile(name, upper * (1 - ERROR), lower, OptionalDouble.of(upper));
            }
        }
        throw new IllegalStateException("the last bin holds the last value");
    }
}
