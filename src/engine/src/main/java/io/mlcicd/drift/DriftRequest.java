package io.mlcicd.drift;

import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Model;
import java.util.List;
import java.util.Optional;

/**
 * What {@link CheckDrift} is asked.
 *
 * @param model the model whose data are watched, if any
 * @param reference the data to compare with, as a rule those the model was trained on
 * @param current the data the model sees now
 * @param columns the columns to compare; empty for all that are worth comparing
 * @param exclude columns not to compare; they win over {@code columns}
 * @param test when one column counts as drifted
 * @param gates what decides, on the metrics that {@link CheckDrift} names
 * @param known lineage so far
 */
public record DriftRequest(
        Optional<Model> model,
        DriftSide reference,
        DriftSide current,
        List<String> columns,
        List<String> exclude,
        ColumnTest test,
        List<Gate> gates,
        LineageRecord known) {

    public DriftRequest {
        columns = List.copyOf(columns);
        exclude = List.copyOf(exclude);
        gates = List.copyOf(gates);
    }
}
