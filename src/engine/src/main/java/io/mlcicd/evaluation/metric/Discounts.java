package io.mlcicd.evaluation.metric;

import java.util.Arrays;

/**
 * Sums of the rank discounts 1 / log2(rank + 1) of discounted cumulative gain (K. Järvelin, J. Kekäläinen, ACM
 * Transactions on Information Systems 20, 2002). Many tallies on several threads share it.
 */
final class Discounts {

    private volatile double[] sums = new double[1];

    /** The sums of the discounts of the first 0, 1, 2, ... ranks, up to that many at least. */
    double[] upTo(int ranks) {
        double[] known = sums;
        if (known.length > ranks) {
            return known;
        }
        double[] more = Arrays.copyOf(known, Math.max(ranks + 1, (int) Math.min(2L * known.length, 1L << 30)));
        for (int rank = known.length; rank < more.length; rank++) {
            more[rank] = more[rank - 1] + Math.log(2) / Math.log(rank + 1.0);
        }
        sums = more;
        return more;
    }
}
