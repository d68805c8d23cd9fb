package io.mlcicd.drift.service;

import io.mlcicd.drift.service.ServiceFindings.Percentile;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Quantiles of a classic Prometheus histogram: linear interpolation in the bucket that the rank falls into, whose lower
 * bound is 0 for the first bucket with a bound above 0; a rank in the bucket {@code +Inf} has the greatest finite bound.
 * Counts that fall where they must rise, as of buckets read one after another, are raised to the one before.
 *
 * <p>Source: Prometheus documentation, "Query functions", {@code histogram_quantile()}.
 */
final class HistogramQuantile {

    private final TreeMap<Double, Double> buckets = new TreeMap<>();

    /** @param cumulative for each upper bound the number of observations up to it */
    HistogramQuantile(Map<Double, Double> cumulative) {
        double most = 0;
        for (Map.Entry<Double, Double> bucket : new TreeMap<>(cumulative).entrySet()) {
            most = Math.max(most, bucket.getValue());
            buckets.put(bucket.getKey(), most);
        }
    }

    boolean isEmpty() {
        return buckets.isEmpty();
    }

    /** Whether there is something to interpolate: the bucket {@code +Inf}, another, and an observation. */
    boolean isUsable() {
        return buckets.size() > 1 && buckets.lastKey() == Double.POSITIVE_INFINITY && observations() > 0;
    }

    double observations() {
        return buckets.lastEntry().getValue();
    }

    /**
     * A percentile with the bounds of its bucket, between which the true one lies.
     *
     * @param name its name, such as {@code p95}
     * @param level 0 to 1
     * @param unit the unit of the bounds
     */
    Percentile percentile(String name, double level, LatencyUnit unit) {
        double rank = level * observations();
        double lower = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
            double upper = bucket.getKey();
            if (bucket.getValue() >= rank) {
                if (upper == Double.POSITIVE_INFINITY) {
                    return new Percentile(name, unit.toMillis(lower), unit.toMillis(lower), OptionalDouble.empty());
                }
                boolean first = below == 0 && bucket.equals(buckets.firstEntry());
                if (first && upper <= 0) {
                    return new Percentile(
                            name, unit.toMillis(upper), unit.toMillis(upper), OptionalDouble.of(unit.toMillis(upper)));
                }
                double share = bucket.getValue() > below ? (rank - below) / (bucket.getValue() - below) : 0;
                return new Percentile(
                        name,
                        unit.toMillis(lower + (upper - lower) * share),
                        unit.toMillis(lower),
                        OptionalDouble.of(unit.toMillis(upper)));
            }
            lower = upper;
            below = bucket.getValue();
        }
        throw new IllegalStateException("the last bucket holds all observations");
    }

    /** The bound that a text of the label {@code le} means; empty when it is none. */
    static Optional<Double> bound(String text) {
        if (text.equals("+Inf") || text.equals("Inf")) {
            return Optional.of(Double.POSITIVE_INFINITY);
        }
        try {
            return Optional.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
