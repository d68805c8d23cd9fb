package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.Pictures.LevelCoverage;
import io.mlcicd.evaluation.metric.Pictures.ResidualBin;
import io.mlcicd.evaluation.metric.QuantileScheme.Central;
import io.mlcicd.statistic.Uncertainty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Metrics of rows of the label, the predicted quantiles and perhaps a point forecast.
 *
 * <ul>
 *   <li>{@code pinball.<level>}: the mean pinball loss, scikit-learn's {@code mean_pinball_loss}; {@code pinball}: its mean
 *       over the levels (R. Koenker, G. Bassett, Econometrica 46, 1978).
 *   <li>{@code crps}: the continuous ranked probability score as the integral of twice the pinball loss over all levels (T.
 *       Gneiting, R. Ranjan, Journal of Business and Economic Statistics 29, 2011), by the trapezoidal rule over the
 *       predicted levels, the loss being 0 at the levels 0 and 1. An approximation: the more levels the nearer.
 *   <li>{@code coverage.<level>}: the share of rows whose label is at or below the quantile; {@code calibrationError}: the
 *       mean distance of coverage and level.
 *   <li>{@code intervalCoverage.<percent>}, {@code intervalWidth.<percent>}, {@code intervalScore.<percent>} of every central
 *       interval: the share of labels inside, limits included; the mean width; the mean of width and, for a label outside,
 *       2 / alpha times its distance, alpha being the share expected outside (T. Gneiting, A. Raftery, JASA 102, 2007,
 *       equation 43; R. Winkler, JASA 67, 1972).
 *   <li>{@code quantileCrossing}: the share of rows in which the quantile of a higher level is below that of a lower one.
 * </ul>
 */
final class QuantileTally implements Tally {

    private final QuantileScheme scheme;
    private final MeanMetric pinball = new MeanMetric("pinball", 0, Double.POSITIVE_INFINITY);
    private final MeanMetric crps = new MeanMetric("crps", 0, Double.POSITIVE_INFINITY);
    private final ShareMetric crossing = new ShareMetric("quantileCrossing");
    private final MeanMetric[] losses;
    private final ShareMetric[] covered;
    private final ShareMetric[] inside;
    private final MeanMetric[] widths;
    private final MeanMetric[] scores;
    private final PointErrors errors = new PointErrors();

    QuantileTally(QuantileScheme scheme) {
        this.scheme = scheme;
        losses = new MeanMetric[scheme.size()];
        covered = new ShareMetric[scheme.size()];
        for (int i = 0; i < scheme.size(); i++) {
            losses[i] = new MeanMetric("pinball." + scheme.name(i), 0, Double.POSITIVE_INFINITY);
            covered[i] = new ShareMetric("coverage." + scheme.name(i));
        }
        int intervals = scheme.intervals().size();
        inside = new ShareMetric[intervals];
        widths = new MeanMetric[intervals];
        scores = new MeanMetric[intervals];
        for (int i = 0; i < intervals; i++) {
            String percent = scheme.intervals().get(i).percent();
            inside[i] = new ShareMetric("intervalCoverage." + percent);
            // Where quantiles cross, a width is negative, and so may a score be.
            widths[i] = new MeanMetric("intervalWidth." + percent, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            scores[i] = new MeanMetric("intervalScore." + percent, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
    }

    @Override
    public void add(double[] row, double weight, double squares) {
        double actual = row[0];
        double sum = 0;
        double integral = 0;
        boolean crosses = false;
        for (int i = 0; i < losses.length; i++) {
            double level = scheme.level(i);
            double above = actual - row[1 + i];
            double loss = above >= 0 ? level * above : (level - 1) * above;
            losses[i].add(loss, weight, squares);
            covered[i].add(above <= 0, weight, squares);
            sum += loss;
            integral += 2 * loss * scheme.width(i);
            crosses |= i > 0 && row[1 + i] < row[i];
        }
        pinball.add(sum / losses.length, weight, squares);
        crps.add(integral, weight, squares);
        crossing.add(crosses, weight, squares);
        for (int i = 0; i < inside.length; i++) {
            add(i, actual, row, weight, squares);
        }
        if (scheme.point().isPresent()) {
            errors.add(row[1 + scheme.point().getAsInt()] - actual, weight, squares);
        }
    }

    /** Adds many rows at once, by what {@link QuantileSums} sums. */
    void addSums(Optional<ErrorSums> of, double bin, double[] sums, double weight, double squares) {
        of.ifPresent(some -> errors.addSums(some, bin, sums, 0, weight, squares));
        int at = of.isPresent() ? ErrorSums.SUMS : 0;
        for (int i = 0; i < losses.length; i++) {
            losses[i].addSums(weight, squares, sums[at], sums[at + 1]);
            covered[i].addSums(weight, squares, sums[at + 2]);
            at += 3;
        }
        pinball.addSums(weight, squares, sums[at], sums[at + 1]);
        crps.addSums(weight, squares, sums[at + 2], sums[at + 3]);
        crossing.addSums(weight, squares, sums[at + 4]);
        at += 5;
        for (int i = 0; i < inside.length; i++) {
            inside[i].addSums(weight, squares, sums[at]);
            widths[i].addSums(weight, squares, sums[at + 1], sums[at + 2]);
            scores[i].addSums(weight, squares, sums[at + 3], sums[at + 4]);
            at += 5;
        }
    }

    private void add(int interval, double actual, double[] row, double weight, double squares) {
        Central central = scheme.intervals().get(interval);
        double lower = row[1 + central.lower()];
        double upper = row[1 + central.upper()];
        double outside = Math.max(0, lower - actual) + Math.max(0, actual - upper);
        inside[interval].add(lower <= actual && actual <= upper, weight, squares);
        widths[interval].add(upper - lower, weight, squares);
        scores[interval].add(upper - lower + outside / central.tail(), weight, squares);
    }

    @Override
    public void metrics(Map<String, Double> metrics) {
        pinball.metric(metrics);
        crps.metric(metrics);
        MeanMetric.put(metrics, "calibrationError", calibrationError());
        if (losses.length > 1) {
            crossing.metric(metrics);
        }
        for (int i = 0; i < losses.length; i++) {
            losses[i].metric(metrics);
            covered[i].metric(metrics);
        }
        for (int i = 0; i < inside.length; i++) {
            inside[i].metric(metrics);
            widths[i].metric(metrics);
            scores[i].metric(metrics);
        }
        errors.metrics(metrics);
    }

    private double calibrationError() {
        double sum = 0;
        for (int i = 0; i < covered.length; i++) {
            sum += Math.abs(covered[i].value() - scheme.level(i));
        }
        return sum / covered.length;
    }

    @Override
    public void uncertainties(Map<String, Uncertainty> uncertainties) {
        pinball.uncertainty(uncertainties);
        crps.uncertainty(uncertainties);
        if (losses.length > 1) {
            crossing.uncertainty(uncertainties);
        }
        for (int i = 0; i < losses.length; i++) {
            losses[i].uncertainty(uncertainties);
            covered[i].uncertainty(uncertainties);
        }
        for (int i = 0; i < inside.length; i++) {
            inside[i].uncertainty(uncertainties);
            widths[i].uncertainty(uncertainties);
            scores[i].uncertainty(uncertainties);
        }
        errors.uncertainties(uncertainties);
    }

    /** How often the label was at or below the quantile of each level. */
    List<LevelCoverage> coverage() {
        List<LevelCoverage> coverage = new ArrayList<>();
        for (int i = 0; i < covered.length; i++) {
            coverage.add(new LevelCoverage(scheme.level(i), covered[i].value()));
        }
        return coverage;
    }

    /** The share of rows whose quantiles cross. */
    double crossing() {
        return crossing.value();
    }

    /** The histogram of the point forecast's errors; empty without one. */
    List<ResidualBin> residuals() {
        return errors.histogram();
    }
}
