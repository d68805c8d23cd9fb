package io.mlcicd.statistic;

/**
 * A weighted mean with its standard error, from values added one by one (D. H. D. West, Communications of the ACM 22,
 * 1979). Mean and variance are those of statsmodels' {@code DescrStatsW(ddof=0)}. The standard error takes weights as how
 * much rows matter and not as how often they were seen: it does not change when all weights are multiplied, and of equal
 * weights it is scipy's {@code sem}.
 */
public final class WeightedMean {

    /** Effective numbers of whole weights may miss 2 by the rounding of their sums. */
    private static final double TWO = 2 - 1e-9;

    private double weights;
    private double squaredWeights;
    private double mean;
    private double deviations;

    /** Adds a value of that weight, above 0. */
    public void add(double value, double weight) {
        add(value, weight, weight * weight);
    }

    /**
     * Adds several equal values at once.
     *
     * @param weight the sum of their weights, above 0
     * @param squaredWeight the sum of their squared weights
     */
    public void add(double value, double weight, double squaredWeight) {
        weights += weight;
        squaredWeights += squaredWeight;
        double delta = value - mean;
        // In this order of operations, equal values have exactly their value as the mean and no deviation from it.
        mean += delta * (weight / weights);
        deviations += weight * delta * (value - mean);
    }

    /**
     * Adds many values at once (T. Chan, G. Golub, R. LeVeque, The American Statistician 37, 1983).
     *
     * @param weight the sum of their weights, above 0
     * @param squaredWeight the sum of their squared weights
     * @param sum of the values times their weights
     * @param squares the sum of the squared values times their weights
     */
    public void addSums(double weight, double squaredWeight, double sum, double squares) {
        weights += weight;
        squaredWeights += squaredWeight;
        double ofThese = sum / weight;
        double delta = ofThese - mean;
        mean += delta * (weight / weights);
        deviations += Math.max(0, squares - sum * ofThese) + weight * delta * (ofThese - mean);
    }

    /** The mean; NaN without values. */
    public double value() {
        return weights > 0 ? mean : Double.NaN;
    }

    /** The sum of the weights. */
    public double weight() {
        return weights;
    }

    /** Kish's effective number of values: (sum of weights)² / sum of squared weights. */
    public double effectiveSize() {
        return weights > 0 ? weights * weights / squaredWeights : 0;
    }

    /** The population variance: the weighted mean squared distance from the mean; NaN without values. */
    public double variance() {
        return weights > 0 ? Math.max(0, deviations) / weights : Double.NaN;
    }

    /**
     * The standard error of the mean: the root of the variance over one less than the effective size; of n equal weights s
     * / √n with the sample's s. NaN below an effective size of 2, of which nobody can say how far its mean strays.
     */
    public double standardError() {
        double n = effectiveSize();
        return n > TWO ? Math.sqrt(variance() / (n - 1)) : Double.NaN;
    }

    /** Whether the standard error is known: there are two rows' worth or more, and it is within a double's range. */
    public boolean hasStandardError() {
        return Double.isFinite(standardError());
    }

    /**
     * Its uncertainty, normal by the central limit theorem, cut to the range of possible values.
     *
     * @throws IllegalStateException unless {@link #hasStandardError()}
     */
    public NormalError uncertainty(double least, double greatest) {
        if (!hasStandardError()) {
            throw new IllegalStateException("the mean of " + effectiveSize() + " rows' worth has no standard error");
        }
        return NormalError.ofMean(value(), standardError(), least, greatest);
    }
}
