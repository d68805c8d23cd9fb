package io.mlcicd.drift;

import io.mlcicd.drift.DriftDetails.MissingColumn;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Gates;
import io.mlcicd.gate.Metrics;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Holds gates against the metrics of a drift check. */
final class DriftGates {

    /** Measures of numbers that need values on both sides. */
    private static final List<String> NUMERIC_ONLY =
            List.of("ad", "ad.pValue", "cvm", "cvm.pValue", "wasserstein", "wasserstein.normed");

    private DriftGates() {}

    /**
     * Holds the gates in their order. A gate on a column that one side lacks fails: that is the strongest drift there
     * is, and no misspelt metric. So does a gate on a measure that a column without values does not have.
     */
    static List<GateResult> hold(
            List<Gate> gates, Map<String, Double> metrics, List<ColumnDrift> columns, List<MissingColumn> missing) {
        List<GateResult> results = new ArrayList<>();
        for (Gate gate : gates) {
            Optional<ColumnDrift> empty = metrics.containsKey(gate.metric())
                    ? Optional.empty()
                    : columns.stream()
                            .filter(column -> NUMERIC_ONLY.stream()
                                    .anyMatch(name -> gate.metric().equals(column.name() + "." + name)))
                            .filter(column -> column.kind() == ColumnKind.NUMERIC)
                            .findFirst();
            if (empty.isPresent()) {
                results.add(failed(gate, empty.get()));
                continue;
            }
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

    private static GateResult failed(Gate gate, ColumnDrift column) {
        if (column.approximate()) {
            throw new InvalidInputException(
                    "a gate asks for %s, which cannot be computed from a stored profile; hold a gate on %s.ks instead"
                            .formatted(gate.metric(), column.name()));
        }
        return failed(
                gate,
                "%s cannot be computed: one of the sides has too few values in the column '%s'"
                        .formatted(gate.metric(), column.name()));
    }

    private static GateResult failed(Gate gate, MissingColumn column) {
        return failed(
                gate,
                "%s cannot be computed: the %s data have no column '%s'"
                        .formatted(gate.metric(), column.missingFrom().key(), column.name()));
    }

    private static GateResult failed(Gate gate, String message) {
        return new GateResult(
                gate, Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty(), Outcome.FAILED, message);
    }
}
