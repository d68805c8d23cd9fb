package io.mlcicd.drift.performance;

import io.mlcicd.statistic.Interval;
import io.mlcicd.statistic.NewcombeArea;
import java.util.Optional;

/**
 * The area under the expected ROC curve, when each row is positive with a probability: at each threshold the expected
 * numbers of true and of false positives. It is scikit-learn's {@code roc_auc_score} of every row twice, as a positive with
 * its probability for a weight and as a negative with the rest.
 */
final class ExpectedRoc {

    private double positives;
    private double negatives;
    private double won;
    private double tied;
    private double score = Double.NaN;
    private double tiedPositives;
    private double tiedNegatives;
    private double weights;
    private double squaredWeights;

    /** Adds a row whose score is not above the last one's. */
    void add(double rowScore, double probability, double weight) {
        add(rowScore, probability * weight, (1 - probability) * weight, weight, weight * weight);
    }

    /**
     * Adds rows of one score, which is not above the last one's.
     *
     * @param positive the sum of their probabilities, each times the row's weight
     * @param negative the same of the opposite
     * @param weight the sum of their weights
     * @param squaredWeight the sum of their squared weights
     */
    void add(double rowsScore, double positive, double negative, double weight, double squaredWeight) {
        if (rowsScore != score) {
            settle();
            score = rowsScore;
        }
        tiedPositives += positive;
        tiedNegatives += negative;
        weights += weight;
        squaredWeights += squaredWeight;
    }

    private void settle() {
        won += tiedNegatives * (positives + tiedPositives / 2);
        tied += tiedNegatives * tiedPositives / 2;
        positives += tiedPositives;
        negatives += tiedNegatives;
        tiedPositives = 0;
        tiedNegatives = 0;
    }

    /** By how much the area may be off when scores that were taken as equal are not; 0 without an area. */
    double tieError() {
        settle();
        return positives > 0 && negatives > 0 ? tied / (positives * negatives) : 0;
    }

    /** The area; empty unless both classes are possible. */
    Optional<EstimatedValue> area(double confidence) {
        settle();
        if (!(positives > 0 && negatives > 0)) {
            return Optional.empty();
        }
        double area = Math.max(0, Math.min(1, won / (positives * negatives)));
        double effective = weights / squaredWeights;
        Optional<Interval> interval = positives * effective >= 1 && negatives * effective >= 1
                ? Optional.of(new NewcombeArea(area, positives * effective, negatives * effective).interval(confidence))
                : Optional.empty();
        return Optional.of(new EstimatedValue(area, interval));
    }
}
