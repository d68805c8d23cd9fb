package io.mlcicd.deployment.strategy;

import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.LiveFigures;
import io.mlcicd.deployment.target.Observation;
import io.mlcicd.gate.Bound;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Gates;
import io.mlcicd.gate.Metrics;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.statistic.Interval;
import io.mlcicd.statistic.Uncertainty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is known of a candidate at a moment of its trial. */
final class LiveLook {

    private static final int FEW_UNANSWERED = 3;

    private final Candidate candidate;
    private final Optional<LiveLabels> labels;
    private Map<String, Double> metrics = Map.of();
    private Map<String, Uncertainty> uncertainties = Map.of();

    LiveLook(Candidate candidate, Optional<Labels> labels) {
        this.candidate = candidate;
        this.labels = labels.map(LiveLabels::new);
    }

    /** Looks; why the release must not go on, whatever the gates say. */
    Optional<String> again() throws InterruptedException {
        Optional<Observation> seen = candidate.observed();
        metrics = seen.map(LiveMetrics::of).orElseGet(LinkedHashMap::new);
        uncertainties = new LinkedHashMap<>();
        try {
            if (labels.isPresent()) {
                labels.get().look(candidate).forEach((name, estimate) -> {
                    metrics.put(name, estimate.value());
                    estimate.uncertainty().ifPresent(width -> uncertainties.put(name, width));
                });
            }
        } catch (InvalidInputException e) {
            return Optional.of(e.getMessage());
        }
        return broken(seen.map(Observation::candidate).orElse(LiveFigures.NONE));
    }

    /** What no number of requests is too small to see. */
    private Optional<String> broken(LiveFigures seen) throws InterruptedException {
        Candidate.Health health = candidate.health();
        if (!health.alive()) {
            List<String> lines = candidate.lastLines();
            return Optional.of("the release ended while it was observed"
                    + (lines.isEmpty() ? "" : "; its log ends: " + String.join(" | ", lines)));
        }
        boolean silent = seen.unanswered() >= FEW_UNANSWERED && seen.unanswered() * 2 > seen.requests();
        return silent
                ? Optional.of(
                        "it left %d of %d requests without an answer".formatted(seen.unanswered(), seen.requests()))
                : Optional.empty();
    }

    boolean tells(Gate gate) {
        return metrics.containsKey(gate.metric());
    }

    /** Holds those gates whose metrics can be told already. */
    List<GateResult> hold(List<Gate> gates) {
        Map<String, Double> limits = new LinkedHashMap<>();
        for (Gate gate : gates) {
            Optional<Bound> bound = gate.bound().filter(one -> uncertainties.containsKey(gate.metric()));
            if (bound.isPresent()) {
                Interval interval =
                        uncertainties.get(gate.metric()).interval(bound.get().confidence());
                limits.put(
                        Metrics.limitName(gate.metric(), bound.get()),
                        bound.get().lower() ? interval.lower() : interval.upper());
            }
        }
        Metrics all = new Metrics(new Metrics.Group(metrics, limits, Map.of()), Map.of());
        return Gates.hold(gates.stream().filter(this::tells).toList(), all, Optional.empty());
    }

    long requests() {
        return metrics.getOrDefault(LiveMetrics.REQUESTS, 0.0).longValue();
    }

    Map<String, Double> metrics() {
        return metrics;
    }

    /** By how much a gate was decided, in a clause. */
    String basis(Gate gate) {
        if (LiveMetrics.needsLabels(gate.metric())) {
            String old = format(" (old release %.0f)", LabelMetrics.OLD_LABELS, 1);
            return format("by %.0f labelled answers", LabelMetrics.LABELS, 1) + old;
        }
        return "after " + requests() + " requests";
    }

    /** Why a gate on labels cannot be decided, in a clause; empty without labels. */
    Optional<String> missingLabels() {
        return labels.map(all -> format("%.0f labelled answers", LabelMetrics.LABELS, 1)
                + format(" (old release %.0f)", LabelMetrics.OLD_LABELS, 1) + ": " + all.numbers());
    }

    /** The figures in a line for people. */
    String numbers() {
        return requests()
                + " requests"
                + format(", %.2f %% errors", "live.errors.share", 100)
                + format(", p95 %.1f ms", "live.latency.p95", 1)
                + format(" (old release %.1f ms)", "live.old.latency.p95", 1)
                + format(", PSI of the predictions %.3f", "live.prediction.psi", 1)
                + format(", %.2f %% of the compared answers differ", "live.shadow.different", 100)
                + format(", accuracy %.3f", "live.accuracy", 1)
                + format(" (old release %.3f)", "live.old.accuracy", 1)
                + format(", mean absolute error %.4g", "live.mae", 1)
                + format(" (old release %.4g)", "live.old.mae", 1)
                + format(", %.0f labelled answers", LabelMetrics.LABELS, 1);
    }

    private String format(String form, String metric, double factor) {
        Double value = metrics.get(metric);
        return value == null ? "" : String.format(Locale.ROOT, form, value * factor);
    }
}
