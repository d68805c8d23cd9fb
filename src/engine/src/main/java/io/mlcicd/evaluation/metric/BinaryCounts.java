package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.MetricOptions.Costs;
import io.mlcicd.statistic.Uncertainty;
import io.mlcicd.statistic.WeightedMean;
import io.mlcicd.statistic.Wilson;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Counts decisions between two classes by how they turned out. Shares have Wilson's interval over the effective number of
 * the rows in their divisor; the mean cost has a normal one.
 */
final class BinaryCounts {

    private final MetricOptions options;
    private double truePositives;
    private double falsePositives;
    private double falseNegatives;
    private double trueNegatives;
    private double squaredTruePositives;
    private double squaredFalsePositives;
    private double squaredFalseNegatives;
    private double squaredTrueNegatives;

    BinaryCounts(MetricOptions options) {
        this.options = options;
    }

    void add(boolean actual, boolean predicted, double weight, double squares) {
        if (actual) {
            if (predicted) {
                truePositives += weight;
                squaredTruePositives += squares;
            } else {
                falseNegatives += weight;
                squaredFalseNegatives += squares;
            }
        } else if (predicted) {
            falsePositives += weight;
            squaredFalsePositives += squares;
        } else {
            trueNegatives += weight;
            squaredTrueNegatives += squares;
        }
    }

    BinaryOutcomes outcomes() {
        return new BinaryOutcomes(truePositives, falsePositives, falseNegatives, trueNegatives);
    }

    void metrics(Map<String, Double> metrics) {
        BinaryOutcomes outcomes = outcomes();
        if (outcomes.total() == 0) {
            return;
        }
        metrics.put("accuracy", outcomes.accuracy());
        metrics.put("balancedAccuracy", outcomes.balancedAccuracy());
        metrics.put("precision", outcomes.precision());
        metrics.put("recall", outcomes.recall());
        metrics.put("specificity", outcomes.specificity());
        metrics.put("f1", outcomes.f(1));
        for (double beta : options.betas()) {
            metrics.put(nameOfF(beta), outcomes.f(beta));
        }
        metrics.put("mcc", outcomes.mcc());
        if (outcomes.hasKappa()) {
            metrics.put("cohenKappa", outcomes.kappa());
        }
        metrics.put("positiveShare", outcomes.positiveShare());
        metrics.put("prevalence", outcomes.prevalence());
        options.costs().ifPresent(costs -> metrics.put("cost", outcomes.cost(costs)));
    }

    /** The name of F-beta: {@code f2}, {@code f0.5}. */
    static String nameOfF(double beta) {
        return "f" + BigDecimal.valueOf(beta).stripTrailingZeros().toPlainString();
    }

    void uncertainties(Map<String, Uncertainty> uncertainties) {
        BinaryOutcomes outcomes = outcomes();
        double squaredPositives = squaredTruePositives + squaredFalseNegatives;
        double squaredNegatives = squaredFalsePositives + squaredTrueNegatives;
        double squares = squaredPositives + squaredNegatives;
        share(uncertainties, "accuracy", outcomes.accuracy(), outcomes.total(), squares);
        share(
                uncertainties,
                "precision",
                outcomes.precision(),
                outcomes.predictedPositives(),
                squaredTruePositives + squaredFalsePositives);
        share(uncertainties, "recall", outcomes.recall(), outcomes.positives(), squaredPositives);
        share(uncertainties, "specificity", outcomes.specificity(), outcomes.negatives(), squaredNegatives);
        share(uncertainties, "positiveShare", outcomes.positiveShare(), outcomes.total(), squares);
        share(uncertainties, "prevalence", outcomes.prevalence(), outcomes.total(), squares);
        options.costs().ifPresent(costs -> cost(uncertainties, costs));
    }

    private static void share(
            Map<String, Uncertainty> uncertainties, String name, double share, double weights, double squares) {
        if (weights > 0) {
            uncertainties.put(name, new Wilson(share, weights * weights / squares));
        }
    }

    private void cost(Map<String, Uncertainty> uncertainties, Costs costs) {
        WeightedMean mean = new WeightedMean();
        add(mean, costs.truePositive(), truePositives, squaredTruePositives);
        add(mean, costs.falsePositive(), falsePositives, squaredFalsePositives);
        add(mean, costs.falseNegative(), falseNegatives, squaredFalseNegatives);
        add(mean, costs.trueNegative(), trueNegatives, squaredTrueNegatives);
        double least = Math.min(
                Math.min(costs.truePositive(), costs.falsePositive()),
                Math.min(costs.falseNegative(), costs.trueNegative()));
        double greatest = Math.max(
                Math.max(costs.truePositive(), costs.falsePositive()),
                Math.max(costs.falseNegative(), costs.trueNegative()));
        mean(uncertainties, "cost", mean, least, greatest);
    }

    private static void add(WeightedMean mean, double cost, double weight, double squares) {
        if (weight > 0) {
            mean.add(cost, weight, squares);
        }
    }

    /** Puts the uncertainty of a mean; of fewer than two rows' worth none can be told. */
    static void mean(
            Map<String, Uncertainty> uncertainties, String name, WeightedMean mean, double least, double greatest) {
        if (mean.hasStandardError()) {
            uncertainties.put(name, mean.uncertainty(least, greatest));
        }
    }
}
