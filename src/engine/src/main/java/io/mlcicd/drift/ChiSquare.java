package io.mlcicd.drift;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Pearson's chi-square test of homogeneity of two rows of counts, without Yates' correction.
 *
 * @param statistic sum of squared deviations from the expected counts, each over the expected count
 * @param degreesOfFreedom number of categories less one
 * @param pValue probability of at least that statistic when both rows come from one distribution
 */
record ChiSquare(double statistic, long degreesOfFreedom, double pValue) {

    /**
     * Compares two rows of counts over the same categories; each row must have a positive sum. Categories that
     * neither has are passed over. One category alone gives statistic 0 and p-value 1.
     *
     * <p>Source: K. Pearson, Philosophical Magazine 50, 1900; A. Agresti, Categorical Data Analysis, section 3.2.
     */
    static ChiSquare of(double[] reference, double[] current) {
        double n = sum(reference);
        double m = sum(current);
        double statistic = 0;
        long categories = 0;
        for (int i = 0; i < reference.length; i++) {
            double both = reference[i] + current[i];
            if (both > 0) {
                categories++;
                statistic +=
                        deviation(reference[i], both * (n / (n + m))) + deviation(current[i], both * (m / (n + m)));
            }
        }
        long degrees = categories - 1;
        double p =
                degrees == 0 ? 1 : ChiSquaredDistribution.of((double) degrees).survivalProbability(statistic);
        return new ChiSquare(statistic, degrees, p);
    }

    private static double deviation(double observed, double expected) {
        return (observed - expected) * (observed - expected) / expected;
    }

    private static double sum(double[] counts) {
        double sum = 0;
        for (double count : counts) {
            sum += count;
        }
        return sum;
    }
}
