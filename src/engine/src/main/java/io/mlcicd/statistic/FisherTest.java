package io.mlcicd.statistic;

import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/**
 * Fisher's exact test of whether a share is greater in one group than in another, given how many rows have the trait in
 * both together (R. A. Fisher, Statistical Methods for Research Workers, 1934; the hypergeometric distribution). Unlike
 * tests by a normal approximation, it does not take few rare cases for a proof. Equals scipy's {@code
 * fisher_exact(alternative="greater")}.
 */
public final class FisherTest {

    /** A term that is smaller than this, as a share of the sum so far, changes none of its digits. */
    private static final double NEGLIGIBLE = 1e-18;

    private FisherTest() {}

    /**
     * The one-sided p-value: the chance that at least so many of the rows with the trait fall into the first group.
     *
     * @param found rows of the first group that have the trait
     * @param size rows of the first group
     * @param otherFound rows of the second group that have it
     * @param otherSize rows of the second group; of both together 2³¹ - 1 at the most
     */
    public static double greater(int found, int size, int otherFound, int otherSize) {
        if (found < 0 || found > size || otherFound < 0 || otherFound > otherSize) {
            throw new IllegalArgumentException("%d of %d and %d of %d".formatted(found, size, otherFound, otherSize));
        }
        int all = Math.addExact(size, otherSize);
        int with = found + otherFound;
        int least = Math.max(0, with - otherSize);
        int most = Math.min(with, size);
        if (found == least) {
            return 1;
        }
        HypergeometricDistribution distribution = HypergeometricDistribution.of(all, with, size);
        // Above the mode the terms fall, so they are added from the observed one on; below it, from it downwards, and
        // the
        // rest is what is asked for.
        double mode = (size + 1.0) * (with + 1.0) / (all + 2.0);
        if (found >= mode) {
            double term = Math.exp(distribution.logProbability(found));
            double sum = term;
            for (int k = found; k < most && term > sum * NEGLIGIBLE; k++) {
                term *= (double) (with - k) / (k + 1) * (size - k) / (all - with - size + k + 1);
                sum += term;
            }
            return Math.min(1, sum);
        }
        double term = Math.exp(distribution.logProbability(found - 1));
        double sum = term;
        for (int k = found - 1; k > least && term > sum * NEGLIGIBLE; k--) {
            term *= (double) k / (with - k + 1) * (all - with - size + k) / (size - k + 1);
            sum += term;
        }
        return Math.max(0, 1 - sum);
    }
}
