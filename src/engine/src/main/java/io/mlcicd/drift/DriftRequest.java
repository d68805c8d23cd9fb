package io.mlcicd.drift;

import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Model;
import io.mlcicd.retrain.RetrainEvidence;
import io.mlcicd.retrain.RetrainPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link CheckDrift} is asked.
 *
 * @param model the model whose data are watched, if any
 * @param reference the data to compare with, as a rule those the model was trained on
 * @param current the data the model sees now
 * @param columns the columns to compare; empty for all that are worth comparing
 * @param exclude columns not to compare; they win over {@code columns}
 * @param tests when columns count as drifted
 * @param roles the columns that are no features
 * @param importances how much the model depends on columns, by name, in any unit; not negative; a column that is not
 *     named then counts for nothing. Empty: all features count alike
 * @param watched what is looked at beside single columns
 * @param policy when a model is to be trained anew
 * @param evidence what is known for that beside this check's own findings
 * @param gates what decides, on the metrics that {@link CheckDrift} names
 * @param known lineage so far
 */
public record DriftRequest(
        Optional<Model> model,
        DriftSide reference,
        DriftSide current,
        List<String> columns,
        List<String> exclude,
        ColumnTests tests,
        ColumnRoles roles,
        Map<String, Double> importances,
        Watched watched,
        RetrainPolicy policy,
        RetrainEvidence evidence,
        List<Gate> gates,
        LineageRecord known) {

    /** @throws InvalidInputException when an importance is negative or not finite */
    public DriftRequest {
        columns = List.copyOf(columns);
        exclude = List.copyOf(exclude);
        importances = Map.copyOf(importances);
        gates = List.copyOf(gates);
        importances.forEach((column, importance) -> {
            if (!(importance >= 0 && importance <= Double.MAX_VALUE)) {
                throw new InvalidInputException("the importance of column '%s' is %s; it must be a number of at least 0"
                        .formatted(column, importance));
            }
        });
    }

    /** All columns are features of the same importance. */
    public DriftRequest(
            Optional<Model> model,
            DriftSide reference,
            DriftSide current,
            List<String> columns,
            List<String> exclude,
            ColumnTests tests,
            List<Gate> gates,
            LineageRecord known) {
        this(
                model,
                reference,
                current,
                columns,
                exclude,
                tests,
                ColumnRoles.NONE,
                Map.of(),
                Watched.NOTHING,
                RetrainPolicy.BY_GATES,
                RetrainEvidence.NONE,
                gates,
                known);
    }
}
