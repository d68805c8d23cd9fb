package io.mlcicd.drift.learner;

import java.util.Arrays;

/** A regression tree; node 0 is its root. */
final class Tree {

    private static final int LEAF = -1;

    private final int[] feature;
    private final int[] bin;
    private final double[] threshold;
    private final boolean[] missingLeft;
    private final int[] left;
    private final double[] value;
    private int size = 1;

    /** A tree of a root alone, with room for all nodes down to that depth. */
    Tree(int depth) {
        int room = (2 << depth) - 1;
        feature = new int[room];
        bin = new int[room];
        threshold = new double[room];
        missingLeft = new boolean[room];
        left = new int[room];
        value = new double[room];
        Arrays.fill(feature, LEAF);
    }

    void setValue(int node, double newValue) {
        value[node] = newValue;
    }

    /** Gives a leaf two children, of which the right one follows the left one; returns the left one. */
    int part(int node, Split split, double upper) {
        feature[node] = split.feature();
        bin[node] = split.bin();
        threshold[node] = upper;
        missingLeft[node] = split.missingLeft();
        left[node] = size;
        size += 2;
        return left[node];
    }

    /** Adds what the tree says of each row to a sum. */
    void addTo(double[] sum, Matrix x) {
        for (int row = 0; row < sum.length; row++) {
            int node = 0;
            while (feature[node] != LEAF) {
                double it = x.value(row, feature[node]);
                boolean goesLeft = Double.isNaN(it) ? missingLeft[node] : it <= threshold[node];
                node = goesLeft ? left[node] : left[node] + 1;
            }
            sum[row] += value[node];
        }
    }

    /** The same of rows whose values are known by bin. */
    void addTo(double[] sum, BinnedMatrix x) {
        for (int row = 0; row < sum.length; row++) {
            int node = 0;
            while (feature[node] != LEAF) {
                int code = x.codes(feature[node])[row] & 0xff;
                boolean goesLeft = code == x.missing(feature[node]) ? missingLeft[node] : code <= bin[node];
                node = goesLeft ? left[node] : left[node] + 1;
            }
            sum[row] += value[node];
        }
    }
}
