package io.mlcicd.statistic;

/**
 * The uncertainty of an area under the ROC curve from the area and the numbers of rows alone, as a score interval: all
 * areas from which the one seen is not further off than chance makes of so many rows (R. G. Newcombe, "Confidence intervals
 * for an effect size measure based on the Mann–Whitney statistic. Part 2", Statistics in Medicine 25, 2006, method 5). The
 * variance at an area θ is θ (1 - θ) (1 + k (1 - θ) / (2 - θ) + k θ / (1 + θ)) / (m n), k = (m + n) / 2 - 1. Unlike an
 * interval by an estimated standard error, it has a width at an area of 0 or 1 as well.
 *
 * @param area 0 to 1
 * @param positives number of positive rows m, 1 or more; of weighted rows their effective number
 * @param negatives number of negative rows n, so too
 */
public record NewcombeArea(double area, double positives, double negatives) implements Uncertainty {

    @Override
    public Interval interval(double confidence) {
        double z = NormalError.quantile(confidence);
        // The variance is the same at 1 - θ, so the upper limit is the lower one of the mirrored area.
        return new Interval(lowerLimit(area, z), 1 - lowerLimit(1 - area, z));
    }

    /** Where the area seen is z standard errors above, by halving; it is nowhere but between 0 and that area. */
    private double lowerLimit(double seen, double z) {
        double low = 0;
        double high = seen;
        double middle = (low + high) / 2;
        while (middle > low && middle < high) {
            if (seen - middle > z * Math.sqrt(variance(middle))) {
                low = middle;
            } else {
                high = middle;
            }
            middle = (low + high) / 2;
        }
        return low;
    }

    private double variance(double theta) {
        double k = (positives + negatives) / 2 - 1;
        double factor = 1 + k * (1 - theta) / (2 - theta) + k * theta / (1 + theta);
        return theta * (1 - theta) * factor / (positives * negatives);
    }

    @Override
    public String method() {
        return "newcombe";
    }
}
