package io.mlcicd.evaluation.metric;

import java.util.Map;

/**
 * Quantiles of absolute errors, which come in falling order: {@code medianAbsoluteError}, equal to scikit-learn's {@code
 * median_absolute_error} with and without weights, {@code absoluteError.p90} and {@code absoluteError.p95}, all by the
 * definition of {@link RankedQuantile}.
 */
final class AbsoluteErrorTally implements Tally {

    private final RankedQuantile median;
    private final RankedQuantile p90;
    private final RankedQuantile p95;

    AbsoluteErrorTally(double totalWeight) {
        median = new RankedQuantile(0.5, totalWeight);
        p90 = new RankedQuantile(0.9, totalWeight);
        p95 = new RankedQuantile(0.95, totalWeight);
    }

    @Override
    public void add(double[] row, double weight, double squares) {
        median.add(row[0], weight);
        p90.add(row[0], weight);
        p95.add(row[0], weight);
    }

    @Override
    public void metrics(Map<String, Double> metrics) {
        MeanMetric.put(metrics, "medianAbsoluteError", median.value());
        MeanMetric.put(metrics, "absoluteError.p90", p90.value());
        MeanMetric.put(metrics, "absoluteError.p95", p95.value());
    }
}
