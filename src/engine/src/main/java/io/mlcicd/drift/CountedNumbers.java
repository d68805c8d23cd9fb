package io.mlcicd.drift;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Values that are few, each with the number of times that it is there. */
final class CountedNumbers implements OrderedNumbers {

    private final double[] values;
    private final long[] below;

    /** Of these values with their counts, which are above 0. */
    CountedNumbers(NavigableMap<Double, Long> counts) {
        values = new double[counts.size()];
        below = new long[counts.size() + 1];
        int i = 0;
        for (Map.Entry<Double, Long> entry : counts.entrySet()) {
            values[i] = entry.getKey();
            below[i + 1] = below[i] + entry.getValue();
            i++;
        }
    }

    @Override
    public long count() {
        return below[values.length];
    }

    private double value(long rank) {
        int at = Arrays.binarySearch(below, rank);
        // Of a rank between two, the search tells where it would stand.
        return values[at >= 0 ? at : -at - 2];
    }

    @Override
    public List<Double> deciles() {
        return OrderedNumbers.deciles(count(), this::value);
    }

    @Override
    public List<Double> knots() {
        TreeSet<Double> knots = new TreeSet<>();
        for (double value : values) {
            knots.add(value);
            knots.add(Math.nextUp(value) + 0.0);
        }
        return List.copyOf(knots);
    }

    @Override
    public Moments moments() {
        Moments.Sum sum = new Moments.Sum();
        for (int i = 0; i < values.length; i++) {
            sum.add(values[i], (double) (below[i + 1] - below[i]));
        }
        return sum.moments();
    }

    @Override
    public double[] below(List<Double> places) {
        return places.stream()
                .mapToDouble(place -> {
                    int at = Arrays.binarySearch(values, place);
                    return below[at >= 0 ? at : -at - 1];
                })
                .toArray();
    }

    /** Hands the values of both to a walk, each different one once, in order. */
    static void merge(CountedNumbers reference, CountedNumbers current, PooledOrder walk) {
        NavigableMap<Double, long[]> both = new TreeMap<>();
        reference.addTo(both, 0);
        current.addTo(both, 1);
        both.forEach((value, counts) -> walk.add(value, counts[0], counts[1]));
    }

    private void addTo(NavigableMap<Double, long[]> both, int side) {
        for (int i = 0; i < values.length; i++) {
            both.computeIfAbsent(values[i], any -> new long[2])[side] = below[i + 1] - below[i];
        }
    }
}
