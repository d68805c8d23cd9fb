package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.Pictures.NamedCurve;
import io.mlcicd.evaluation.metric.Pictures.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The path of false and true positives as the threshold falls, thinned while it is walked to points that look the same:
 * neighbours are less than a step apart in false and true positive rate and in precision, or are neighbours on the path
 * itself. Rates only shrink as the totals grow, so that what was dropped early would be dropped at the end, too.
 */
final class RankingPath {

    /** Points of a curve, its first corner included. */
    private static final int POINTS = 400;

    private static final int BUFFER = 4096;
    private static final double FINEST = 0.002;

    private final double[] falsePositives = new double[BUFFER];
    private final double[] truePositives = new double[BUFFER];
    private final double[] precisions = new double[BUFFER];
    private int size;

    /** Walks on to the next point. */
    void add(double fp, double tp, double precision) {
        if (size == BUFFER) {
            thinTo(BUFFER / 2);
        }
        falsePositives[size] = fp;
        truePositives[size] = tp;
        precisions[size] = precision;
        size++;
    }

    private void thinTo(int limit) {
        for (double step = FINEST; size > limit; step *= 1.25) {
            thin(step);
        }
    }

    private void thin(double step) {
        double perNegative = 1 / Math.max(falsePositives[size - 1], Double.MIN_NORMAL);
        double perPositive = 1 / Math.max(truePositives[size - 1], Double.MIN_NORMAL);
        int kept = 1;
        int last = 0;
        for (int i = 1; i < size; i++) {
            if (i < size - 1 && !apart(last, i + 1, step, perNegative, perPositive)) {
                continue;
            }
            // The point before a jump is kept as well as the one after it, or the jump would become a slope.
            falsePositives[kept] = falsePositives[i];
            truePositives[kept] = truePositives[i];
            precisions[kept] = precisions[i];
            last = kept;
            kept++;
        }
        size = kept;
    }

    private boolean apart(int a, int b, double step, double perNegative, double perPositive) {
        return (falsePositives[b] - falsePositives[a]) * perNegative > step
                || (truePositives[b] - truePositives[a]) * perPositive > step
                || Math.abs(precisions[b] - precisions[a]) > step;
    }

    /** The curves that are defined for these rows; the path ends here. */
    List<NamedCurve> curves() {
        return curves(Optional.empty(), POINTS);
    }

    /** The same, about a class or label, of that many points at most. */
    List<NamedCurve> curves(Optional<String> about, int points) {
        thinTo(points - 1);
        List<NamedCurve> curves = new ArrayList<>();
        double negatives = size == 0 ? 0 : falsePositives[size - 1];
        double positives = size == 0 ? 0 : truePositives[size - 1];
        double[] recall = divided(truePositives, positives);
        if (positives > 0 && negatives > 0) {
            curves.add(curve(about, "roc", 0, divided(falsePositives, negatives), recall));
        }
        if (positives > 0) {
            double[] taken = new double[size];
            Arrays.setAll(taken, i -> (falsePositives[i] + truePositives[i]) / (positives + negatives));
            curves.add(curve(about, "precisionRecall", 1, recall, precisions));
            curves.add(curve(about, "gain", 0, taken, recall));
        }
        return curves;
    }

    private double[] divided(double[] values, double by) {
        double[] shares = new double[size];
        Arrays.setAll(shares, i -> values[i] / by);
        return shares;
    }

    /** A curve from its first corner on, which is at x = 0 and as high as told. */
    private NamedCurve curve(Optional<String> about, String kind, double height, double[] x, double[] y) {
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, height));
        for (int i = 0; i < size; i++) {
            points.add(new Point(x[i], y[i]));
        }
        return new NamedCurve(kind, about, List.copyOf(points));
    }
}
