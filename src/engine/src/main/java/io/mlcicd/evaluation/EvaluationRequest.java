package io.mlcicd.evaluation;

import io.mlcicd.data.DataSource;
import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Task;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link EvaluateModel} is asked.
 *
 * @param model the model
 * @param task the kind of prediction it makes
 * @param predictions file with labels and predictions
 * @param label column with the true value
 * @param prediction column with the predicted value; may be empty for a binary task with a score, where a score of at
 *     least one half means the positive class
 * @param score binary: column with the score of the positive class
 * @param scores multiclass: class to the column with its probability
 * @param positive binary: label of the positive class; empty to recognise it, see {@link ClassLabels#positive}
 * @param slices columns whose values split the data
 * @param minSliceSize slices with fewer rows are shown, not gated; 1 or more
 * @param gates what decides
 * @param champion result document to compare with
 * @param known lineage so far
 */
public record EvaluationRequest(
        Model model,
        Task task,
        DataSource predictions,
        String label,
        Optional<String> prediction,
        Optional<String> score,
        Map<String, String> scores,
        Optional<String> positive,
        List<String> slices,
        int minSliceSize,
        List<Gate> gates,
        Optional<Path> champion,
        LineageRecord known) {

    /** Enough rows for a share to mean something, and what statistics books call a small sample below. */
    public static final int DEFAULT_MIN_SLICE_SIZE = 30;

    public EvaluationRequest {
        scores = new LinkedHashMap<>(scores);
        slices = List.copyOf(slices);
        gates = List.copyOf(gates);
    }

    /** An evaluation of predictions in a column, with nothing else asked for. */
    public static EvaluationRequest of(
            Model model, Task task, DataSource predictions, String label, String prediction) {
        return new EvaluationRequest(
                model,
                task,
                predictions,
                label,
                Optional.of(prediction),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                List.of(),
                DEFAULT_MIN_SLICE_SIZE,
                List.of(),
                Optional.empty(),
                LineageRecord.EMPTY);
    }

    public EvaluationRequest withPrediction(Optional<String> column) {
        return new EvaluationRequest(
                model,
                task,
                predictions,
                label,
                column,
                score,
                scores,
                positive,
                slices,
                minSliceSize,
                gates,
                champion,
                known);
    }

    public EvaluationRequest withScore(String column) {
        return new EvaluationRequest(
                model,
                task,
                predictions,
                label,
                prediction,
                Optional.of(column),
                scores,
                positive,
                slices,
                minSliceSize,
                gates,
                champion,
                known);
    }

    public EvaluationRequest withScores(Map<String, String> columns) {
        return new EvaluationRequest(
                model,
                task,
                predictions,
                label,
                prediction,
                score,
                columns,
                positive,
                slices,
                minSliceSize,
                gates,
                champion,
                known);
    }

    public EvaluationRequest withPositive(String value) {
        return new EvaluationRequest(
                model,
                task,
                predictions,
                label,
                prediction,
                score,
                scores,
                Optional.of(value),
                slices,
                minSliceSize,
                gates,
                champion,
                known);
    }

    public EvaluationRequest withSlices(int minSize, String... columns) {
        return new EvaluationRequest(
                model,
                task,
                predictions,
                label,
                prediction,
                score,
                scores,
                positive,
                List.of(columns),
                minSize,
                gates,
                champion,
                known);
    }

    public EvaluationRequest withGates(Gate... all) {
        return new EvaluationRequest(
                model,
                task,
                predictions,
                label,
                prediction,
                score,
                scores,
                positive,
                slices,
                minSliceSize,
                List.of(all),
                champion,
                known);
    }

    public EvaluationRequest withChampion(Path document) {
        return new EvaluationRequest(
                model,
                task,
                predictions,
                label,
                prediction,
                score,
                scores,
                positive,
                slices,
                minSliceSize,
                gates,
                Optional.of(document),
                known);
    }
}
