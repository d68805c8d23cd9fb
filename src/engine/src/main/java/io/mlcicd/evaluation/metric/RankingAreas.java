package io.mlcicd.evaluation.metric;

import io.mlcicd.statistic.DeLong;
import io.mlcicd.statistic.Uncertainty;
import java.util.Map;
import java.util.Optional;

/**
 * What a binary score's ranking is worth, from its steps in falling order; all rows of one score are one step, so that
 * their order cannot matter. {@code rocAuc} is the chance that a positive row scores above a negative one, ties counting
 * half (J. Hanley, B. McNeil, Radiology 143, 1982; {@code roc_auc_score}). {@code prAuc} is the average precision, the
 * step-wise area under the precision–recall curve ({@code average_precision_score}), and {@code prAucTrapezoidal} the area
 * under straight lines between its points ({@code auc} of {@code precision_recall_curve}). {@code liftTop10} is the share
 * of positives in the tenth of the rows that score highest over their share in all; of a step at its border as much of
 * both classes counts as fits.
 */
final class RankingAreas {

    private final double top;
    private final DeLong area = new DeLong();
    private double precisions;
    private double trapezoids;
    private double lastPrecision = 1;
    private double topPositives;

    /** Areas of rows of that total weight. */
    RankingAreas(double total) {
        this.top = total / 10;
    }

    /**
     * Adds all rows of the next lower score.
     *
     * @param squaredPositive the sum of the squared weights of the positive rows; so of the negative ones
     */
    void step(double positive, double squaredPositive, double negative, double squaredNegative) {
        double room = top - area.positives() - area.negatives();
        if (room > 0) {
            topPositives += positive * Math.min(1, room / (positive + negative));
        }
        area.step(positive, squaredPositive, negative, squaredNegative);
        double precision = area.positives() / (area.positives() + area.negatives());
        precisions += positive * precision;
        trapezoids += positive * (precision + lastPrecision) / 2;
        lastPrecision = precision;
    }

    double truePositives() {
        return area.positives();
    }

    double falsePositives() {
        return area.negatives();
    }

    /** The share of positives among the rows so far. */
    double precision() {
        return lastPrecision;
    }

    void metrics(Map<String, Double> metrics) {
        if (truePositives() > 0 && falsePositives() > 0) {
            metrics.put("rocAuc", rocAuc());
        }
        if (truePositives() > 0) {
            metrics.put("prAuc", averagePrecision());
            metrics.put("prAucTrapezoidal", trapezoids / truePositives());
            metrics.put("liftTop10", topPositives / top / lastPrecision);
        }
    }

    /** NaN unless there are rows of both classes. */
    double rocAuc() {
        return area.area();
    }

    /** NaN without positive rows. */
    double averagePrecision() {
        return precisions / truePositives();
    }

    void uncertainties(Map<String, Uncertainty> uncertainties) {
        uncertainty().ifPresent(ofArea -> uncertainties.put("rocAuc", ofArea));
    }

    /** The uncertainty of {@code rocAuc}. */
    Optional<Uncertainty> uncertainty() {
        return area.uncertainty();
    }
}
