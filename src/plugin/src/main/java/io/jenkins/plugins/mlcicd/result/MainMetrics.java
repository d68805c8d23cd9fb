package io.jenkins.plugins.mlcicd.result;

import java.util.List;
import java.util.stream.Stream;

/** The metrics whose trends are drawn, by chart; of each chart only the metrics a job has are shown. */
public enum MainMetrics {
    QUALITY(
            "accuracy",
            "balancedAccuracy",
            "subsetAccuracy",
            "f1",
            "f1.macro",
            "f1.micro",
            "precision",
            "recall",
            "rocAuc",
            "rocAuc.ovr",
            "prAuc",
            "mcc",
            "r2",
            "ndcg",
            "map",
            "mrr"),
    ERROR("rmse", "mae", "medianAbsoluteError", "pinball", "crps"),
    LOSS("logLoss", "brier", "ece", "cost", "hammingLoss"),
    FAIRNESS("fairness."),
    BEHAVIOUR("behaviour."),
    DRIFT("drift.share"),
    /** Of the model in use: all that is watched and is not in one of the next two. */
    WATCHED(QUALITY.metrics),
    WATCHED_ERROR(List.of("rmse", "mae", "bias", "medianAbsoluteError", "maxError", "pinball", "crps")),
    WATCHED_LOSS(List.of("logLoss", "brier", "ece", "cost", "hammingLoss", "calibrationError")),
    LATENCY("smoke.latency.p50", "smoke.latency.p95", "latency.p50", "latency.p95"),
    SERVICE_LATENCY(
            "service.latency.p50",
            "service.latency.p90",
            "service.latency.p95",
            "service.latency.p99",
            "service.latency.mean"),
    SERVICE_ERRORS("service.errors.share"),
    SERVICE_LOAD("service.requests.perSecond"),
    SIZE("image.bytes", "model.bytes");

    private final List<String> metrics;
    private final boolean watched;

    MainMetrics(String... metrics) {
        this.metrics = List.of(metrics);
        this.watched = false;
    }

    MainMetrics(List<String> watched) {
        this.metrics = watched;
        this.watched = true;
    }

    /** The chart's metrics, the most telling first; of the model in use as {@link WatchedMetric} names them. */
    public List<String> metrics() {
        return metrics;
    }

    /** Whether the chart has a line for the metric; a name that ends in a dot stands for all that begin with it. */
    public boolean has(String metric) {
        if (watched) {
            return WatchedMetric.of(metric)
                    .filter(found -> chartOf(found) == this)
                    .isPresent();
        }
        return metrics.stream().anyMatch(name -> name.endsWith(".") ? metric.startsWith(name) : metric.equals(name));
    }

    private static MainMetrics chartOf(WatchedMetric metric) {
        return Stream.of(WATCHED_ERROR, WATCHED_LOSS)
                .filter(chart -> chart.metrics.contains(metric.name()))
                .findFirst()
                .orElse(WATCHED);
    }

    /** Whether a new model may show in the chart. */
    public boolean tellsOfTheModel() {
        return switch (this) {
            case QUALITY, ERROR, LOSS, DRIFT, WATCHED, WATCHED_ERROR, WATCHED_LOSS -> true;
            case FAIRNESS, BEHAVIOUR, LATENCY, SERVICE_LATENCY, SERVICE_ERRORS, SERVICE_LOAD, SIZE -> false;
        };
    }

    /** Whether any chart has a line for the metric. */
    public static boolean any(String metric) {
        return Stream.of(values()).anyMatch(chart -> chart.has(metric));
    }
}
