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
    private double score = Double.NaN;
    private double tiedPositives;
    private double tiedNegatives;
    private double weights;
    private double squaredWeights;

    /** Adds a row whose score is not above the last one's. */
    void add(double rowScore, double probability, double weight) {
        if (rowScore != score) {
            settle();
            score = rowScore;
        }
        tiedPositives += probability * weight;
        tiedNegatives += (1 - probability) * weight;
        weights += weight;
        squaredWeights += weight * weight;
    }

    private void settle() {
        won += tiedNegatives * (positives + tiedPositives / 2);
        positives += tiedPositives;
        negatives += tiedNegatives;
        tiedPositives = 0;
        tiedNegatives = 0;
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
