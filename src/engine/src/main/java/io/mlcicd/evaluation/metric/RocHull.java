package io.mlcicd.evaluation.metric;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * The convex hull of a ROC path, found while the path is walked (monotone chains, A. M. Andrew, Information Processing
 * Letters 9, 1979). What a threshold is chosen by (cost, F1, Youden's index, the Kolmogorov–Smirnov statistic) is a linear
 * or linear-fractional function of the point, so that the best threshold of all is one of the hull's vertices (F. Provost,
 * T. Fawcett, Machine Learning 42, 2001), whatever the totals turn out to be. Hulls of real scores have a few hundred
 * vertices. Of more than {@value #MANY} those that stick out by less than {@value #FLAT} of the curve's height are dropped,
 * for its bends add up to a right angle only and can hold no more than some ten thousand others.
 */
final class RocHull {

    private static final int MANY = 1 << 15;
    private static final double FLAT = 1e-9;

    private final Chain upper = new Chain(1);
    private final Chain lower = new Chain(-1);

    /** Walks on to the next point, neither of whose coordinates may fall. */
    void add(double threshold, double falsePositives, double truePositives) {
        upper.add(threshold, falsePositives, truePositives);
        lower.add(threshold, falsePositives, truePositives);
    }

    /** The point at which the function of false and true positives is greatest; of equal ones that of highest threshold. */
    Cut best(DoubleBinaryOperator function) {
        Cut best = upper.best(function);
        Cut other = lower.best(function);
        double difference = value(function, other) - value(function, best);
        boolean otherIsBetter = difference > 0 || (difference == 0 && other.threshold() > best.threshold());
        return otherIsBetter ? other : best;
    }

    /** As {@link #best}, where only a value above a least one counts. */
    Optional<Cut> bestAbove(double least, DoubleBinaryOperator function) {
        return Optional.of(best(function)).filter(vertex -> value(function, vertex) > least);
    }

    private static double value(DoubleBinaryOperator function, Cut vertex) {
        return function.applyAsDouble(vertex.falsePositives(), vertex.truePositives());
    }

    /** One side of the hull, from where nothing is taken for positive. */
    private static final class Chain {

        private final double side;
        private double[] thresholds = new double[32];
        private double[] falsePositives = new double[32];
        private double[] truePositives = new double[32];
        private int size = 1;

        /**
         * A chain of that one point.
         *
         * @param side 1 for the upper side, -1 for the lower one
         */
        Chain(double side) {
            this.side = side;
            thresholds[0] = Double.POSITIVE_INFINITY;
        }

        void add(double threshold, double x, double y) {
            while (size >= 2 && !turnsAt(size - 1, x, y)) {
                size--;
            }
            if (size == thresholds.length) {
                makeRoom();
            }
            thresholds[size] = threshold;
            falsePositives[size] = x;
            truePositives[size] = y;
            size++;
        }

        /** Whether the chain still bends to its own side at that vertex when it goes on to the point. */
        private boolean turnsAt(int vertex, double x, double y) {
            double fromX = falsePositives[vertex] - falsePositives[vertex - 1];
            double fromY = truePositives[vertex] - truePositives[vertex - 1];
            double toX = x - falsePositives[vertex];
            double toY = y - truePositives[vertex];
            return side * (fromX * toY - fromY * toX) < 0;
        }

        private void makeRoom() {
            if (size >= MANY) {
                thin();
            }
            if (size > thresholds.length / 4 * 3) {
                thresholds = Arrays.copyOf(thresholds, 2 * thresholds.length);
                falsePositives = Arrays.copyOf(falsePositives, 2 * falsePositives.length);
                truePositives = Arrays.copyOf(truePositives, 2 * truePositives.length);
            }
        }

        /** Drops every other vertex, but for those that stick out; never the first or the last. */
        private void thin() {
            int kept = 1;
            for (int i = 1; i < size; i++) {
                if (i % 2 == 0 || i == size - 1 || sticksOut(i)) {
                    thresholds[kept] = thresholds[i];
                    falsePositives[kept] = falsePositives[i];
                    truePositives[kept] = truePositives[i];
                    kept++;
                }
            }
            size = kept;
        }

        /** Whether the vertex is far from the line between its neighbours, in a unit square of the path so far. */
        private boolean sticksOut(int vertex) {
            double width = falsePositives[size - 1];
            double height = truePositives[size - 1];
            double fromX = (falsePositives[vertex] - falsePositives[vertex - 1]) / width;
            double fromY = (truePositives[vertex] - truePositives[vertex - 1]) / height;
            double toX = (falsePositives[vertex + 1] - falsePositives[vertex]) / width;
            double toY = (truePositives[vertex + 1] - truePositives[vertex]) / height;
            return Math.abs(fromX * toY - fromY * toX) > FLAT * Math.hypot(fromX + toX, fromY + toY);
        }

        Cut best(DoubleBinaryOperator function) {
            int best = 0;
            double greatest = function.applyAsDouble(0, 0);
            for (int i = 1; i < size; i++) {
                double value = function.applyAsDouble(falsePositives[i], truePositives[i]);
                if (value > greatest) {
                    greatest = value;
                    best = i;
                }
            }
            return new Cut(thresholds[best], falsePositives[best], truePositives[best]);
        }
    }
}
