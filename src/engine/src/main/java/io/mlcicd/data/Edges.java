package io.mlcicd.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Places the edges of a profile's histograms; they rise strictly, so equal ones are one. */
final class Edges {

    /** How many bins hold about equally many values each. */
    static final int EQUAL_FREQUENCY = 50;

    /** How many bins are equally wide. */
    static final int EQUAL_WIDTH = 20;

    private Edges() {}

    /** Edges at equal steps of frequency. */
    static List<Double> equalFrequency(DoubleUnaryOperator quantile) {
        List<Double> edges = new ArrayList<>();
        for (int i = 0; i <= EQUAL_FREQUENCY; i++) {
            add(edges, quantile.applyAsDouble((double) i / EQUAL_FREQUENCY));
        }
        return List.copyOf(edges);
    }

    /** Edges at equal distance. */
    static List<Double> equalWidth(double min, double max) {
        List<Double> edges = new ArrayList<>();
        for (int i = 0; i < EQUAL_WIDTH; i++) {
            double share = (double) i / EQUAL_WIDTH;
            add(edges, Math.min(min * (1 - share) + max * share, max));
        }
        add(edges, max);
        return List.copyOf(edges);
    }

    private static void add(List<Double> edges, double edge) {
        if (edges.isEmpty() || edge > edges.get(edges.size() - 1)) {
            edges.add(edge);
        }
    }
}
