package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.Pictures.ResidualBin;
import io.mlcicd.statistic.NormalError;
import io.mlcicd.statistic.Transformed;
import io.mlcicd.statistic.Uncertainty;
import io.mlcicd.statistic.WeightedMean;
import java.util.List;
import java.util.Map;

/**
 * Metrics of errors, prediction minus label, and their histogram: {@code mae}, {@code mse}, {@code rmse} as scikit-learn's
 * {@code mean_absolute_error}, {@code mean_squared_error} and {@code root_mean_squared_error}, and {@code bias}, the mean.
 */
final class PointErrors {

    private final MeanMetric absolute = new MeanMetric("mae", 0, Double.POSITIVE_INFINITY);
    private final MeanMetric squared = new MeanMetric("mse", 0, Double.POSITIVE_INFINITY);
    private final WeightedMean fromFirst = new WeightedMean();
    private final ResidualHistogram histogram = new ResidualHistogram();
    private double first;

    void add(double error, double weight, double squares) {
        if (fromFirst.weight() == 0) {
            first = error;
        }
        absolute.add(Math.abs(error), weight, squares);
        squared.add(error * error, weight, squares);
        // Errors that are large and much alike keep the digits of their variance when taken from one of them.
        fromFirst.add(error - first, weight, squares);
        histogram.add(error, weight);
    }

    /** Adds many errors at once by what {@link ErrorSums} sums, from that place on; all are in one bin of it. */
    void addSums(ErrorSums of, double bin, double[] sums, int at, double weight, double squares) {
        absolute.addSums(weight, squares, sums[at], sums[at + 1]);
        squared.addSums(weight, squares, sums[at + 1], sums[at + 2]);
        first = of.mean();
        fromFirst.addSums(weight, squares, sums[at + 3], sums[at + 4]);
        histogram.add(of.least(), 0);
        histogram.add(of.greatest(), 0);
        histogram.add(of.middle(bin), weight);
    }

    double meanAbsolute() {
        return absolute.value();
    }

    double meanSquare() {
        return squared.value();
    }

    /** The population variance of the errors. */
    double variance() {
        return fromFirst.variance();
    }

    List<ResidualBin> histogram() {
        return histogram.bins();
    }

    void metrics(Map<String, Double> metrics) {
        absolute.metric(metrics);
        squared.metric(metrics);
        MeanMetric.put(metrics, "rmse", Math.sqrt(squared.value()));
        MeanMetric.put(metrics, "bias", first + fromFirst.value());
    }

    void uncertainties(Map<String, Uncertainty> uncertainties) {
        absolute.uncertainty(uncertainties);
        squared.uncertainty(uncertainties);
        if (squared.known()) {
            uncertainties.put("rmse", new Transformed(squared.uncertainty(), Math::sqrt));
        }
        double standardError = fromFirst.standardError();
        if (Double.isFinite(standardError)) {
            uncertainties.put(
                    "bias",
                    NormalError.ofMean(
                            first + fromFirst.value(),
                            standardError,
                            Double.NEGATIVE_INFINITY,
                            Double.POSITIVE_INFINITY));
        }
    }
}
