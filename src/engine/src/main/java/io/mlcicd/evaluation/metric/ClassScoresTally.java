package io.mlcicd.evaluation.metric;

import io.mlcicd.statistic.Uncertainty;
import io.mlcicd.statistic.WeightedMean;
import io.mlcicd.statistic.Wilson;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the scores of all classes say in each row by itself. A row is the true class's code and the scores. All metrics
 * are left out when the true class of a row has no score.
 *
 * <p>{@code logLoss} is the mean of -ln of the probability of the true class, in nats, clipped at the machine epsilon
 * ({@code log_loss}). {@code brier} is the mean over rows of the sum over classes of squared differences of probability
 * and outcome, 0 to 2; of two classes half of that (G. Brier, Monthly Weather Review 78, 1950; {@code brier_score_loss}).
 * Neither makes the probabilities of a row sum to 1. {@code ece} is the calibration error of the most probable class.
 * {@code top<k>Accuracy} is the share of rows whose true class is among the k of greatest score, the later class first of
 * equal ones ({@code top_k_accuracy_score}).
 */
final class ClassScoresTally implements Tally {

    /** 2^-52, where scikit-learn clips. */
    static final double EPSILON = Math.ulp(1.0);

    /** How far from 1 scikit-learn lets the probabilities of a row sum without a warning. */
    static final double SLACK = Math.sqrt(EPSILON);

    private final Scheme scheme;
    private final double[] hits;
    private final WeightedMean logLoss = new WeightedMean();
    private final WeightedMean brier = new WeightedMean();
    private final Reliability reliability = new Reliability();
    private double total;
    private double totalSquares;
    private double withoutScore;
    private double notSummingToOne;

    /** What all resamples of a bootstrap share. */
    static final class Scheme {

        private final int[] places;
        private final int scored;
        private final boolean probabilities;
        private final int[] topK;
        private final String[] topNames;

        /**
         * Of rows with that many scores.
         *
         * @param places by class, the index of its score in a row; 0 if it has none
         * @param probabilities whether all scores are from 0 to 1
         */
        Scheme(int[] places, int scored, List<Integer> topK, boolean probabilities) {
            this.places = places;
            this.scored = scored;
            this.probabilities = probabilities;
            this.topK = topK.stream().mapToInt(Integer::intValue).distinct().toArray();
            this.topNames = IntStream.of(this.topK)
                    .mapToObj(k -> "top" + k + "Accuracy")
                    .toArray(String[]::new);
        }
    }

    ClassScoresTally(Scheme scheme) {
        this.scheme = scheme;
        this.hits = new double[scheme.topK.length];
    }

    @Override
    public void add(double[] row, double weight, double squares) {
        total += weight;
        totalSquares += squares;
        int truth = scheme.places[(int) row[0]];
        if (truth == 0) {
            withoutScore += weight;
            return;
        }
        int better = 0;
        for (int j = 1; j <= scheme.scored; j++) {
            if (row[j] > row[truth] || (row[j] == row[truth] && j > truth)) {
                better++;
            }
        }
        for (int k = 0; k < scheme.topK.length; k++) {
            if (better < scheme.topK[k]) {
                hits[k] += weight;
            }
        }
        if (scheme.probabilities) {
            losses(row, truth, weight, squares);
        }
    }

    /** Adds many rows at once, by what {@link ClassScoreSums} sums. */
    void addSums(double[] codes, double[] sums, double weight, double squares) {
        total += weight;
        totalSquares += squares;
        if (codes[0] == 1) {
            withoutScore += weight;
            return;
        }
        for (int k = 0; k < scheme.topK.length; k++) {
            if (codes[1] < scheme.topK[k]) {
                hits[k] += weight;
            }
        }
        if (scheme.probabilities) {
            logLoss.addSums(weight, squares, sums[0], sums[1]);
            brier.addSums(weight, squares, sums[2], sums[3]);
            reliability.addSums((int) codes[2], codes[3] == 1 ? weight : 0, codes[3] == 1 ? 0 : weight, sums[4]);
            notSummingToOne += codes[4] == 1 ? weight : 0;
        }
    }

    private void losses(double[] row, int truth, double weight, double squaredWeight) {
        double squares = 0;
        double sum = 0;
        int most = 1;
        for (int j = 1; j <= scheme.scored; j++) {
            double error = row[j] - (j == truth ? 1 : 0);
            squares += error * error;
            sum += row[j];
            if (row[j] > row[most]) {
                most = j;
            }
        }
        if (Math.abs(sum - 1) > SLACK) {
            notSummingToOne += weight;
        }
        logLoss.add(-Math.log(Math.min(Math.max(row[truth], EPSILON), 1 - EPSILON)), weight, squaredWeight);
        brier.add(scheme.scored > 2 ? squares : squares / 2, weight, squaredWeight);
        reliability.add(row[most], most == truth ? weight : 0, most == truth ? 0 : weight);
    }

    @Override
    public void metrics(Map<String, Double> metrics) {
        if (!(total > 0) || withoutScore > 0) {
            return;
        }
        if (scheme.probabilities) {
            metrics.put("logLoss", logLoss.value());
            metrics.put("brier", brier.value());
            metrics.put("ece", reliability.calibrationError());
        }
        for (int k = 0; k < scheme.topK.length; k++) {
            metrics.put(scheme.topNames[k], hits[k] / total);
        }
    }

    @Override
    public void uncertainties(Map<String, Uncertainty> uncertainties) {
        if (!(total > 0) || withoutScore > 0) {
            return;
        }
        if (Double.isFinite(logLoss.standardError())) {
            uncertainties.put("logLoss", logLoss.uncertainty(0, Double.POSITIVE_INFINITY));
            uncertainties.put("brier", brier.uncertainty(0, greatestBrier()));
        }
        for (int k = 0; k < scheme.topK.length; k++) {
            uncertainties.put(scheme.topNames[k], new Wilson(hits[k] / total, ClassCounts.kish(total, totalSquares)));
        }
    }

    private double greatestBrier() {
        double unbounded = notSummingToOne > 0 ? scheme.scored : 2;
        return scheme.scored > 2 ? unbounded : unbounded / 2;
    }

    void describe(Findings findings) {
        if (withoutScore > 0) {
            findings.note("metrics of scores need a score of every class that is true in some row");
            return;
        }
        for (int k = 0; k < scheme.topK.length; k++) {
            if (scheme.topK[k] >= scheme.scored) {
                findings.note(scheme.topNames[k] + " says nothing, as no more classes than that have a score");
            }
        }
        if (!scheme.probabilities) {
            findings.note("logLoss, brier and ece need probabilities, but some scores are below 0 or above 1");
            return;
        }
        if (total > 0) {
            findings.calibration(reliability.bins());
        }
        if (notSummingToOne > 0) {
            findings.note("the scores of some rows do not sum to 1; logLoss and brier take them as they are");
        }
    }
}
