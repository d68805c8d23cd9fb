package io.mlcicd.drift.performance;

import io.mlcicd.drift.performance.DetectorState.Bucket;
import java.util.ArrayList;
import java.util.List;

/**
 * Adaptive windowing of A. Bifet and R. Gavaldà, "Learning from time-changing data with adaptive windowing", SDM 2007: a
 * window of the newest values, which loses its oldest ones as long as some cut leaves two parts whose means differ by more
 * than chance explains. The window is an exponential histogram with up to five buckets of each size, variances as in B.
 * Babcock et al., PODS 2003. As river's {@code ADWIN} with its default sizes; values are between 0 and 1.
 */
final class Adwin implements Detector {

    private static final int MOST_BUCKETS = 5;
    private static final int LEAST_PART = 5;
    private static final int GRACE = 10;

    private final double delta;
    private final int clock;
    private final List<List<Bucket>> levels = new ArrayList<>();
    private long heard;
    private double width;
    private double total;
    private double variance;

    Adwin(DetectorState.OfAdwin state) {
        delta = state.delta();
        clock = state.clock();
        heard = state.heard();
        total = state.total();
        variance = state.variance();
        for (int level = 0; level < state.levels().size(); level++) {
            List<Bucket> buckets = new ArrayList<>(state.levels().get(level));
            levels.add(buckets);
            width += buckets.size() * size(level);
        }
    }

    private static double size(int level) {
        return (double) (1L << level);
    }

    @Override
    public Signal add(double value) {
        insert(value);
        heard++;
        if (heard % clock != 0 || width <= GRACE) {
            return Signal.NONE;
        }
        double before = total / width;
        boolean shrunk = false;
        while (hasCut()) {
            dropOldest();
            shrunk = true;
        }
        if (!shrunk) {
            return Signal.NONE;
        }
        return total / width > before ? Signal.DRIFT : Signal.BETTER;
    }

    /** Number of values in the window. */
    long width() {
        return (long) width;
    }

    private void insert(double value) {
        if (width > 0) {
            double distance = value - total / width;
            variance += width * distance * distance / (width + 1);
        }
        width++;
        total += value;
        levels.get(0).add(new Bucket(value, 0));
        for (int level = 0; levels.get(level).size() > MOST_BUCKETS; level++) {
            if (level + 1 == levels.size()) {
                levels.add(new ArrayList<>());
            }
            List<Bucket> buckets = levels.get(level);
            levels.get(level + 1).add(merged(buckets.remove(0), buckets.remove(0), size(level)));
        }
    }

    private static Bucket merged(Bucket one, Bucket other, double size) {
        double distance = (one.total() - other.total()) / size;
        return new Bucket(
                one.total() + other.total(), one.variance() + other.variance() + size / 2 * distance * distance);
    }

    private boolean hasCut() {
        double old = 0;
        double oldTotal = 0;
        for (int level = levels.size() - 1; level >= 0; level--) {
            for (Bucket bucket : levels.get(level)) {
                old += size(level);
                oldTotal += bucket.total();
                double recent = width - old;
                if (old >= LEAST_PART
                        && recent >= LEAST_PART
                        && Math.abs(oldTotal / old - (total - oldTotal) / recent) > bound(old, recent)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** By how much the means of two parts may differ: the paper's bound by the variance, with river's parts' sizes. */
    private double bound(double old, double recent) {
        double confidence = Math.log(2 * Math.log(width) / delta);
        double reciprocal = 1 / (old - LEAST_PART + 1) + 1 / (recent - LEAST_PART + 1);
        return Math.sqrt(2 * reciprocal * Math.max(0, variance / width) * confidence)
                + 2.0 / 3 * confidence * reciprocal;
    }

    private void dropOldest() {
        int level = levels.size() - 1;
        Bucket oldest = levels.get(level).remove(0);
        double size = size(level);
        width -= size;
        total -= oldest.total();
        double distance = oldest.total() / size - total / width;
        variance -= oldest.variance() + size * width * distance * distance / (size + width);
        while (levels.size() > 1 && levels.get(levels.size() - 1).isEmpty()) {
            levels.remove(levels.size() - 1);
        }
    }

    @Override
    public DetectorState state() {
        return new DetectorState.OfAdwin(delta, clock, heard, total, variance, levels);
    }
}
