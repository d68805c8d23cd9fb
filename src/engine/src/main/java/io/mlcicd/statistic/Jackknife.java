package io.mlcicd.statistic;

import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The uncertainty of any function of the rows, by leaving out one group of them at a time: the delete-a-group jackknife
 * (J. Shao and D. Tu, The Jackknife and Bootstrap, 1995; P. S. Kott, "The delete-a-group jackknife", Journal of Official
 * Statistics 17, 2001) in the form for groups of unequal size (F. M. T. A. Busing, E. Meijer and R. van der Leeden,
 * "Delete-m jackknife for unequal m", Statistics and Computing 9, 1999), with Student's t for as many degrees of freedom
 * as there are groups, less one. Of groups of one row each and a mean it is the usual t interval. It holds for functions
 * that are smooth in the data, such as means, sums and ratios of them; of quantiles with many rows per group; not of the
 * least or greatest value.
 */
public final class Jackknife implements Uncertainty {

    private final double estimate;
    private final double standardError;
    private final TDistribution distribution;

    private Jackknife(double estimate, double standardError, int degreesOfFreedom) {
        this.estimate = estimate;
        this.standardError = standardError;
        this.distribution = TDistribution.of(degreesOfFreedom);
    }

    /**
     * The uncertainty of an estimate.
     *
     * @param estimate of all rows
     * @param without the same of all rows but those of one group, for each group; two or more
     * @param sizes how many rows each group has, 1 or more
     * @return empty when one of the estimates is not finite
     */
    public static Optional<Jackknife> of(double estimate, double[] without, long[] sizes) {
        int groups = without.length;
        if (groups < 2 || sizes.length != groups) {
            throw new IllegalArgumentException(groups + " groups with " + sizes.length + " sizes");
        }
        double rows = 0;
        for (long size : sizes) {
            rows += size;
        }
        double mean = groups * estimate;
        for (int g = 0; g < groups; g++) {
            if (!Double.isFinite(without[g])) {
                return Optional.empty();
            }
            mean -= (1 - sizes[g] / rows) * without[g];
        }
        double variance = 0;
        for (int g = 0; g < groups; g++) {
            double share = rows / sizes[g];
            double pseudo = share * estimate - (share - 1) * without[g];
            variance += (pseudo - mean) * (pseudo - mean) / (share - 1) / groups;
        }
        return Double.isFinite(variance)
                ? Optional.of(new Jackknife(estimate, Math.sqrt(variance), groups - 1))
                : Optional.empty();
    }

    /** The standard error, in the estimate's unit. */
    public double standardError() {
        return standardError;
    }

    @Override
    public Interval interval(double confidence) {
        double half = distribution.inverseSurvivalProbability((1 - confidence) / 2) * standardError;
        return new Interval(estimate - half, estimate + half);
    }

    @Override
    public String method() {
        return "jackknife";
    }
}
