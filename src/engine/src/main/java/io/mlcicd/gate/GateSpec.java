package io.mlcicd.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A gate as people write it: one metric with any of its bounds, as in {@code { metric: accuracy, min: 0.75 }}.
 *
 * @param metric the metric's name
 * @param min inclusive lower bound
 * @param max inclusive upper bound
 * @param minChangeVsChampion inclusive lower bound on metric minus the champion's metric
 * @param maxChangeVsChampion inclusive upper bound on metric minus the champion's metric
 * @param slice column whose every value must satisfy the bounds
 * @param criticality what failing means; FAILURE when left out
 */
public record GateSpec(
        String metric,
        OptionalDouble min,
        OptionalDouble max,
        OptionalDouble minChangeVsChampion,
        OptionalDouble maxChangeVsChampion,
        Optional<String> slice,
        Optional<Criticality> criticality) {

    /** One gate for each bound that is given. */
    public List<Gate> gates() {
        List<Gate> gates = new ArrayList<>();
        min.ifPresent(bound -> gates.add(gate(Comparison.MIN, bound)));
        max.ifPresent(bound -> gates.add(gate(Comparison.MAX, bound)));
        minChangeVsChampion.ifPresent(bound -> gates.add(gate(Comparison.MIN_CHANGE, bound)));
        maxChangeVsChampion.ifPresent(bound -> gates.add(gate(Comparison.MAX_CHANGE, bound)));
        return gates;
    }

    private Gate gate(Comparison comparison, double threshold) {
        return new Gate(metric, comparison, threshold, criticality.orElse(Criticality.FAILURE), slice);
    }
}
