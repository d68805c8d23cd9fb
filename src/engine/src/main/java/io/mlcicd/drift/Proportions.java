package io.mlcicd.drift;

import io.mlcicd.statistic.FisherTest;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Tests whether a share differs between two groups of rows. */
final class Proportions {

    /** Fisher's test adds up as many terms as rows are concerned, at the worst; beyond it a normal distribution is as good. */
    private static final long EXACT = 1_000_000;

    private static final double FEW_EXPECTED = 5;

    private Proportions() {}

    /**
     * The two-sided p-value of equal shares: the chi-square test of the 2x2 table, which is the two-proportion z-test,
     * and Fisher's exact test where it expects fewer than five rows.
     */
    static double different(long found, long size, long otherFound, long otherSize) {
        double[] group = {found, size - found};
        double[] other = {otherFound, otherSize - otherFound};
        double all = (double) size + otherSize;
        double with = (double) found + otherFound;
        double expected = Math.min(size, otherSize) * Math.min(with, all - with) / all;
        if (with == 0 || with == all) {
            return 1;
        }
        return expected < FEW_EXPECTED && all <= Integer.MAX_VALUE
                ? FisherExact.ofTwo(group, other)
                : ChiSquare.of(group, other).pValue();
    }

    /** The one-sided p-value of a share that is no greater in the first group than in the other. */
    static double greater(long found, long size, long otherFound, long otherSize) {
        if (found == 0) {
            return 1;
        }
        double all = (double) size + otherSize;
        if (all <= EXACT) {
            return FisherTest.greater((int) found, (int) size, (int) otherFound, (int) otherSize);
        }
        double pooled = ((double) found + otherFound) / all;
        double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / size + 1.0 / otherSize));
        double difference = (double) found / size - (double) otherFound / otherSize;
        return error == 0 ? 1 : NormalDistribution.of(0, 1).survivalProbability(difference / error);
    }
}
