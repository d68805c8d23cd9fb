package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.MetricOptions.Costs;

/**
 * How decisions between two classes turned out, as numbers of rows or their weights, each 0 or more. Ratios are those of
 * scikit-learn with {@code zero_division=0}: one whose divisor is 0 is 0.
 */
record BinaryOutcomes(double truePositives, double falsePositives, double falseNegatives, double trueNegatives) {

    double total() {
        return positives() + negatives();
    }

    double positives() {
        return truePositives + falseNegatives;
    }

    double negatives() {
        return trueNegatives + falsePositives;
    }

    double predictedPositives() {
        return truePositives + falsePositives;
    }

    double predictedNegatives() {
        return trueNegatives + falseNegatives;
    }

    /** The same decisions with the other class taken for the positive one. */
    BinaryOutcomes ofOtherClass() {
        return new BinaryOutcomes(
                /* truePositives= */ trueNegatives,
                /* falsePositives= */ falseNegatives,
                /* falseNegatives= */ falsePositives,
                /* trueNegatives= */ truePositives);
    }

    double accuracy() {
        return ratio(truePositives + trueNegatives, total());
    }

    double precision() {
        return ratio(truePositives, predictedPositives());
    }

    double recall() {
        return ratio(truePositives, positives());
    }

    double specificity() {
        return ratio(trueNegatives, negatives());
    }

    double positiveShare() {
        return ratio(predictedPositives(), total());
    }

    double prevalence() {
        return ratio(positives(), total());
    }

    /** The mean recall of the classes that occur; {@code balanced_accuracy_score}. */
    double balancedAccuracy() {
        if (positives() == 0) {
            return specificity();
        }
        return negatives() == 0 ? recall() : (recall() + specificity()) / 2;
    }

    /**
     * The weighted harmonic mean of precision and recall, in which recall counts beta times as much (C. J. van Rijsbergen,
     * Information Retrieval, 1979); {@code fbeta_score}.
     *
     * @param beta above 0
     */
    double f(double beta) {
        double square = beta * beta;
        return ratio(
                (1 + square) * truePositives, (1 + square) * truePositives + square * falseNegatives + falsePositives);
    }

    /**
     * Matthews correlation coefficient, -1 to 1 (B. W. Matthews, Biochimica et Biophysica Acta 405, 1975); 0 when either
     * side is constant; {@code matthews_corrcoef}.
     */
    double mcc() {
        double divisor = Math.sqrt(positives())
                * Math.sqrt(negatives())
                * Math.sqrt(predictedPositives())
                * Math.sqrt(predictedNegatives());
        return ratio(truePositives * trueNegatives - falsePositives * falseNegatives, divisor);
    }

    /** Whether Cohen's kappa is defined: chance alone must not already agree on every row. */
    boolean hasKappa() {
        return kappaDivisor() > 0;
    }

    /** Cohen's kappa, -1 to 1 (J. Cohen, Educational and Psychological Measurement 20, 1960); {@code cohen_kappa_score}. */
    double kappa() {
        return 2 * (truePositives * trueNegatives - falsePositives * falseNegatives) / kappaDivisor();
    }

    private double kappaDivisor() {
        return predictedPositives() * negatives() + positives() * predictedNegatives();
    }

    /** The mean cost of a row, in the unit of the costs. */
    double cost(Costs costs) {
        return ratio(
                costs.truePositive() * truePositives
                        + costs.falsePositive() * falsePositives
                        + costs.falseNegative() * falseNegatives
                        + costs.trueNegative() * trueNegatives,
                total());
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
