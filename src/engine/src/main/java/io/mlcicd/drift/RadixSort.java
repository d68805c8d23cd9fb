package io.mlcicd.drift;

import java.util.Arrays;

/**
 * Sorts numbers as whole numbers of the same order, 11 bits at a time from the lowest on; digits that all numbers share,
 * as those of small integers, are passed over. Several times as fast as comparing them.
 */
final class RadixSort {

    private static final int BITS = 11;
    private static final int DIGITS = 6;
    private static final int BUCKETS = 1 << BITS;
    private static final int MASK = BUCKETS - 1;

    /** Below this many, setting up the digits costs more than it saves. */
    private static final int FEW = 3000;

    private RadixSort() {}

    /** A number as a whole number that has its place in the order of all numbers; zeros of both signs are one. */
    static long key(double value) {
        long bits = Double.doubleToRawLongBits(value + 0.0);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    /** The number of that key. */
    static double value(long key) {
        return Double.longBitsToDouble(key ^ ((key >> 63) & Long.MAX_VALUE));
    }

    /**
     * Sorts the first of these keys.
     *
     * @param keys what to sort, and room for the result
     * @param count how many to sort
     * @param spare at least as long; what it held is lost
     */
    static void sort(long[] keys, int count, long[] spare) {
        if (count < FEW) {
            Arrays.sort(keys, 0, count);
            return;
        }
        int[][] starts = new int[DIGITS][BUCKETS];
        for (int i = 0; i < count; i++) {
            long key = keys[i] ^ Long.MIN_VALUE;
            for (int digit = 0; digit < DIGITS; digit++) {
                starts[digit][(int) (key >>> (digit * BITS)) & MASK]++;
            }
        }
        long[] from = keys;
        long[] to = spare;
        for (int digit = 0; digit < DIGITS; digit++) {
            int shift = digit * BITS;
            int[] next = starts[digit];
            if (next[(int) ((from[0] ^ Long.MIN_VALUE) >>> shift) & MASK] == count) {
                continue;
            }
            int sum = 0;
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                int size = next[bucket];
                next[bucket] = sum;
                sum += size;
            }
            for (int i = 0; i < count; i++) {
                long key = from[i];
                to[next[(int) ((key ^ Long.MIN_VALUE) >>> shift) & MASK]++] = key;
            }
            long[] swapped = from;
            from = to;
            to = swapped;
        }
        if (from != keys) {
            System.arraycopy(from, 0, keys, 0, count);
        }
    }
}
