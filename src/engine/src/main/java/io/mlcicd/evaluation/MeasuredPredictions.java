package io.mlcicd.evaluation;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataEngines;
import io.mlcicd.data.Relation;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Task;
import io.mlcicd.statistic.Estimate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an evaluation measures of predictions that an engine has open already: of some rows of a data set, where they are.
 * Nothing is held against gates or a champion, and no file is digested.
 *
 * @param metrics of all rows
 * @param details with the slices and the intervals
 * @param errors by how much metrics of all rows may be off, in words
 */
public record MeasuredPredictions(Map<String, Double> metrics, EvaluationDetails details, List<String> errors) {

    public MeasuredPredictions {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        errors = List.copyOf(errors);
    }

    /**
     * Measures.
     *
     * @param request what is measured, and how; the data that it names are not read
     * @param engine has the rows open, and stays open
     * @param rows with the columns that the request's roles and slices name
     * @param task the request's
     * @throws io.mlcicd.operation.InvalidInputException when a column is missing, or a value that every row must have
     * @throws InterruptedException when the calling thread was interrupted
     */
    public static MeasuredPredictions of(EvaluationRequest request, DataEngine engine, Relation rows, Task task)
            throws InterruptedException {
        EvaluationDraft draft = new EvaluationDraft(request.confidence());
        ChampionComparison nobody = ChampionComparison.with(request, draft);
        long count = new PredictionEvaluation(request, DataEngines.EMBEDDED, draft, nobody, Progress.NONE)
                .measure(engine, rows, task, request.roles())
                .rows();
        draft.metric("rows", Estimate.certain((double) count));
        return new MeasuredPredictions(
                EvaluationDraft.values(draft.metrics()),
                draft.finish(Optional.of(task), count, Optional.empty()),
                draft.errors());
    }
}
