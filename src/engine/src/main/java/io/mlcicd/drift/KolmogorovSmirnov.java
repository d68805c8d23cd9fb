package io.mlcicd.drift;

import java.util.Arrays;
import java.util.Map;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/**
 * The two-sample Kolmogorov–Smirnov test.
 *
 * @param statistic the greatest distance between the two empirical distribution functions, 0 to 1
 * @param pValue probability of at least that distance between two samples of one continuous distribution, 0 to 1
 */
record KolmogorovSmirnov(double statistic, double pValue) {

    /** Up to this sample size the distribution is computed exactly, in well under 0.1 s. */
    private static final int EXACT_LIMIT = 100_000;

    /** From this square of {@code d sqrt(n)} on, both one-sided deviations at once are too rare to matter. */
    private static final double TAIL = 2.2;

    /**
     * The test's result for a statistic of two samples of these sizes. The p-value is that of a one-sample statistic on
     * {@code nm / (n + m)} values, rounded half to even: the two-sided asymptotic method, which ties make conservative.
     * Samples without values are equal when both are empty, and as far apart as can be when one is.
     *
     * <p>Source: J. L. Hodges, The significance probability of the Smirnov two-sample test, Arkiv för Matematik 3, 1958.
     */
    static KolmogorovSmirnov of(double statistic, long n, long m) {
        if (n == 0 || m == 0) {
            return n == m ? new KolmogorovSmirnov(0, 1) : new KolmogorovSmirnov(1, 0);
        }
        double greater = Math.max(n, m);
        double smaller = Math.min(n, m);
        double effective = Math.max(1, Math.rint(greater * smaller / (greater + smaller)));
        double p = effective <= EXACT_LIMIT ? exact(statistic, (int) effective) : asymptotic(statistic, effective);
        return new KolmogorovSmirnov(statistic, Math.min(1, Math.max(0, p)));
    }

    /** Statistic and p-value under their names. */
    Map<String, Double> measures() {
        return Map.of("ks", statistic, "ks.pValue", pValue);
    }

    /**
     * Asks commons-statistics for its distribution, which it only offers through a sample: so this makes one of size n
     * whose statistic is exactly d. Uniform midpoints give 1 / 2n, the least there is, and raising the low ones to d
     * makes the first of them deviate by d and the others by less.
     */
    private static double exact(double d, int n) {
        if (n == 1) {
            return 2 * (1 - Math.max(d, 0.5));
        }
        double[] sample = new double[n];
        Arrays.setAll(sample, i -> Math.max(d, (i + 0.5) / n));
        return KolmogorovSmirnovTest.withDefaults().test(sample, x -> x).getPValue();
    }

    private static double asymptotic(double d, double n) {
        double z = d * Math.sqrt(n);
        if (z == 0) {
            return 1;
        }
        return z * z < TAIL ? 1 - pelzGood(z, n) : tail(z, n);
    }

    /**
     * Twice the one-sided probability to order {@code 1 / n}, which keeps its relative precision where p is small. Its
     * leading factor is the approximation that scipy takes for very large samples; the coefficients of the next term
     * were fitted to scipy's exact one-sided probabilities, from which the whole differs by less than 1e-9.
     */
    private static double tail(double z, double n) {
        double z2 = z * z;
        double shifted = 6 * z * Math.sqrt(n) + 1;
        double correction = Math.max(0, 1 - (8 * z2 * z2 - 8 * z2 - 1) / (18 * n));
        return 2 * Math.exp(-shifted * shifted / (18 * n)) * correction;
    }

    /**
     * The distribution function by its asymptotic expansion to order {@code n^(-3/2)}; beyond {@value #EXACT_LIMIT}
     * values it differs from scipy's distribution by less than 1e-9.
     *
     * <p>Source: W. Pelz and I. J. Good, Journal of the Royal Statistical Society B 38, 1976, as given by R. Simard and
     * P. L'Ecuyer, Journal of Statistical Software 39 (11), 2011, section 3.
     */
    private static double pelzGood(double z, double n) {
        double z2 = z * z;
        double z4 = z2 * z2;
        double z6 = z4 * z2;
        double k0 = 0;
        double k1 = 0;
        double k2 = 0;
        double k3 = 0;
        // Both infinite sums are symmetric, so each term below stands for two; 20 of them underflow for every z here.
        for (int k = 20; k >= 0; k--) {
            double h = Math.pow(Math.PI * (k + 0.5), 2);
            double half = 2 * Math.exp(-h / (2 * z2));
            double w = Math.pow(Math.PI * k, 2);
            double whole = 2 * Math.exp(-w / (2 * z2));
            k0 += half;
            k1 += (h - z2) * half;
            k2 += (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * h + (1 - 2 * z2) * h * h) * half / (72 * z6 * z);
            k2 -= w * whole / (36 * z2 * z);
            k3 += (h * h * h * (5 - 30 * z2)
                            + h * h * (212 * z4 - 60 * z2)
                            + h * (135 * z4 - 96 * z6)
                            - 30 * z6
                            - 90 * z4 * z4)
                    * half
                    / (6480 * z6 * z4);
            k3 += (3 * w * z2 - w * w) * whole / (108 * z6);
        }
        double root = Math.sqrt(Math.PI / 2);
        return root * (k0 / z + k1 / (6 * z4 * Math.sqrt(n)) + k2 / n + k3 / (n * Math.sqrt(n)));
    }
}
