package io.mlcicd.drift.performance;

import java.util.OptionalDouble;

/**
 * The Page-Hinkley test for a rise of the mean (E. S. Page, "Continuous inspection schemes", Biometrika 41, 1954; D. V.
 * Hinkley, Biometrika 58, 1971): the sum of deviations from the mean so far, less what is tolerated, is further above its
 * lowest value than the threshold; after a change it begins anew. As river's {@code PageHinkley(mode="up")}.
 */
final class PageHinkley implements Detector {

    private final int least;
    private final double delta;
    private final double threshold;
    private final double alpha;
    private long heard;
    private double mean;
    private double sum;
    private double lowest;
    private boolean changed;

    PageHinkley(DetectorState.OfPageHinkley state) {
        least = state.least();
        delta = state.delta();
        threshold = state.threshold();
        alpha = state.alpha();
        heard = state.heard();
        mean = state.mean();
        sum = state.sum();
        lowest = state.lowest().orElse(Double.POSITIVE_INFINITY);
        changed = state.changed();
    }

    @Override
    public Signal add(double value) {
        if (changed) {
            heard = 0;
            mean = 0;
            sum = 0;
            lowest = Double.POSITIVE_INFINITY;
        }
        heard++;
        mean += (value - mean) / heard;
        sum = alpha * sum + (value - mean) - delta;
        lowest = Math.min(lowest, sum);
        changed = heard >= least && sum - lowest > threshold;
        return changed ? Signal.DRIFT : Signal.NONE;
    }

    @Override
    public DetectorState state() {
        return new DetectorState.OfPageHinkley(
                least,
                delta,
                threshold,
                alpha,
                heard,
                mean,
                sum,
                Double.isFinite(lowest) ? OptionalDouble.of(lowest) : OptionalDouble.empty(),
                changed);
    }
}
