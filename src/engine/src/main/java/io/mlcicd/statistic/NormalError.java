package io.mlcicd.statistic;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The uncertainty of an estimate whose error is nearly normal, by its standard error (Wald's interval), cut to the range
 * of possible values.
 *
 * @param value the estimate
 * @param standardError in the estimate's unit, 0 or more
 * @param least the least possible value; negative infinity when there is none
 * @param greatest the greatest possible value; positive infinity when there is none
 * @param method how the standard error was found
 */
public record NormalError(double value, double standardError, double least, double greatest, String method)
        implements Uncertainty {

    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    /** The uncertainty of a mean of many rows, by the central limit theorem. */
    public static NormalError ofMean(double mean, double standardError, double least, double greatest) {
        return new NormalError(mean, standardError, least, greatest, "normal");
    }

    /**
     * The uncertainty of a difference of two independent estimates, whose variances add up, by the half widths of their
     * intervals.
     *
     * @param confidence of both intervals
     */
    public static NormalError ofHalfWidths(double difference, double confidence, double first, double second) {
        double error = Math.hypot(first, second) / quantile(confidence);
        return new NormalError(difference, error, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "independent");
    }

    @Override
    public Interval interval(double confidence) {
        double half = quantile(confidence) * standardError;
        return new Interval(value - half, value + half).within(least, greatest);
    }

    /** The standard normal deviate that a two-sided interval of this confidence reaches to, such as 1.96 for 0.95. */
    static double quantile(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence of " + confidence);
        }
        return STANDARD.inverseSurvivalProbability((1 - confidence) / 2);
    }
}
