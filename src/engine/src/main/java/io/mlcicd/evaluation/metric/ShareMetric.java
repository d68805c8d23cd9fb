package io.mlcicd.evaluation.metric;

import io.mlcicd.statistic.Uncertainty;
import io.mlcicd.statistic.Wilson;
import java.util.Map;

/** A metric that is the share of the rows in which something holds, 0 to 1; left out without rows. */
final class ShareMetric {

    private final String name;
    private double held;
    private double weights;
    private double squaredWeights;

    ShareMetric(String name) {
        this.name = name;
    }

    void add(boolean holds, double weight) {
        add(holds ? 1 : 0, weight);
    }

    /** Adds several rows at once: the sums of their weights and squared weights. */
    void add(boolean holds, double weight, double squares) {
        add(holds ? 1 : 0, weight, squares);
    }

    /** Adds a row in which it holds with that chance. */
    void add(double chance, double weight) {
        add(chance, weight, weight * weight);
    }

    /** Adds many rows at once, by the sum of the weights of those in which it holds. */
    void addSums(double weight, double squares, double holding) {
        held += holding;
        weights += weight;
        squaredWeights += squares;
    }

    private void add(double chance, double weight, double squares) {
        held += chance * weight;
        weights += weight;
        squaredWeights += squares;
    }

    /** The share; NaN without rows. */
    double value() {
        return held / weights;
    }

    void metric(Map<String, Double> metrics) {
        MeanMetric.put(metrics, name, value());
    }

    /** Puts Wilson's interval, with Kish's effective number of rows; where chances were added it is on the safe side. */
    void uncertainty(Map<String, Uncertainty> uncertainties) {
        if (weights > 0) {
            uncertainties.put(name, new Wilson(value(), weights * weights / squaredWeights));
        }
    }
}
