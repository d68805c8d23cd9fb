package io.mlcicd.drift;

import io.mlcicd.drift.DriftDetails.MissingColumn;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Gates;
import io.mlcicd.gate.Metrics;
import io.mlcicd.gate.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Holds gates against the metrics of a drift check. */
final class DriftGates {

    private DriftGates() {}

    /**
     * Holds the gates in their order. A gate on a column that one side lacks fails: that is the strongest drift there
     * is, and no misspelt metric.
     */
    static List<GateResult> hold(List<Gate> gates, Map<String, Double> metrics, List<MissingColumn> missing) {
        List<GateResult> results = new ArrayList<>();
        for (Gate gate : gates) {
            Optional<MissingColumn> lacking = metrics.containsKey(gate.metric())
                    ? Optional.empty()
                    : missing.stream()
                            .filter(column -> gate.metric().startsWith(column.name() + "."))
                            .findFirst();
            if (lacking.isPresent()) {
                results.add(failed(gate, lacking.get()));
            } else {
                results.addAll(Gates.hold(List.of(gate), Metrics.of(metrics), Optional.empty()));
            }
        }
        return List.copyOf(results);
    }

    private static GateResult failed(Gate gate, MissingColumn column) {
        String message = "%s cannot be computed: the %s data have no column '%s'"
                .formatted(gate.metric(), column.missingFrom().key(), column.name());
        return new GateResult(
                gate, Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty(), Outcome.FAILED, message);
    }
}
