package io.mlcicd.evaluation.metric;

import io.mlcicd.statistic.Uncertainty;
import io.mlcicd.statistic.WeightedMean;
import java.util.Map;

/**
 * How good the probabilities of a binary classifier are, from steps of equal ones in falling order. {@code logLoss} is the
 * mean of -ln of the probability of the true class, in nats, clipped at the machine epsilon ({@code log_loss}); {@code
 * brier} the mean squared difference of probability and outcome (G. Brier, Monthly Weather Review 78, 1950; {@code
 * brier_score_loss}); {@code ece} the calibration error of {@link Reliability}.
 */
final class ProbabilityLosses {

    /** 2^-52, where scikit-learn clips. */
    static final double EPSILON = Math.ulp(1.0);

    private final WeightedMean logLoss = new WeightedMean();
    private final WeightedMean brier = new WeightedMean();
    private final Reliability reliability = new Reliability();

    /**
     * Adds all rows of the next lower probability.
     *
     * @param squaredPositive the sum of the squared weights of the positive rows; so of the negative ones
     */
    void step(double probability, double positive, double squaredPositive, double negative, double squaredNegative) {
        if (positive > 0) {
            add(probability, positive, squaredPositive);
        }
        if (negative > 0) {
            add(1 - probability, negative, squaredNegative);
        }
        reliability.add(probability, positive, negative);
    }

    private void add(double ofTrueClass, double weight, double squaredWeight) {
        logLoss.add(-Math.log(Math.min(Math.max(ofTrueClass, EPSILON), 1 - EPSILON)), weight, squaredWeight);
        brier.add((1 - ofTrueClass) * (1 - ofTrueClass), weight, squaredWeight);
    }

    /** Adds many rows of one class and bin at once, by what {@link ProbabilitySums} sums. */
    void addSums(boolean positive, int bin, double[] sums, double weight, double squares) {
        logLoss.addSums(weight, squares, sums[0], sums[1]);
        brier.addSums(weight, squares, sums[2], sums[3]);
        reliability.addSums(bin, positive ? weight : 0, positive ? 0 : weight, sums[4]);
    }

    void metrics(Map<String, Double> metrics) {
        if (logLoss.weight() > 0) {
            metrics.put("logLoss", logLoss.value());
            metrics.put("brier", brier.value());
            metrics.put("ece", reliability.calibrationError());
        }
    }

    void uncertainties(Map<String, Uncertainty> uncertainties) {
        BinaryCounts.mean(uncertainties, "logLoss", logLoss, 0, Double.POSITIVE_INFINITY);
        BinaryCounts.mean(uncertainties, "brier", brier, 0, 1);
    }

    Reliability reliability() {
        return reliability;
    }
}
