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
    LATENCY("smoke.latency.p50", "smoke.latency.p95", "latency.p50", "latency.p95"),
    SIZE("image.bytes", "model.bytes");

    private final List<String> metrics;

    MainMetrics(String... metrics) {
        this.metrics = List.of(metrics);
    }

    /** The chart's metrics, the most telling first. */
    public List<String> metrics() {
        return metrics;
    }

    /** Whether the chart has a line for the metric; a name that ends in a dot stands for all that begin with it. */
    public boolean has(String metric) {
        return metrics.stream().anyMatch(name -> name.endsWith(".") ? metric.startsWith(name) : metric.equals(name));
    }

    /** Whether any chart has a line for the metric. */
    static boolean any(String metric) {
        return Stream.of(values()).anyMatch(chart -> chart.has(metric));
    }
}
