package io.mlcicd.evaluation.metric;

import io.mlcicd.statistic.NormalError;
import io.mlcicd.statistic.Uncertainty;
import io.mlcicd.statistic.WeightedMean;
import java.util.Map;

/** A metric that is the mean of a quantity of the rows; left out without rows or beyond the range of a double. */
final class MeanMetric {

    private final String name;
    private final double least;
    private final double greatest;
    private final WeightedMean mean = new WeightedMean();

    /**
     * An empty mean.
     *
     * @param least the least possible value, or negative infinity
     * @param greatest the greatest possible value, or positive infinity
     */
    MeanMetric(String name, double least, double greatest) {
        this.name = name;
        this.least = least;
        this.greatest = greatest;
    }

    void add(double value, double weight) {
        mean.add(value, weight);
    }

    /** Adds several equal values at once: the sums of their weights and squared weights. */
    void add(double value, double weight, double squares) {
        mean.add(value, weight, squares);
    }

    /** Adds many values at once, by their weighted sum and that of their squares. */
    void addSums(double weight, double squaredWeight, double sum, double squares) {
        mean.addSums(weight, squaredWeight, sum, squares);
    }

    /** The mean; NaN without rows. */
    double value() {
        return mean.value();
    }

    void metric(Map<String, Double> metrics) {
        put(metrics, name, mean.value());
    }

    /** Puts the uncertainty, normal by the central limit theorem; of a single row none is known. */
    void uncertainty(Map<String, Uncertainty> uncertainties) {
        if (known()) {
            uncertainties.put(name, uncertainty());
        }
    }

    /** Whether there are rows enough to tell the uncertainty. */
    boolean known() {
        return mean.hasStandardError();
    }

    NormalError uncertainty() {
        return mean.uncertainty(least, greatest);
    }

    /** Puts a metric unless it is not a finite number. */
    static void put(Map<String, Double> metrics, String name, double value) {
        if (Double.isFinite(value)) {
            metrics.put(name, value);
        }
    }
}
