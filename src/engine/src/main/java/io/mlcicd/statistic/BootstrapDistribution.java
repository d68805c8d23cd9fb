package io.mlcicd.statistic;

import java.util.Arrays;
import java.util.Optional;

/** The distribution of an estimate over resamples (B. Efron, Annals of Statistics 7, 1979). */
public final class BootstrapDistribution implements Uncertainty {

    private static final int LEAST_DEFINED = 20;

    private final double shift;
    private final double[] sorted;

    private BootstrapDistribution(double shift, double[] sorted) {
        this.shift = shift;
        this.sorted = sorted;
    }

    /**
     * The distribution around an estimate.
     *
     * @param estimate of all rows
     * @param base the same metric of the sample that was resampled; equal to the estimate when all rows were
     * @param replicates the metric of each resample; NaN where it is not defined
     * @return empty when fewer than half of the resamples, or than 20, have the metric
     */
    public static Optional<BootstrapDistribution> of(double estimate, double base, double[] replicates) {
        double[] defined =
                Arrays.stream(replicates).filter(Double::isFinite).sorted().toArray();
        return defined.length < LEAST_DEFINED || 2 * defined.length < replicates.length
                ? Optional.empty()
                : Optional.of(new BootstrapDistribution(estimate - base, defined));
    }

    /** How many of the resamples have the metric. */
    public int defined() {
        return sorted.length;
    }

    /**
     * The percentile interval of the resamples' deviations from the sample's own value, around the estimate; quantiles as
     * numpy has them by default (R. J. Hyndman and Y. Fan, The American Statistician 50, 1996, type 7).
     */
    @Override
    public Interval interval(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence of " + confidence);
        }
        double tail = (1 - confidence) / 2;
        return new Interval(quantile(tail) + shift, quantile(1 - tail) + shift);
    }

    private double quantile(double level) {
        double position = level * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /**
     * The two-sided p-value of the hypothesis that what is estimated is 0: twice the share of resamples on the other side
     * of it, the estimate itself counted as one (A. C. Davison and D. V. Hinkley, Bootstrap Methods and their Application,
     * 1997, 4.4).
     */
    public double pValueOfZero() {
        int below = 0;
        int above = 0;
        for (double value : sorted) {
            if (value + shift <= 0) {
                below++;
            }
            if (value + shift >= 0) {
                above++;
            }
        }
        return Math.min(1, 2.0 * (Math.min(below, above) + 1) / (sorted.length + 1));
    }

    @Override
    public String method() {
        return "bootstrap";
    }
}
