package io.mlcicd.drift.learner;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How a column's values fall into bins: value bins in rising order, and one bin for missing values after them.
 *
 * <p>Few different values have a bin each; of many, the bins have equal frequency in the rows, or in a sample of {@value
 * #SAMPLED_ROWS} of them.
 */
final class FeatureBins {

    /** Quantiles of this many rows put no bin's edge off by more than a small part of the bin. */
    private static final int SAMPLED_ROWS = 20_000;

    /** Rising; a value is in the first bin whose cut is not below it. */
    private final double[] cuts;

    private FeatureBins(double[] cuts) {
        this.cuts = cuts;
    }

    /** The bins for a column, at most {@code most} of them together with the one for missing values. */
    static FeatureBins of(double[] values, int most, long seed) {
        double[] sorted = Arrays.stream(sample(values, seed))
                .filter(value -> !Double.isNaN(value))
                .map(value -> value + 0.0)
                .sorted()
                .toArray();
        int valueBins = most - 1;
        double[] distinct = Arrays.stream(sorted).distinct().toArray();
        double[] cuts = new double[Math.max(0, Math.min(distinct.length, valueBins) - 1)];
        int count = 0;
        if (distinct.length <= valueBins) {
            for (int i = 1; i < distinct.length; i++) {
                cuts[count++] = between(distinct[i - 1], distinct[i]);
            }
        } else {
            for (int i = 1; i < valueBins; i++) {
                int rank = (int) ((long) i * sorted.length / valueBins);
                int above = Arrays.binarySearch(distinct, sorted[rank]);
                double cut = above == 0 ? distinct[0] : between(distinct[above - 1], distinct[above]);
                if (count == 0 || cut > cuts[count - 1]) {
                    cuts[count++] = cut;
                }
            }
        }
        return new FeatureBins(Arrays.copyOf(cuts, count));
    }

    private static double[] sample(double[] values, long seed) {
        if (values.length <= SAMPLED_ROWS) {
            return values;
        }
        return Arrays.stream(RowSample.of(values.length, SAMPLED_ROWS, new SplittableRandom(seed)))
                .mapToDouble(row -> values[row])
                .toArray();
    }

    /** A number that is not below {@code low} and below {@code high}, half way where there is one. */
    private static double between(double low, double high) {
        double middle = low / 2 + high / 2;
        return low <= middle && middle < high ? middle : low;
    }

    /** The bins of these values, as unsigned bytes. */
    byte[] codes(double[] values) {
        byte[] codes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            codes[i] = (byte) bin(values[i]);
        }
        return codes;
    }

    private int bin(double value) {
        if (Double.isNaN(value)) {
            return missing();
        }
        int low = 0;
        int high = cuts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cuts[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The bin of missing values, which is also the number of bins with values. */
    int missing() {
        return cuts.length + 1;
    }

    /** The greatest value that may be in that bin; infinite for the last bin of values. */
    double upper(int bin) {
        return bin < cuts.length ? cuts[bin] : Double.POSITIVE_INFINITY;
    }
}
