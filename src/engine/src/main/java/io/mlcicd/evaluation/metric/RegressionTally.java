package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.Pictures.ResidualBin;
import io.mlcicd.statistic.Transformed;
import io.mlcicd.statistic.Uncertainty;
import io.mlcicd.statistic.WeightedMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Metrics of rows of label and prediction beside those of {@link PointErrors}: {@code maxError} (scikit-learn's {@code
 * max_error}); {@code mape} ({@code mean_absolute_percentage_error}), {@code smape}, the mean of 2 |p - y| / (|y| + |p|)
 * where 0 / 0 counts 0 (S. Makridakis, International Journal of Forecasting 9, 1993), 0 to 2; {@code wape}, the sum of
 * absolute errors over that of absolute labels (R. Hyndman, A. Koehler, International Journal of Forecasting 22, 2006);
 * {@code rmsle} ({@code root_mean_squared_log_error}); {@code r2} ({@code r2_score}), {@code explainedVariance} ({@code
 * explained_variance_score}) and {@code pearson} (scipy's {@code pearsonr}).
 */
final class RegressionTally implements Tally {

    private final PointErrors errors = new PointErrors();
    private final MeanMetric percentage = new MeanMetric("mape", 0, Double.POSITIVE_INFINITY);
    private final MeanMetric symmetric = new MeanMetric("smape", 0, 2);
    private final WeightedMean sizes = new WeightedMean();
    private final MeanMetric logarithmic = new MeanMetric("msle", 0, Double.POSITIVE_INFINITY);
    private final Covariance covariance = new Covariance();
    private long rows;
    private double greatest;
    private boolean zeroLabel;
    private boolean negative;

    @Override
    public void add(double[] row, double weight, double squares) {
        double actual = row[0];
        double predicted = row[1];
        double error = predicted - actual;
        double absolute = Math.abs(error);
        double size = Math.abs(actual);
        rows++;
        errors.add(error, weight, squares);
        greatest = Math.max(greatest, absolute);
        covariance.add(actual, predicted, weight);
        sizes.add(size, weight, squares);
        symmetric.add(absolute == 0 ? 0 : 2 * absolute / (size + Math.abs(predicted)), weight, squares);
        if (size > 0) {
            percentage.add(absolute / size, weight, squares);
        } else {
            zeroLabel = true;
        }
        if (actual < 0 || predicted < 0) {
            negative = true;
        } else if (!negative) {
            double ratio = Math.log1p(predicted) - Math.log1p(actual);
            logarithmic.add(ratio * ratio, weight, squares);
        }
    }

    /** Adds many rows at once, by what {@link RegressionSums} sums. */
    void addSums(ErrorSums of, double centre, double[] codes, double[] sums, double weight, double squares) {
        int next = ErrorSums.SUMS;
        // Only several rows have a sum of squared weights that is less than the square of their weights' sum.
        rows += squares < weight * weight * (1 - 1e-9) ? 2 : 1;
        errors.addSums(of, codes[0], sums, 0, weight, squares);
        sizes.addSums(weight, squares, sums[next], 0);
        symmetric.addSums(weight, squares, sums[next + 1], sums[next + 2]);
        if (codes[1] == 0) {
            percentage.addSums(weight, squares, sums[next + 3], sums[next + 4]);
        } else {
            zeroLabel = true;
        }
        if (codes[2] == 0) {
            logarithmic.addSums(weight, squares, sums[next + 5], sums[next + 6]);
        } else {
            negative = true;
        }
        covariance.addSums(
                centre, weight, sums[next + 7], sums[next + 8], sums[next + 9], sums[next + 10], sums[next + 11]);
        greatest = Math.max(greatest, sums[next + 12]);
    }

    @Override
    public void metrics(Map<String, Double> metrics) {
        errors.metrics(metrics);
        if (rows > 0) {
            MeanMetric.put(metrics, "maxError", greatest);
        }
        if (!zeroLabel) {
            percentage.metric(metrics);
        }
        symmetric.metric(metrics);
        MeanMetric.put(metrics, "wape", errors.meanAbsolute() / sizes.value());
        if (!negative) {
            MeanMetric.put(metrics, "rmsle", Math.sqrt(logarithmic.value()));
        }
        if (rows > 1) {
            double spread = covariance.varianceX();
            MeanMetric.put(metrics, "r2", explained(errors.meanSquare(), spread));
            MeanMetric.put(metrics, "explainedVariance", explained(errors.variance(), spread));
        }
        MeanMetric.put(metrics, "pearson", covariance.correlation());
    }

    /** The share of the labels' variance that the errors leave; of constant labels 1 when there is no error, else 0. */
    private static double explained(double unexplained, double spread) {
        if (spread > 0) {
            return 1 - unexplained / spread;
        }
        return unexplained == 0 ? 1 : 0;
    }

    @Override
    public void uncertainties(Map<String, Uncertainty> uncertainties) {
        errors.uncertainties(uncertainties);
        if (!zeroLabel) {
            percentage.uncertainty(uncertainties);
        }
        symmetric.uncertainty(uncertainties);
        if (!negative && logarithmic.known()) {
            uncertainties.put("rmsle", new Transformed(logarithmic.uncertainty(), Math::sqrt));
        }
    }

    List<ResidualBin> histogram() {
        return errors.histogram();
    }

    /** Why metrics were left out. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (zeroLabel) {
            notes.add("mape is not defined, for at least one label is 0");
        }
        if (sizes.value() == 0) {
            notes.add("wape is not defined, for all labels are 0");
        }
        if (negative) {
            notes.add("rmsle is not defined, for at least one label or prediction is negative");
        }
        if (rows == 1) {
            notes.add("r2 and explainedVariance need two rows or more");
        } else if (covariance.constant()) {
            notes.add("pearson is not defined, for all labels or all predictions are the same");
        }
        return notes;
    }
}
