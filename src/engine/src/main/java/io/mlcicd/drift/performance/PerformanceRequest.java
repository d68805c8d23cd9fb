package io.mlcicd.drift.performance;

import io.mlcicd.data.DataSource;
import io.mlcicd.evaluation.Confidence;
import io.mlcicd.evaluation.Roles;
import io.mlcicd.evaluation.metric.MetricOptions;
import io.mlcicd.operation.Task;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link PerformanceWatch} is asked.
 *
 * @param task the kind of prediction
 * @param predictions the served predictions; a row without a label is one whose label has not arrived
 * @param roles which column is what, in the served predictions and in the reference; the label's column may lack in the
 *     served ones
 * @param timestamp the column that says when a row was; empty for windows of rows in the order of the file
 * @param window how long a window is
 * @param zone of the calendar of timestamps; dates are days wherever they were
 * @param asOf the present: a window that ends later is not complete
 * @param leastRows windows with fewer rows raise no alarm, 2 or more
 * @param baselineWindows without a reference, how many complete windows make the control limits, 3 or more
 * @param reference predictions with labels as they were when the model was accepted
 * @param estimate whether to estimate metrics from the reference; empty for where labels lack
 * @param features of numbers: columns from which the size of errors is learned; empty for all without a role. A column
 *     that is known only after the fact must not be among them
 * @param metrics the metrics to watch; empty for the task's main ones
 * @param options what of the metrics can be chosen
 * @param confidence how confidence intervals are made
 * @param accepted metrics of the accepted model, to tell a drop
 * @param detectors detectors that are wanted
 * @param earlier what detectors knew at the end of the last run, from its {@link PerformanceFindings#detectors}
 */
public record PerformanceRequest(
        Task task,
        DataSource predictions,
        Roles roles,
        Optional<String> timestamp,
        WindowLength window,
        ZoneId zone,
        Instant asOf,
        int leastRows,
        int baselineWindows,
        Optional<DataSource> reference,
        Optional<Boolean> estimate,
        List<String> features,
        List<String> metrics,
        MetricOptions options,
        Confidence confidence,
        Map<String, Double> accepted,
        List<DetectorSpec> detectors,
        List<DetectorFinding> earlier) {

    /** Enough rows for a share to mean something. */
    public static final int DEFAULT_LEAST_ROWS = 30;

    /** Enough windows to know how far they spread. */
    public static final int DEFAULT_BASELINE_WINDOWS = 10;

    /** 95 % intervals; resamples of windows need not be as many as those of an evaluation. */
    public static final Confidence DEFAULT_CONFIDENCE =
            new Confidence(Confidence.DEFAULT.level(), 200, Confidence.DEFAULT.seed());

    public PerformanceRequest {
        features = List.copyOf(features);
        metrics = List.copyOf(metrics);
        accepted = Map.copyOf(accepted);
        detectors = List.copyOf(detectors);
        earlier = List.copyOf(earlier);
        if (leastRows < 2 || baselineWindows < 3) {
            throw new IllegalArgumentException(
                    "windows of %d rows, limits of %d windows".formatted(leastRows, baselineWindows));
        }
    }

    /** A watch with nothing chosen, in the calendar of UTC. */
    public static PerformanceRequest of(
            Task task,
            DataSource predictions,
            Roles roles,
            Optional<String> timestamp,
            WindowLength window,
            Instant asOf) {
        return new PerformanceRequest(
                task,
                predictions,
                roles,
                timestamp,
                window,
                ZoneOffset.UTC,
                asOf,
                DEFAULT_LEAST_ROWS,
                DEFAULT_BASELINE_WINDOWS,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                MetricOptions.DEFAULT,
                DEFAULT_CONFIDENCE,
                Map.of(),
                List.of(),
                List.of());
    }

    public PerformanceRequest withReference(DataSource value) {
        return new PerformanceRequest(
                task,
                predictions,
                roles,
                timestamp,
                window,
                zone,
                asOf,
                leastRows,
                baselineWindows,
                Optional.of(value),
                estimate,
                features,
                metrics,
                options,
                confidence,
                accepted,
                detectors,
                earlier);
    }

    public PerformanceRequest withEstimate(boolean value) {
        return new PerformanceRequest(
                task,
                predictions,
                roles,
                timestamp,
                window,
                zone,
                asOf,
                leastRows,
                baselineWindows,
                reference,
                Optional.of(value),
                features,
                metrics,
                options,
                confidence,
                accepted,
                detectors,
                earlier);
    }

    public PerformanceRequest withFeatures(List<String> value) {
        return new PerformanceRequest(
                task,
                predictions,
                roles,
                timestamp,
                window,
                zone,
                asOf,
                leastRows,
                baselineWindows,
                reference,
                estimate,
                value,
                metrics,
                options,
                confidence,
                accepted,
                detectors,
                earlier);
    }

    public PerformanceRequest withMetrics(List<String> value) {
        return new PerformanceRequest(
                task,
                predictions,
                roles,
                timestamp,
                window,
                zone,
                asOf,
                leastRows,
                baselineWindows,
                reference,
                estimate,
                features,
                value,
                options,
                confidence,
                accepted,
                detectors,
                earlier);
    }

    public PerformanceRequest withAccepted(Map<String, Double> value) {
        return new PerformanceRequest(
                task,
                predictions,
                roles,
                timestamp,
                window,
                zone,
                asOf,
                leastRows,
                baselineWindows,
                reference,
                estimate,
                features,
                metrics,
                options,
                confidence,
                value,
                detectors,
                earlier);
    }

    public PerformanceRequest withDetectors(List<DetectorSpec> value) {
        return new PerformanceRequest(
                task,
                predictions,
                roles,
                timestamp,
                window,
                zone,
                asOf,
                leastRows,
                baselineWindows,
                reference,
                estimate,
                features,
                metrics,
                options,
                confidence,
                accepted,
                value,
                earlier);
    }

    public PerformanceRequest withEarlier(List<DetectorFinding> value) {
        return new PerformanceRequest(
                task,
                predictions,
                roles,
                timestamp,
                window,
                zone,
                asOf,
                leastRows,
                baselineWindows,
                reference,
                estimate,
                features,
                metrics,
                options,
                confidence,
                accepted,
                detectors,
                value);
    }

    public PerformanceRequest withZone(ZoneId value) {
        return new PerformanceRequest(
                task,
                predictions,
                roles,
                timestamp,
                window,
                value,
                asOf,
                leastRows,
                baselineWindows,
                reference,
                estimate,
                features,
                metrics,
                options,
                confidence,
                accepted,
                detectors,
                earlier);
    }

    public PerformanceRequest withAsOf(Instant value) {
        return new PerformanceRequest(
                task,
                predictions,
                roles,
                timestamp,
                window,
                zone,
                value,
                leastRows,
                baselineWindows,
                reference,
                estimate,
                features,
                metrics,
                options,
                confidence,
                accepted,
                detectors,
                earlier);
    }

    public PerformanceRequest withTimestamp(Optional<String> value) {
        return new PerformanceRequest(
                task,
                predictions,
                roles,
                value,
                window,
                zone,
                asOf,
                leastRows,
                baselineWindows,
                reference,
                estimate,
                features,
                metrics,
                options,
                confidence,
                accepted,
                detectors,
                earlier);
    }

    public PerformanceRequest withBaselineWindows(int value) {
        return new PerformanceRequest(
                task,
                predictions,
                roles,
                timestamp,
                window,
                zone,
                asOf,
                leastRows,
                value,
                reference,
                estimate,
                features,
                metrics,
                options,
                confidence,
                accepted,
                detectors,
                earlier);
    }

    public PerformanceRequest withOptions(MetricOptions value) {
        return new PerformanceRequest(
                task,
                predictions,
                roles,
                timestamp,
                window,
                zone,
                asOf,
                leastRows,
                baselineWindows,
                reference,
                estimate,
                features,
                metrics,
                value,
                confidence,
                accepted,
                detectors,
                earlier);
    }

    public PerformanceRequest withLeastRows(int value) {
        return new PerformanceRequest(
                task,
                predictions,
                roles,
                timestamp,
                window,
                zone,
                asOf,
                value,
                baselineWindows,
                reference,
                estimate,
                features,
                metrics,
                options,
                confidence,
                accepted,
                detectors,
                earlier);
    }
}
