package io.mlcicd.drift;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The likelihood-ratio test of homogeneity of two rows of counts, without a correction for continuity.
 *
 * @param statistic twice the sum of each count times the logarithm of that count over the expected one
 * @param pValue probability of at least that statistic when both rows come from one distribution
 */
record GTest(double statistic, double pValue) {

    /**
     * Compares two rows of counts over the same categories; each row must have a positive sum. One category alone gives
     * statistic 0 and p-value 1. Equals scipy's {@code chi2_contingency(lambda_="log-likelihood", correction=False)}.
     *
     * <p>Source: S. S. Wilks, Annals of Mathematical Statistics 6, 1935; R. R. Sokal and F. J. Rohlf, Biometry, chapter
     * 17.
     */
    static GTest of(double[] reference, double[] current) {
        double n = 0;
        double m = 0;
        for (int i = 0; i < reference.length; i++) {
            n += reference[i];
            m += current[i];
        }
        double sum = 0;
        int categories = 0;
        for (int i = 0; i < reference.length; i++) {
            double both = reference[i] + current[i];
            if (both > 0) {
                categories++;
                sum += term(reference[i], both * (n / (n + m))) + term(current[i], both * (m / (n + m)));
            }
        }
        double statistic = Math.max(0, 2 * sum);
        double p =
                categories < 2 ? 1 : ChiSquaredDistribution.of(categories - 1.0).survivalProbability(statistic);
        return new GTest(categories < 2 ? 0 : statistic, p);
    }

    private static double term(double observed, double expected) {
        return observed == 0 ? 0 : observed * Math.log(observed / expected);
    }
}
