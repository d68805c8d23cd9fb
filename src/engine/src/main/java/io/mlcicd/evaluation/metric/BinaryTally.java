package io.mlcicd.evaluation.metric;

import io.mlcicd.statistic.Uncertainty;
import java.util.Map;

/** Decisions between two classes without a score; a row is the actual and the predicted class, each 1 or 0. */
final class BinaryTally implements Tally {

    private final BinaryCounts counts;

    BinaryTally(MetricOptions options) {
        this.counts = new BinaryCounts(options);
    }

    @Override
    public void add(double[] row, double weight, double squares) {
        counts.add(row[0] == 1, row[1] == 1, weight, squares);
    }

    @Override
    public void metrics(Map<String, Double> metrics) {
        counts.metrics(metrics);
    }

    @Override
    public void uncertainties(Map<String, Uncertainty> uncertainties) {
        counts.uncertainties(uncertainties);
    }

    BinaryOutcomes outcomes() {
        return counts.outcomes();
    }
}
