package io.mlcicd.drift.performance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.statistic.Interval;
import io.mlcicd.statistic.WeightedMean;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Between which values a metric of a window is as it was when the model was accepted: the mean of equal chunks plus and
 * minus three of their standard deviations (W. A. Shewhart, Economic Control of Quality of Manufactured Product, 1931).
 *
 * @param centre the chunks' mean
 * @param deviation the chunks' sample standard deviation, above 0
 * @param source what the chunks are of
 * @param chunks how many there are, 3 or more
 * @param chunkRows how many rows each has
 * @param scaled whether chunks had to be smaller than windows, so that the deviation of windows is inferred from theirs
 */
public record ControlLimits(
        double centre, double deviation, Source source, int chunks, double chunkRows, boolean scaled) {

    private static final double DEVIATIONS = 3;

    /** What limits are made of. */
    public enum Source {
        REFERENCE,
        /** The first windows. */
        WINDOWS;

        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Source of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /** Limits from the chunks' values; empty when these do not vary, or are fewer than three. */
    static Optional<ControlLimits> of(List<Double> values, Source source, double chunkRows, boolean scaled) {
        WeightedMean mean = new WeightedMean();
        values.forEach(value -> mean.add(value, 1));
        int n = values.size();
        if (n < 3) {
            return Optional.empty();
        }
        double deviation = Math.sqrt(mean.variance() * n / (n - 1));
        // What is left of equal values by rounding is no spread.
        return deviation > 1e-12 * Math.abs(mean.value())
                ? Optional.of(new ControlLimits(mean.value(), deviation, source, n, chunkRows, scaled))
                : Optional.empty();
    }

    /**
     * The standard deviation of a window of so many rows. One with fewer rows than a chunk strays further, by the root of
     * the ratio. Where chunks are smaller than windows, windows stray less, and the mean of few chunks strays itself.
     */
    double deviation(double rows) {
        double ratio = chunkRows / rows;
        return deviation * Math.sqrt(scaled ? ratio + 1.0 / chunks : Math.max(1, ratio));
    }

    /** The limits for a window of so many rows, within the values that the metric can have. */
    Interval at(double rows, Interval range) {
        double half = DEVIATIONS * deviation(rows);
        return new Interval(centre - half, centre + half).within(range.lower(), range.upper());
    }
}
