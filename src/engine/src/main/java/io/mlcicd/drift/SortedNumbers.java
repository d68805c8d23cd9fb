package io.mlcicd.drift;

import java.util.List;
import java.util.TreeSet;

/** Values that fit into memory. */
final class SortedNumbers implements OrderedNumbers {

    private static final int KNOTS = 1000;

    private final long[] keys;
    private final int count;

    /**
     * Sorted values.
     *
     * @param keys keys of {@link RadixSort}, of which the first are sorted; must not change
     * @param count how many those are
     */
    SortedNumbers(long[] keys, int count) {
        this.keys = keys;
        this.count = count;
    }

    @Override
    public long count() {
        return count;
    }

    /** The value of that rank, counted from 0. */
    double value(int rank) {
        return RadixSort.value(keys[rank]);
    }

    @Override
    public List<Double> deciles() {
        return OrderedNumbers.deciles(count, rank -> value((int) rank));
    }

    @Override
    public List<Double> knots() {
        TreeSet<Double> knots = new TreeSet<>();
        int different = 0;
        for (int i = 0; i < count && different <= KNOTS; i++) {
            different += i == 0 || keys[i] != keys[i - 1] ? 1 : 0;
        }
        long steps = different <= KNOTS ? count : KNOTS;
        for (long step = 0; step < steps; step++) {
            double value = value((int) (step * (count - 1L) / Math.max(1, steps - 1)));
            knots.add(value);
            knots.add(Math.nextUp(value) + 0.0);
        }
        return List.copyOf(knots);
    }

    @Override
    public Moments moments() {
        Moments.Sum sum = new Moments.Sum();
        for (int i = 0; i < count; i++) {
            sum.add(value(i), 1);
        }
        return sum.moments();
    }

    @Override
    public double[] below(List<Double> places) {
        return places.stream().mapToDouble(this::below).toArray();
    }

    private double below(double place) {
        long key = RadixSort.key(place);
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (keys[middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Hands the values of both to a walk, each different one once, in order. */
    static void merge(SortedNumbers reference, SortedNumbers current, PooledOrder walk) {
        long[] a = reference.keys;
        long[] b = current.keys;
        int n = reference.count;
        int m = current.count;
        int i = 0;
        int j = 0;
        while (i < n || j < m) {
            long key = j == m || (i < n && a[i] <= b[j]) ? a[i] : b[j];
            int startA = i;
            while (i < n && a[i] == key) {
                i++;
            }
            int startB = j;
            while (j < m && b[j] == key) {
                j++;
            }
            walk.add(RadixSort.value(key), i - startA, j - startB);
        }
    }
}
