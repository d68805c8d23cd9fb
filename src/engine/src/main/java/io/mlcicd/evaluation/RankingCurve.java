package io.mlcicd.evaluation;

import io.mlcicd.evaluation.EvaluationDetails.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Areas under the ROC and the precision–recall curve, from counts by score in falling order. Rows of equal score are one
 * step, as in scikit-learn, so that their order cannot matter.
 */
final class RankingCurve {

    private static final int POINTS = 200;

    private final double positives;
    private final double negatives;
    private final List<Point> roc = new ArrayList<>();
    private final List<Point> precisionRecall = new ArrayList<>();
    private long truePositives;
    private long falsePositives;
    private double pairsWon;
    private double averagePrecision;

    /** A curve over that many positive and negative rows. */
    RankingCurve(long positives, long negatives) {
        this.positives = positives;
        this.negatives = negatives;
        roc.add(new Point(0, 0));
    }

    /** Adds all rows of the next lower score. */
    void step(long positive, long negative) {
        pairsWon += negative * (truePositives + positive / 2.0);
        truePositives += positive;
        falsePositives += negative;
        double recall = truePositives / positives;
        double precision = truePositives / (double) (truePositives + falsePositives);
        averagePrecision += positive / positives * precision;
        if (negatives > 0 && positives > 0) {
            keep(roc, new Point(falsePositives / negatives, recall));
        }
        if (positives > 0) {
            keep(precisionRecall, new Point(recall, precision));
        }
    }

    /** A curve of millions of steps looks the same drawn through points a two-hundredth apart. */
    private static void keep(List<Point> curve, Point next) {
        if (curve.size() >= 2) {
            Point anchor = curve.get(curve.size() - 2);
            double far = 1.0 / POINTS;
            if (Math.abs(next.x() - anchor.x()) < far && Math.abs(next.y() - anchor.y()) < far) {
                curve.remove(curve.size() - 1);
            }
        }
        curve.add(next);
    }

    /**
     * Area under the ROC curve: the chance that a positive row scores above a negative one, ties counting half (Hanley
     * and McNeil, Radiology 143, 1982). Empty unless both kinds of rows exist.
     */
    OptionalDouble rocAuc() {
        return positives > 0 && negatives > 0
                ? OptionalDouble.of(pairsWon / (positives * negatives))
                : OptionalDouble.empty();
    }

    /**
     * Average precision, the step-wise area under the precision–recall curve (scikit-learn's {@code
     * average_precision_score}). Empty without a positive row.
     */
    OptionalDouble averagePrecision() {
        return positives > 0 ? OptionalDouble.of(averagePrecision) : OptionalDouble.empty();
    }

    List<Point> roc() {
        return List.copyOf(roc);
    }

    List<Point> precisionRecall() {
        return List.copyOf(precisionRecall);
    }
}
