package io.mlcicd.evaluation.metric;

import io.mlcicd.statistic.Uncertainty;
import io.mlcicd.statistic.WeightedMean;
import java.util.Map;

/**
 * How well the scores of a row put the labels that hold above those that do not. A row is, label by label, 1 or 0 for
 * whether it holds, and its score.
 *
 * <p>With a label's rank the number of labels that score as high or higher: {@code coverageError} is the mean greatest rank
 * of a label that holds, 0 where none does ({@code coverage_error}). {@code lrap} is the mean over rows of the mean over
 * labels that hold of the share, among the labels up to its rank, that holds; 1 where all or no labels hold ({@code
 * label_ranking_average_precision_score}). {@code rankingLoss} is the mean share of pairs of a label that holds and one
 * that does not whose order is wrong, ties counting as wrong; 0 where there is no pair ({@code label_ranking_loss}); all
 * in G. Tsoumakas, I. Katakis, I. Vlahavas, "Mining Multi-label Data", 2010. {@code logLoss}, of probabilities, is the mean
 * over rows and labels of -ln of the probability of what is true of the label, in nats ({@code log_loss} of each label).
 */
final class LabelRankingTally implements Tally {

    /** 2^-52, where scikit-learn clips. */
    static final double EPSILON = Math.ulp(1.0);

    private final int labels;
    private final boolean probabilities;
    private final WeightedMean coverageError = new WeightedMean();
    private final WeightedMean averagePrecision = new WeightedMean();
    private final WeightedMean rankingLoss = new WeightedMean();
    private final WeightedMean logLoss = new WeightedMean();

    LabelRankingTally(int labels, boolean probabilities) {
        this.labels = labels;
        this.probabilities = probabilities;
    }

    @Override
    public void add(double[] row, double weight, double squares) {
        int held = 0;
        int coverage = 0;
        long wrongPairs = 0;
        double precisions = 0;
        for (int i = 0; i < labels; i++) {
            if (row[2 * i] == 1) {
                held++;
                int rank = 0;
                int heldUpToRank = 0;
                for (int j = 0; j < labels; j++) {
                    if (row[2 * j + 1] >= row[2 * i + 1]) {
                        rank++;
                        if (row[2 * j] == 1) {
                            heldUpToRank++;
                        }
                    }
                }
                coverage = Math.max(coverage, rank);
                wrongPairs += rank - heldUpToRank;
                precisions += (double) heldUpToRank / rank;
            }
        }
        coverageError.add(coverage, weight, squares);
        boolean some = held > 0 && held < labels;
        averagePrecision.add(some ? precisions / held : 1, weight, squares);
        rankingLoss.add(some ? wrongPairs / ((double) held * (labels - held)) : 0, weight, squares);
        if (probabilities) {
            logLoss.add(loss(row), weight, squares);
        }
    }

    /** Adds many rows at once, by what {@link LabelRankingSums} sums. */
    void addSums(double[] sums, double weight, double squares) {
        coverageError.addSums(weight, squares, sums[0], sums[1]);
        averagePrecision.addSums(weight, squares, sums[2], sums[3]);
        rankingLoss.addSums(weight, squares, sums[4], sums[5]);
        if (probabilities) {
            logLoss.addSums(weight, squares, sums[6], sums[7]);
        }
    }

    private double loss(double[] row) {
        double sum = 0;
        for (int i = 0; i < labels; i++) {
            double ofTruth = row[2 * i] == 1 ? row[2 * i + 1] : 1 - row[2 * i + 1];
            sum -= Math.log(Math.min(Math.max(ofTruth, EPSILON), 1 - EPSILON));
        }
        return sum / labels;
    }

    @Override
    public void metrics(Map<String, Double> metrics) {
        if (!(coverageError.weight() > 0)) {
            return;
        }
        metrics.put("coverageError", coverageError.value());
        metrics.put("lrap", averagePrecision.value());
        metrics.put("rankingLoss", rankingLoss.value());
        if (probabilities) {
            metrics.put("logLoss", logLoss.value());
        }
    }

    @Override
    public void uncertainties(Map<String, Uncertainty> uncertainties) {
        if (!Double.isFinite(coverageError.standardError())) {
            return;
        }
        uncertainties.put("coverageError", coverageError.uncertainty(0, labels));
        uncertainties.put("lrap", averagePrecision.uncertainty(0, 1));
        uncertainties.put("rankingLoss", rankingLoss.uncertainty(0, 1));
        if (probabilities) {
            uncertainties.put("logLoss", logLoss.uncertainty(0, Double.POSITIVE_INFINITY));
        }
    }
}
