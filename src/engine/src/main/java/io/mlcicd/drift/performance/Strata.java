package io.mlcicd.drift.performance;

import io.mlcicd.statistic.WeightedMean;

/**
 * The mean over windows of which rows were drawn, and its standard error (W. G. Cochran, Sampling Techniques, 1977,
 * sections 2.8 and 5.3): that of the rows' errors around what is predicted of them, and that of drawing.
 */
final class Strata {

    private final double deviation;
    private double weights;
    private double squaredWeights;
    private double sum;
    private double variance;
    private double greatest;

    /** @param deviation how far the errors of single rows spread around what is predicted of them, at most */
    Strata(double deviation) {
        this.deviation = deviation;
    }

    /**
     * Adds a window.
     *
     * @param drawn what is predicted of the drawn rows
     * @param left the share of rows that were not drawn
     * @return the standard error of the window's mean
     */
    double add(WeightedMean drawn, DrawnWindows.Totals totals, double left) {
        double ofDrawing = drawn.variance() / Math.max(1, drawn.effectiveSize() - 1) * Math.max(0, left);
        greatest = Math.max(greatest, Math.sqrt(ofDrawing));
        weights += totals.weight();
        squaredWeights += totals.squaredWeight();
        sum += totals.weight() * drawn.value();
        variance += totals.weight() * totals.weight() * ofDrawing;
        return Math.sqrt(deviation * deviation / totals.effectiveSize() + ofDrawing);
    }

    double mean() {
        return sum / weights;
    }

    double error() {
        return Math.sqrt((deviation * deviation * squaredWeights + variance) / (weights * weights));
    }

    /** The greatest standard error that drawing gave a window's mean. */
    double greatest() {
        return greatest;
    }
}
