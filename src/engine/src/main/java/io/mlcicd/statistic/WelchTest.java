package io.mlcicd.statistic;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Welch's test of whether the means of two samples differ, from their moments (B. L. Welch, Biometrika 34, 1947), as in
 * scipy's {@code ttest_ind_from_stats(equal_var=False)}.
 *
 * @param statistic the difference of the means (first minus second) by its standard error
 * @param degreesOfFreedom by Welch and Satterthwaite
 */
public record WelchTest(double statistic, double degreesOfFreedom) {

    /**
     * Moments of a sample.
     *
     * @param size number of values, 2 or more, or of weighted ones their effective number
     * @param variance of the values, with size - 1 as the divisor
     */
    public record Moments(double size, double mean, double variance) {

        public Moments {
            if (!(size > 1 && variance >= 0)) {
                throw new IllegalArgumentException(size + " values with a variance of " + variance);
            }
        }

        private double squaredError() {
            return variance / size;
        }
    }

    /** The test; samples that do not vary differ certainly, or not at all. */
    public static WelchTest of(Moments first, Moments second) {
        double squaredError = first.squaredError() + second.squaredError();
        double difference = first.mean() - second.mean();
        double statistic = difference == 0 ? 0 : difference / Math.sqrt(squaredError);
        if (squaredError == 0) {
            return new WelchTest(statistic, first.size() + second.size() - 2);
        }
        // Shares of the squared error, whose squares stay within a double's range.
        double a = first.squaredError() / squaredError;
        double b = second.squaredError() / squaredError;
        return new WelchTest(statistic, 1 / (a * a / (first.size() - 1) + b * b / (second.size() - 1)));
    }

    /** The p-value of the hypothesis that the means are equal, against that the first is greater. */
    public double pValueGreater() {
        return Double.isInfinite(statistic)
                ? statistic > 0 ? 0 : 1
                : TDistribution.of(degreesOfFreedom).survivalProbability(statistic);
    }

    /** The p-value of the hypothesis that the means are equal, against that they differ. */
    public double pValue() {
        return Double.isInfinite(statistic)
                ? 0
                : Math.min(1, 2 * TDistribution.of(degreesOfFreedom).survivalProbability(Math.abs(statistic)));
    }
}
