package io.mlcicd.drift;

import io.mlcicd.data.distance.Binning;
import java.util.Collections;
import java.util.List;

/** How many values of a column lie below each of some points: its distribution function, times the number of values. */
final class CumulativeCounts {

    private final List<Double> points;
    private final double[] below;
    private final double values;

    /**
     * Counts below points.
     *
     * @param points the points, rising
     * @param below for each point the number of values below it
     * @param values number of values in all
     */
    CumulativeCounts(List<Double> points, double[] below, long values) {
        this.points = points;
        this.below = below;
        this.values = (double) values;
    }

    /** The number of values in each bin, whose cuts must be among the points. */
    double[] in(Binning binning) {
        double[] counts = new double[binning.size()];
        double before = 0;
        for (int i = 0; i < counts.length; i++) {
            boolean last = i == counts.length - 1;
            double end = last
                    ? values
                    : below[Collections.binarySearch(points, binning.cuts().get(i))];
            counts[i] = end - before;
            before = end;
        }
        return counts;
    }

    /** The greatest distance to the other's distribution function at the points of both, 0 to 1; both have values. */
    double distanceTo(CumulativeCounts other) {
        double greatest = 0;
        for (int i = 0; i < below.length; i++) {
            greatest = Math.max(greatest, Math.abs(below[i] / values - other.below[i] / other.values));
        }
        return greatest;
    }
}
