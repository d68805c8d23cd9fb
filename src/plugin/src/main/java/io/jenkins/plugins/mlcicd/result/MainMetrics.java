package io.jenkins.plugins.mlcicd.result;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The metrics whose trends are drawn, by chart; of each chart only the metrics a job has are shown. */
public enum MainMetrics {
    QUALITY("accuracy", "f1", "f1.macro", "precision", "recall", "rocAuc", "prAuc", "r2"),
    ERROR("rmse", "mae"),
    LOSS("logLoss", "brier"),
    DRIFT("drift.share"),
    LATENCY("smoke.latency.p50", "smoke.latency.p95"),
    SIZE("image.bytes", "model.bytes");

    private final List<String> metrics;

    MainMetrics(String... metrics) {
        this.metrics = List.of(metrics);
    }

    /** The chart's metrics, the most telling first. */
    public List<String> metrics() {
        return metrics;
    }

    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (MainMetrics chart : values()) {
            names.addAll(chart.metrics);
        }
        return names;
    }
}
