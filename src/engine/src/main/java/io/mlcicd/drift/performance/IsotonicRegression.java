package io.mlcicd.drift.performance;

import io.mlcicd.data.DataEngine;
import java.util.Arrays;

/**
 * The rising step function that fits best by weighted squares, by pooling adjacent violators (M. Ayer, H. D. Brunk, G. M.
 * Ewing, W. T. Reid and E. Silverman, Annals of Mathematical Statistics 26, 1955; R. E. Barlow et al., Statistical Inference
 * under Order Restrictions, 1972), linear between the steps' ends and constant beyond the first and the last, as
 * scikit-learn's {@code IsotonicRegression(out_of_bounds="clip")}.
 */
final class IsotonicRegression {

    private final double[] knots;
    private final double[] values;

    private IsotonicRegression(double[] knots, double[] values) {
        this.knots = knots;
        this.values = values;
    }

    /**
     * Fits.
     *
     * @param x not falling, at least one
     * @param y as many
     * @param weights as many, each above 0
     */
    static IsotonicRegression ofSorted(double[] x, double[] y, double[] weights) {
        int n = 0;
        double[] knots = new double[x.length];
        double[] means = new double[x.length];
        double[] sums = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            if (n == 0 || x[i] != knots[n - 1]) {
                knots[n] = x[i];
                means[n] = y[i];
                sums[n++] = weights[i];
            } else {
                sums[n - 1] += weights[i];
                means[n - 1] += (y[i] - means[n - 1]) * weights[i] / sums[n - 1];
            }
        }
        double[] fitted = pooled(means, sums, n);
        // Only the ends of a step are needed to draw it.
        int kept = 0;
        double[] ends = new double[n];
        double[] heights = new double[n];
        for (int i = 0; i < n; i++) {
            boolean inside = i > 0 && i < n - 1 && fitted[i] == fitted[i - 1] && fitted[i] == fitted[i + 1];
            if (!inside) {
                ends[kept] = knots[i];
                heights[kept++] = fitted[i];
            }
        }
        return new IsotonicRegression(Arrays.copyOf(ends, kept), Arrays.copyOf(heights, kept));
    }

    /** Blocks of neighbours whose means rise; a block that does not is pooled with the one before. */
    private static double[] pooled(double[] means, double[] sums, int n) {
        double[] height = new double[n];
        double[] weight = new double[n];
        int[] size = new int[n];
        int blocks = 0;
        for (int i = 0; i < n; i++) {
            height[blocks] = means[i];
            weight[blocks] = sums[i];
            size[blocks++] = 1;
            while (blocks > 1 && height[blocks - 2] >= height[blocks - 1]) {
                blocks--;
                double both = weight[blocks - 1] + weight[blocks];
                height[blocks - 1] += (height[blocks] - height[blocks - 1]) * weight[blocks] / both;
                weight[blocks - 1] = both;
                size[blocks - 1] += size[blocks];
            }
        }
        double[] fitted = new double[n];
        int at = 0;
        for (int block = 0; block < blocks; block++) {
            Arrays.fill(fitted, at, at + size[block], height[block]);
            at += size[block];
        }
        return fitted;
    }

    /**
     * The function's value in SQL.
     *
     * @param x a finite double, in SQL
     */
    String sql(String x) {
        int last = knots.length - 1;
        String inside = last == 0 ? DataEngine.literal(values[0]) : pieces(x, 0, last);
        return "CASE WHEN %1$s <= %2$s THEN %3$s WHEN %1$s >= %4$s THEN %5$s ELSE %6$s END"
                .formatted(
                        x,
                        DataEngine.literal(knots[0]),
                        DataEngine.literal(values[0]),
                        DataEngine.literal(knots[last]),
                        DataEngine.literal(values[last]),
                        inside);
    }

    /** A search by halves finds the piece between two knots. */
    private String pieces(String x, int from, int to) {
        if (to - from > 1) {
            int middle = (from + to) >>> 1;
            return "CASE WHEN %s < %s THEN %s ELSE %s END"
                    .formatted(x, DataEngine.literal(knots[middle]), pieces(x, from, middle), pieces(x, middle, to));
        }
        if (values[from] == values[to]) {
            return DataEngine.literal(values[from]);
        }
        // The distance of two doubles need not be one.
        double slope = Math.min(Double.MAX_VALUE, (values[to] - values[from]) / (knots[to] - knots[from]));
        return "LEAST(%s, %s + (%s - %s) * %s)"
                .formatted(
                        DataEngine.literal(values[to]),
                        DataEngine.literal(values[from]),
                        x,
                        DataEngine.literal(knots[from]),
                        DataEngine.literal(slope));
    }

    /** The function's value. */
    double at(double x) {
        int last = knots.length - 1;
        if (x <= knots[0]) {
            return values[0];
        }
        if (x >= knots[last]) {
            return values[last];
        }
        int found = Arrays.binarySearch(knots, x);
        if (found >= 0) {
            return values[found];
        }
        int right = -found - 1;
        double share = (x - knots[right - 1]) / (knots[right] - knots[right - 1]);
        return values[right - 1] + share * (values[right] - values[right - 1]);
    }
}
