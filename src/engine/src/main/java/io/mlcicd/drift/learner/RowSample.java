package io.mlcicd.drift.learner;

import java.util.SplittableRandom;

/** Random rows without replacement. */
final class RowSample {

    private RowSample() {}

    /**
     * That many of the rows, in rising order, each subset being as likely as any other (D. E. Knuth, The Art of Computer
     * Programming, volume 2, section 3.4.2, algorithm S).
     */
    static int[] of(int rows, int wanted, SplittableRandom random) {
        int[] chosen = new int[wanted];
        int count = 0;
        for (int row = 0; count < wanted; row++) {
            if (random.nextDouble() * (rows - row) < wanted - count) {
                chosen[count++] = row;
            }
        }
        return chosen;
    }
}
