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
 * @param minRelativeChangeVsChampion inclusive lower bound on that change as a share of the champion's metric
 * @param maxRelativeChangeVsChampion inclusive upper bound on that share
 * @param notWorseThanChampion how much worse than the champion's the metric may be, 0 or more, with the confidence of
 *     {@code bound} (95 % when left out); which way is worse, the operation knows
 * @param slice column whose every value must satisfy the bounds
 * @param bound the limit of the confidence interval that is held against the bounds; the value itself when left out
 * @param criticality what failing means; FAILURE when left out
 */
public record GateSpec(
        String metric,
        OptionalDouble min,
        OptionalDouble max,
        OptionalDouble minChangeVsChampion,
        OptionalDouble maxChangeVsChampion,
        OptionalDouble minRelativeChangeVsChampion,
        OptionalDouble maxRelativeChangeVsChampion,
        OptionalDouble notWorseThanChampion,
        Optional<String> slice,
        Optional<Bound> bound,
        Optional<Criticality> criticality) {

    /** One gate for each bound that is given, {@link #notWorseThanChampion} aside. */
    public List<Gate> gates() {
        List<Gate> gates = new ArrayList<>();
        min.ifPresent(bound -> gates.add(gate(Comparison.MIN, bound)));
        max.ifPresent(bound -> gates.add(gate(Comparison.MAX, bound)));
        minChangeVsChampion.ifPresent(bound -> gates.add(gate(Comparison.MIN_CHANGE, bound)));
        maxChangeVsChampion.ifPresent(bound -> gates.add(gate(Comparison.MAX_CHANGE, bound)));
        minRelativeChangeVsChampion.ifPresent(bound -> gates.add(gate(Comparison.MIN_RELATIVE_CHANGE, bound)));
        maxRelativeChangeVsChampion.ifPresent(bound -> gates.add(gate(Comparison.MAX_RELATIVE_CHANGE, bound)));
        return gates;
    }

    /**
     * The gate that {@link #notWorseThanChampion} asks for: the limit of the change's interval on the side of the worse
     * must be within the margin, which is a test of non-inferiority (ICH E9, Statistical Principles for Clinical Trials,
     * 3.3.2).
     */
    public Optional<Gate> nonInferiority(boolean higherIsBetter) {
        if (notWorseThanChampion.isEmpty()) {
            return Optional.empty();
        }
        double margin = notWorseThanChampion.getAsDouble();
        int percent = bound.map(Bound::percent).orElse(95);
        return Optional.of(new Gate(
                metric,
                higherIsBetter ? Comparison.MIN_CHANGE : Comparison.MAX_CHANGE,
                higherIsBetter ? -margin : margin,
                criticality.orElse(Criticality.FAILURE),
                slice,
                Optional.of(new Bound(higherIsBetter, percent))));
    }

    private Gate gate(Comparison comparison, double threshold) {
        return new Gate(metric, comparison, threshold, criticality.orElse(Criticality.FAILURE), slice, bound);
    }
}
