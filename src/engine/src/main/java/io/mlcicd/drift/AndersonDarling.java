package io.mlcicd.drift;

import java.util.Map;
import java.util.Optional;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * The two-sample Anderson–Darling test for values that may be tied: the statistic with midranks, less its mean and over
 * its standard deviation under the hypothesis that both samples come from one distribution.
 *
 * <p>Statistic and p-value equal scipy's {@code anderson_ksamp(variant="midrank")}, but for small p-values: scipy's table
 * ends at 0.001 and 0.25, beyond which it gives these. Here too the p-value is never above 0.25, which says no more than
 * that; below 0.001 it goes on along the tail of the limiting distribution, for a correction for many columns needs to
 * know how small it is.
 *
 * <p>Sources: F. W. Scholz and M. A. Stephens, Journal of the American Statistical Association 82, 1987, equations 4 to 7
 * and table 2; tail: V. M. Zolotarev, Theory of Probability and Its Applications 6, 1961, with the eigenvalues {@code 1 /
 * (j (j + 1))}, whose product makes it {@code sqrt(3) erfc(sqrt(z))}.
 *
 * @param statistic any number; the greater, the farther apart
 * @param pValue above 0, at most 0.25
 */
record AndersonDarling(double statistic, double pValue) {

    private static final double GREATEST = 0.25;

    /** Statistics at the ends of the table. */
    private static final double LEAST_TABLED = 0.675 - 0.245 - 0.105;

    private static final double GREATEST_TABLED = 3.085 + 3.615 - 0.154;

    /** The logarithm of the p-value as a quadratic function of the statistic, fitted to the table by least squares. */
    private static final double[] LOG_P = {0.018198094574111343, -1.0082265644652515, -1.077770279820486};

    /**
     * The test of a sum.
     *
     * @param sum the statistic before it is standardized
     * @param n number of values in one sample
     * @param m number of values in the other
     * @return empty for fewer than four values together, which have no standard deviation
     */
    static Optional<AndersonDarling> of(double sum, long n, long m) {
        double total = (double) n + m;
        if (total < 4) {
            return Optional.empty();
        }
        double deviation = Math.sqrt(variance((double) n, (double) m));
        double statistic = (sum - 1) / deviation;
        return Optional.of(new AndersonDarling(statistic, pValue(statistic)));
    }

    /** Equation 4 for two samples. */
    private static double variance(double n, double m) {
        double total = n + m;
        double inverse = 1 / n + 1 / m;
        double h = Harmonic.first(total - 1);
        double g = Harmonic.second(total) - (2 * Harmonic.first(total) - 1 / total) / total;
        double a = (4 * g - 6) + (10 - 6 * g) * inverse;
        double b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6;
        double c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * inverse + 4 * h;
        double d = (2 * h + 6) * 4 - 8 * h;
        return (((a * total + b) * total + c) * total + d) / ((total - 1) * (total - 2) * (total - 3));
    }

    private static double pValue(double statistic) {
        if (statistic < LEAST_TABLED) {
            return GREATEST;
        }
        double tabled = Math.min(statistic, GREATEST_TABLED);
        double p = Math.exp((LOG_P[0] * tabled + LOG_P[1]) * tabled + LOG_P[2]);
        return statistic <= GREATEST_TABLED ? p : p * tail(statistic) / tail(GREATEST_TABLED);
    }

    /** The limiting distribution has the mean 1 and the variance {@code 2 (pi^2 - 9) / 3}. */
    private static double tail(double statistic) {
        double z = 1 + statistic * Math.sqrt(2 * (Math.PI * Math.PI - 9) / 3);
        return Erfc.value(Math.sqrt(z));
    }

    /** Statistic and p-value under their names. */
    Map<String, Double> measures() {
        return Map.of("ad", statistic, "ad.pValue", pValue);
    }

    /** Sums of {@code 1 / i} and {@code 1 / i^2} up to a number, to the last digits. */
    private static final class Harmonic {

        private static final int SUMMED = 100;
        private static final double EULER = 0.5772156649015329;

        static double first(double n) {
            if (n <= SUMMED) {
                return sum(n, 1);
            }
            double inverse = 1 / (n * n);
            return Math.log(n) + EULER + 0.5 / n - inverse / 12 + inverse * inverse / 120;
        }

        static double second(double n) {
            if (n <= SUMMED) {
                return sum(n, 2);
            }
            double cube = 1 / (n * n * n);
            return Math.PI * Math.PI / 6 - 1 / n + 0.5 / (n * n) - cube / 6 + cube / (30 * n * n);
        }

        private static double sum(double n, int power) {
            double sum = 0;
            for (double i = n; i >= 1; i--) {
                sum += power == 1 ? 1 / i : 1 / (i * i);
            }
            return sum;
        }
    }
}
