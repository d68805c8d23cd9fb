package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns that a request names, found in the file and of a usable type. */
record Columns(Column label, Optional<Column> prediction, Optional<Column> score, Map<String, Column> scores) {

    static Columns find(EvaluationRequest request, Predictions predictions) throws InterruptedException {
        boolean regression = request.task() == Task.REGRESSION;
        if (request.prediction().isEmpty()
                && !(request.task() == Task.BINARY && request.score().isPresent())) {
            throw new InvalidInputException("the evaluation needs the column with the predicted value: name it with"
                    + " 'prediction'" + (request.task() == Task.BINARY ? ", or give a 'score'" : ""));
        }
        Column label = regression
                ? predictions.numbers(request.label(), "the label")
                : predictions.column(request.label(), "the label");
        Optional<Column> prediction = Optional.empty();
        if (request.prediction().isPresent()) {
            String name = request.prediction().get();
            prediction = Optional.of(
                    regression
                            ? predictions.numbers(name, "the prediction")
                            : predictions.column(name, "the prediction"));
        }
        Optional<Column> score = Optional.empty();
        if (request.task() == Task.BINARY && request.score().isPresent()) {
            score = Optional.of(predictions.numbers(request.score().get(), "the score"));
        }
        Map<String, Column> scores = new LinkedHashMap<>();
        if (request.task() == Task.MULTICLASS) {
            for (Map.Entry<String, String> entry : request.scores().entrySet()) {
                scores.put(
                        entry.getKey(),
                        predictions.numbers(entry.getValue(), "the score of class '" + entry.getKey() + "'"));
            }
        }
        return new Columns(label, prediction, score, scores);
    }

    /** All that must have a value in every row. */
    List<Column> all() {
        List<Column> all = new ArrayList<>();
        all.add(label);
        prediction.ifPresent(all::add);
        score.ifPresent(all::add);
        all.addAll(scores.values());
        return all;
    }
}
