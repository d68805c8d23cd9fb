package io.mlcicd.statistic;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * McNemar's test of whether two classifiers are right equally often, from the rows on which just one of them is (Q. McNemar,
 * Psychometrika 12, 1947), as in statsmodels' {@code mcnemar}: exact by the binomial distribution for fewer than 25 such
 * rows, else by chi-square with Edwards' continuity correction (A. L. Edwards, Psychometrika 13, 1948).
 *
 * @param firstOnly rows on which the first alone is right, 0 or more
 * @param secondOnly rows on which the second alone is right, 0 or more
 */
public record McNemar(long firstOnly, long secondOnly) {

    /** From here on the corrected chi-square misses an exact p-value below 0.2 by less than 0.003. */
    private static final int EXACT_BELOW = 25;

    public McNemar {
        if (firstOnly < 0 || secondOnly < 0) {
            throw new IllegalArgumentException(firstOnly + " and " + secondOnly + " rows");
        }
    }

    /** Whether the binomial distribution tells the p-value. */
    public boolean exact() {
        return firstOnly + secondOnly < EXACT_BELOW;
    }

    /** The lesser count when exact, else the chi-square statistic. */
    public double statistic() {
        if (exact()) {
            return Math.min(firstOnly, secondOnly);
        }
        double excess = Math.abs(firstOnly - secondOnly) - 1.0;
        return excess * excess / (firstOnly + secondOnly);
    }

    /** The two-sided p-value; 1 when there is no such row. */
    public double pValue() {
        return exact()
                ? Math.min(
                        1,
                        2
                                * BinomialDistribution.of((int) (firstOnly + secondOnly), 0.5)
                                        .cumulativeProbability((int) statistic()))
                : ChiSquaredDistribution.of(1).survivalProbability(statistic());
    }
}
