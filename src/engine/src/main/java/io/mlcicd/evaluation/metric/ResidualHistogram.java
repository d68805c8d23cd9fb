package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.Pictures.ResidualBin;
import java.util.ArrayList;
import java.util.List;

/**
 * A histogram of numbers whose range is not known beforehand, in one pass: 17 to 32 bins of equal width as soon as the
 * numbers differ by more than rounding. Widths are powers of two and bins start at multiples of them, so that pairs of
 * bins merge exactly when the range outgrows them; the result does not depend on the order of the numbers.
 */
final class ResidualHistogram {

    private static final int BINS = 32;
    private static final int LEAST_EXPONENT = -1000;

    /** The weight of the bin of index i is at i modulo their number; used ones lie closer together than that. */
    private double[] weights = new double[BINS];

    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;
    private int exponent = LEAST_EXPONENT;
    private double binsPerUnit;

    /** Adds a number; infinite ones, the overflow of a difference, are passed over. */
    void add(double value, double weight) {
        if (value < least || value > greatest) {
            if (Double.isInfinite(value)) {
                return;
            }
            widen(value);
        }
        weights[slot(index(value))] += weight;
    }

    private void widen(double value) {
        boolean empty = least > greatest;
        long first = empty ? 0 : index(least);
        long last = empty ? -1 : index(greatest);
        int before = exponent;
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
        // Bins narrower than the spacing of such numbers would have indices that a long does not hold.
        exponent = Math.max(exponent, Math.getExponent(Math.ulp(Math.max(Math.abs(least), Math.abs(greatest)))));
        binsPerUnit = Math.scalb(1.0, -exponent);
        while (index(greatest) - index(least) >= BINS) {
            exponent++;
            binsPerUnit /= 2;
        }
        int merges = Math.min(exponent - before, Long.SIZE - 1);
        if (merges > 0) {
            double[] merged = new double[BINS];
            for (long i = first; i <= last; i++) {
                merged[slot(i >> merges)] += weights[slot(i)];
            }
            weights = merged;
        }
    }

    private long index(double value) {
        return (long) Math.floor(value * binsPerUnit);
    }

    private static int slot(long index) {
        return (int) (index & (BINS - 1));
    }

    /** The bins from the least to the greatest number, empty ones between them included. */
    List<ResidualBin> bins() {
        if (least > greatest) {
            return List.of();
        }
        long first = index(least);
        long last = index(greatest);
        if (first == last) {
            return List.of(new ResidualBin(least, greatest, weights[slot(first)]));
        }
        double width = Math.scalb(1.0, exponent);
        List<ResidualBin> bins = new ArrayList<>();
        for (long i = first; i <= last; i++) {
            bins.add(new ResidualBin(i * width, Math.min((i + 1) * width, Double.MAX_VALUE), weights[slot(i)]));
        }
        return bins;
    }
}
