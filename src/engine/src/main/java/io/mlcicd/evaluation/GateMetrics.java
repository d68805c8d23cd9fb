package io.mlcicd.evaluation;

import io.mlcicd.evaluation.EvaluationDraft.SliceEstimates;
import io.mlcicd.gate.Bound;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.Metrics;
import io.mlcicd.statistic.Estimate;
import io.mlcicd.statistic.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What gates are held against: values, and the limits of intervals that gates ask for. */
final class GateMetrics {

    private final List<Gate> bounded;
    private final EvaluationDraft draft;
    private final ChampionComparison comparison;

    GateMetrics(List<Gate> gates, EvaluationDraft draft, ChampionComparison comparison) {
        this.bounded = gates.stream().filter(gate -> gate.bound().isPresent()).toList();
        this.draft = draft;
        this.comparison = comparison;
    }

    Metrics model() {
        Map<String, Map<String, Metrics.Group>> slices = new LinkedHashMap<>();
        for (SliceEstimates slice : draft.slices()) {
            Map<String, Metrics.Group> values = slices.computeIfAbsent(slice.grouping(), name -> new LinkedHashMap<>());
            if (slice.gated()) {
                values.put(
                        slice.value(),
                        group(slice.metrics(), comparison.changes(slice.grouping(), slice.value(), slice.metrics())));
            }
        }
        return new Metrics(group(draft.metrics(), comparison.changes(draft.metrics())), slices);
    }

    Optional<Metrics> champion() {
        return comparison.metrics();
    }

    private Metrics.Group group(Map<String, Estimate> metrics, Map<String, Estimate> changes) {
        return new Metrics.Group(EvaluationDraft.values(metrics), limits(metrics), limits(changes));
    }

    private Map<String, Double> limits(Map<String, Estimate> estimates) {
        Map<String, Double> limits = new LinkedHashMap<>();
        for (Gate gate : bounded) {
            Bound bound = gate.bound().orElseThrow();
            Optional.ofNullable(estimates.get(gate.metric()))
                    .flatMap(Estimate::uncertainty)
                    .ifPresent(uncertainty -> {
                        Interval interval = uncertainty.interval(bound.confidence());
                        limits.put(
                                Metrics.limitName(gate.metric(), bound),
                                bound.lower() ? interval.lower() : interval.upper());
                    });
        }
        return limits;
    }
}
