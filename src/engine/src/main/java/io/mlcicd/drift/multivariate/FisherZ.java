package io.mlcicd.drift.multivariate;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Fisher's test of whether two correlation coefficients from independent samples differ: their inverse hyperbolic tangents
 * are nearly normal with variance 1 / (n - 3) if values are (R. A. Fisher, Metron 1, 1921). Equals {@code 2 *
 * scipy.stats.norm.sf(abs(z))} with {@code z = (atanh(r1) - atanh(r2)) / sqrt(1 / (n1 - 3) + 1 / (n2 - 3))}.
 *
 * @param statistic z, positive when the first coefficient is greater
 * @param pValue two-sided, 0 to 1
 */
record FisherZ(double statistic, double pValue) {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Columns that say the same have a coefficient of 1 but for rounding, of which the transformation makes too much. */
    private static final double GREATEST = 1 - 1e-9;

    /** How many rows a coefficient needs for the test. */
    static final int LEAST_ROWS = 4;

    static FisherZ of(double first, long firstRows, double second, long secondRows) {
        if (firstRows < LEAST_ROWS || secondRows < LEAST_ROWS) {
            throw new IllegalArgumentException("coefficients of " + firstRows + " and " + secondRows + " rows");
        }
        double error = Math.sqrt(1.0 / (firstRows - 3) + 1.0 / (secondRows - 3));
        double z = (transformed(first) - transformed(second)) / error;
        return new FisherZ(z, Math.min(1, 2 * NORMAL.survivalProbability(Math.abs(z))));
    }

    private static double transformed(double r) {
        double inside = Math.max(-GREATEST, Math.min(GREATEST, r));
        return 0.5 * (Math.log1p(inside) - Math.log1p(-inside));
    }
}
