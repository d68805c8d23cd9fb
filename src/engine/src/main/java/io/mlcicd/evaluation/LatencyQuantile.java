package io.mlcicd.evaluation;

import io.mlcicd.statistic.Estimate;
import io.mlcicd.statistic.NearestRank;
import io.mlcicd.statistic.OrderStatisticInterval;
import io.mlcicd.statistic.Uncertainty;
import java.util.Optional;

/** Nearest-rank quantiles (numpy's {@code quantile(method="inverted_cdf")}), with intervals between order statistics. */
final class LatencyQuantile {

    /** Gates may ask for limits up to this confidence. */
    private static final double GREATEST_CONFIDENCE = 0.99;

    private LatencyQuantile() {}

    /**
     * The quantile; its uncertainty is left out when the values are too few for an interval of that confidence, or 99 %.
     *
     * @param sorted rising; at least one
     * @param level above 0 and below 1
     */
    static Estimate of(double[] sorted, double level, double confidence) {
        Optional<Uncertainty> uncertainty = OrderStatisticInterval.of(
                        sorted.length, level, Math.max(confidence, GREATEST_CONFIDENCE), rank -> sorted[rank - 1])
                .map(interval -> interval);
        return new Estimate(NearestRank.of(sorted, level), uncertainty);
    }
}
