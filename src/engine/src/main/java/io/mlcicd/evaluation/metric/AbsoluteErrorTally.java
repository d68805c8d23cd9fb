package io.mlcicd.evaluation.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Quantiles of absolute errors, which come in falling order: {@code medianAbsoluteError}, equal to scikit-learn's {@code
 * median_absolute_error} with and without weights, {@code absoluteError.p90} and {@code absoluteError.p95}, all by the
 * definition of {@link RankedQuantile}.
 */
final class AbsoluteErrorTally implements Tally {

    private static final String[] NAMES = {"medianAbsoluteError", "absoluteError.p90", "absoluteError.p95"};
    private static final double[] LEVELS = {0.5, 0.9, 0.95};

    private final double totalWeight;
    private final RankedQuantile[] quantiles = new RankedQuantile[LEVELS.length];
    private final List<QuantileErrors> errors = new ArrayList<>();

    AbsoluteErrorTally(double totalWeight) {
        this.totalWeight = totalWeight;
        for (int i = 0; i < LEVELS.length; i++) {
            quantiles[i] = new RankedQuantile(LEVELS[i], totalWeight);
        }
    }

    @Override
    public void add(double[] row, double weight, double squares) {
        for (RankedQuantile quantile : quantiles) {
            quantile.add(row[0], weight);
        }
    }

    @Override
    public void level(double least, double greatest, double[] weights) {
        if (errors.isEmpty()) {
            DoubleStream.of(LEVELS).forEach(level -> errors.add(new QuantileErrors(level, totalWeight)));
        }
        double weight = DoubleStream.of(weights).sum();
        errors.forEach(each -> each.level(least, greatest, weight));
    }

    @Override
    public void metrics(Map<String, Double> metrics) {
        for (int i = 0; i < NAMES.length; i++) {
            MeanMetric.put(metrics, NAMES[i], quantiles[i].value());
        }
    }

    @Override
    public void errors(Map<String, Double> metrics, Map<String, Double> found) {
        for (int i = 0; i < errors.size(); i++) {
            MeanMetric.put(found, NAMES[i], errors.get(i).error());
        }
    }
}
