package io.mlcicd.evaluation.metric;

/**
 * A quantile of weighted values that come in falling order, picked as they pass: the least value with at least that share
 * of the weight at or below it, or the mean of that and the next greater one where the share is met exactly. This is
 * "averaged inverted CDF" (R. Hyndman, Y. Fan, The American Statistician 50, 1996, definition 2), as in scikit-learn's
 * {@code median_absolute_error} with weights and in numpy's {@code quantile(method="averaged_inverted_cdf")}; the median
 * of unweighted values is the usual one.
 */
final class RankedQuantile {

    /** Sums of weights as near as this, relative to the total, differ by rounding alone. */
    private static final double ROUNDING = 1e-12;

    private final double above;
    private final double tolerance;
    private double before;
    private double lost;
    private double previous;
    private double picked = Double.NaN;
    private boolean passed;

    /**
     * A quantile of no values yet.
     *
     * @param level above 0 and below 1
     * @param totalWeight of all values that will be added
     */
    RankedQuantile(double level, double totalWeight) {
        this.above = (1 - level) * totalWeight;
        this.tolerance = ROUNDING * totalWeight;
    }

    void add(double value, double weight) {
        if (passed) {
            return;
        }
        double over = before - above;
        if (over > tolerance) {
            passed = true;
            return;
        }
        picked = over >= -tolerance ? (value + previous) / 2 : value;
        previous = value;
        // Kahan's summation: many weights such as 0.1 must not drift past the tolerance.
        double term = weight - lost;
        double sum = before + term;
        lost = sum - before - term;
        before = sum;
    }

    /** The quantile; NaN without values. */
    double value() {
        return picked;
    }
}
