package io.mlcicd.statistic;

/** The order of rows by a score, by radix sort: time per row and 24 bytes of memory per row, whatever the scores are. */
final class ScoreOrder {

    /** More at a time would be fewer passes, but each would wait for memory. */
    private static final int BITS = 8;

    private static final int BUCKETS = 1 << BITS;

    private long[] keys;
    private long[] sortedKeys;
    private int[] order;
    private int[] sortedOrder;

    private ScoreOrder(int size) {
        keys = new long[size];
        sortedKeys = new long[size];
        order = new int[size];
        sortedOrder = new int[size];
    }

    /**
     * The indices of the scores, from the greatest score to the least.
     *
     * @throws IllegalArgumentException when a score is NaN, which has no place in an order
     */
    static int[] falling(double[] scores) {
        ScoreOrder rows = new ScoreOrder(scores.length);
        for (int i = 0; i < scores.length; i++) {
            rows.order[i] = i;
            rows.keys[i] = key(scores[i]);
            if (Double.isNaN(scores[i])) {
                throw new IllegalArgumentException("the score of row " + i + " is NaN");
            }
        }
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            rows.sort(shift);
        }
        return rows.order;
    }

    /** A number that rises, without a sign, as the score falls. */
    private static long key(double score) {
        // Adding 0 makes the two zeros one. Bits of negative doubles rise as these fall, the others' are turned.
        long bits = Double.doubleToRawLongBits(score + 0.0);
        return bits < 0 ? bits : ~bits ^ Long.MIN_VALUE;
    }

    /** Sorts by one digit of the keys; rows of the same digit stay in their order. */
    private void sort(int shift) {
        int[] next = new int[BUCKETS];
        for (long key : keys) {
            next[digit(key, shift)]++;
        }
        int start = 0;
        for (int digit = 0; digit < BUCKETS; digit++) {
            int count = next[digit];
            if (count == keys.length) {
                return;
            }
            next[digit] = start;
            start += count;
        }
        for (int i = 0; i < keys.length; i++) {
            int place = next[digit(keys[i], shift)]++;
            sortedKeys[place] = keys[i];
            sortedOrder[place] = order[i];
        }
        long[] spareKeys = keys;
        keys = sortedKeys;
        sortedKeys = spareKeys;
        int[] spareOrder = order;
        order = sortedOrder;
        sortedOrder = spareOrder;
    }

    private static int digit(long key, int shift) {
        return (int) (key >>> shift) & (BUCKETS - 1);
    }
}
