package io.mlcicd.drift.learner;

import java.util.Arrays;

/** The rows of one node of a growing tree, with their gradients and curvatures. */
final class NodeRows {

    private final int[] rows;
    private final double[] gradients;
    private final double[] curvatures;
    private final double gradient;
    private final double curvature;

    private NodeRows(int[] rows, double[] gradients, double[] curvatures) {
        this.rows = rows;
        this.gradients = gradients;
        this.curvatures = curvatures;
        this.gradient = Arrays.stream(gradients).sum();
        this.curvature = Arrays.stream(curvatures).sum();
    }

    /** These rows of all. */
    static NodeRows of(int[] rows, double[] gradients, double[] curvatures) {
        return new NodeRows(
                rows,
                Arrays.stream(rows).mapToDouble(row -> gradients[row]).toArray(),
                Arrays.stream(rows).mapToDouble(row -> curvatures[row]).toArray());
    }

    int size() {
        return rows.length;
    }

    /** The sum of the rows' gradients. */
    double gradient() {
        return gradient;
    }

    /** The sum of the rows' curvatures. */
    double curvature() {
        return curvature;
    }

    /** The sum of the rows' squared gradients. */
    double squaredGradient() {
        return Arrays.stream(gradients).map(each -> each * each).sum();
    }

    /** Adds each row to its bin: gradient, curvature and 1, one after the other. */
    void addTo(double[] histogram, byte[] codes) {
        for (int i = 0; i < rows.length; i++) {
            int at = 3 * (codes[rows[i]] & 0xff);
            histogram[at] += gradients[i];
            histogram[at + 1] += curvatures[i];
            histogram[at + 2]++;
        }
    }

    /** The rows that a question sends left, or right. */
    NodeRows side(Split split, BinnedMatrix x, boolean left) {
        byte[] codes = x.codes(split.feature());
        int missing = x.missing(split.feature());
        int[] chosen = new int[rows.length];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            int code = codes[rows[i]] & 0xff;
            boolean goesLeft = code == missing ? split.missingLeft() : code <= split.bin();
            if (goesLeft == left) {
                chosen[count++] = i;
            }
        }
        int[] own = new int[count];
        double[] ownGradients = new double[count];
        double[] ownCurvatures = new double[count];
        for (int i = 0; i < count; i++) {
            own[i] = rows[chosen[i]];
            ownGradients[i] = gradients[chosen[i]];
            ownCurvatures[i] = curvatures[chosen[i]];
        }
        return new NodeRows(own, ownGradients, ownCurvatures);
    }
}
