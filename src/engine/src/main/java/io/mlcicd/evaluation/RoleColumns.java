package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The columns that roles name, found in the file and of a usable type.
 *
 * @param actual the true values, by the name they are kept under
 * @param predicted what the model says, by the name it is kept under
 */
record RoleColumns(
        Map<String, Column> actual,
        Map<String, Column> predicted,
        Optional<Column> query,
        Optional<Column> weight,
        Optional<Column> id) {

    static RoleColumns find(Task task, Roles roles, Predictions file) throws InterruptedException {
        Map<String, Column> actual = new LinkedHashMap<>();
        Map<String, Column> predicted = new LinkedHashMap<>();
        switch (task) {
            case BINARY, MULTICLASS -> classes(task, roles, file, actual, predicted);
            case MULTILABEL -> labels(roles, file, actual, predicted);
            case REGRESSION -> {
                actual.put("actual", file.numbers(label(roles), "the label"));
                predicted.put("predicted", file.numbers(prediction(roles), "the prediction"));
            }
            case QUANTILE -> quantiles(roles, file, actual, predicted);
            case RANKING -> {
                actual.put("actual", file.numbers(label(roles), "the relevance"));
                String score = roles.score()
                        .or(roles::prediction)
                        .orElseThrow(() -> needed("score", "the score that" + " documents are ranked by"));
                predicted.put("score", file.numbers(score, "the score"));
            }
        }
        return new RoleColumns(
                actual,
                predicted,
                task == Task.RANKING
                        ? Optional.of(file.column(
                                roles.query()
                                        .orElseThrow(() -> needed("query", "the query that a document was ranked for")),
                                "the query"))
                        : Optional.empty(),
                roles.weight().isPresent()
                        ? Optional.of(file.numbers(roles.weight().get(), "the weight"))
                        : Optional.empty(),
                roles.id().isPresent() ? Optional.of(file.column(roles.id().get(), "the id")) : Optional.empty());
    }

    private static void classes(
            Task task, Roles roles, Predictions file, Map<String, Column> actual, Map<String, Column> predicted)
            throws InterruptedException {
        actual.put("actual", file.column(label(roles), "the label"));
        boolean scored = task == Task.BINARY
                ? roles.score().isPresent()
                : !roles.scores().isEmpty();
        if (roles.prediction().isPresent()) {
            predicted.put("predicted", file.column(roles.prediction().get(), "the prediction"));
        } else if (!scored) {
            throw new InvalidInputException("the evaluation needs the column with the predicted value: name it with"
                    + " 'prediction', or give "
                    + (task == Task.BINARY ? "a 'score'" : "the 'scores' of the classes"));
        }
        if (task == Task.BINARY && scored) {
            predicted.put("score", file.numbers(roles.score().get(), "the score"));
        }
        if (task == Task.MULTICLASS) {
            int i = 0;
            for (Map.Entry<String, String> entry : roles.scores().entrySet()) {
                predicted.put(
                        "score_" + i++, file.numbers(entry.getValue(), "the score of class '" + entry.getKey() + "'"));
            }
        }
    }

    private static void labels(Roles roles, Predictions file, Map<String, Column> actual, Map<String, Column> predicted)
            throws InterruptedException {
        if (roles.labels().isEmpty()) {
            throw needed("labels", "each label's columns");
        }
        boolean predictions = roles.labels().values().stream()
                .allMatch(one -> one.prediction().isPresent());
        int i = 0;
        for (Map.Entry<String, Roles.LabelColumns> entry : roles.labels().entrySet()) {
            Roles.LabelColumns one = entry.getValue();
            String of = " of label '" + entry.getKey() + "'";
            actual.put("actual_" + i, file.truths(one.label(), "the truth" + of));
            if (predictions) {
                predicted.put("predicted_" + i, file.truths(one.prediction().orElseThrow(), "the prediction" + of));
            } else if (one.score().isEmpty()) {
                throw new InvalidInputException(
                        "label '%s' has neither a 'prediction' nor a 'score'; where one label".formatted(entry.getKey())
                                + " has no prediction, every label needs a score");
            }
            if (one.score().isPresent()) {
                predicted.put("score_" + i, file.numbers(one.score().get(), "the score" + of));
            }
            i++;
        }
    }

    private static void quantiles(
            Roles roles, Predictions file, Map<String, Column> actual, Map<String, Column> predicted)
            throws InterruptedException {
        actual.put("actual", file.numbers(label(roles), "the label"));
        if (roles.quantiles().isEmpty()) {
            throw needed("quantiles", "the predicted quantile of each level");
        }
        int i = 0;
        for (double level : roles.levels()) {
            predicted.put(
                    "quantile_" + i++, file.numbers(roles.quantiles().get(level), "the quantile of level " + level));
        }
        if (roles.prediction().isPresent()) {
            predicted.put("predicted", file.numbers(roles.prediction().get(), "the prediction"));
        }
    }

    private static String label(Roles roles) {
        return roles.label().orElseThrow(() -> needed("label", "the true value"));
    }

    private static String prediction(Roles roles) {
        return roles.prediction().orElseThrow(() -> needed("prediction", "the predicted value"));
    }

    private static InvalidInputException needed(String role, String what) {
        return new InvalidInputException(
                "the evaluation needs the column with %s: name it with '%s'".formatted(what, role));
    }
}
