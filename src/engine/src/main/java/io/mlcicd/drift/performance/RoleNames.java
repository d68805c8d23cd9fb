package io.mlcicd.drift.performance;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.evaluation.Roles;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The columns that a task's roles name, each with what it is.
 *
 * @param labels the true values
 * @param predicted what the model says, with the weight and the query
 */
record RoleNames(Map<String, String> labels, Map<String, String> predicted) {

    static RoleNames of(Task task, Roles roles) {
        Map<String, String> labels = new LinkedHashMap<>();
        Map<String, String> predicted = new LinkedHashMap<>();
        if (task == Task.MULTILABEL) {
            roles.labels().forEach((name, columns) -> {
                labels.put(columns.label(), "the truth of label '" + name + "'");
                columns.prediction()
                        .ifPresent(column -> predicted.put(column, "the prediction of label '" + name + "'"));
                columns.score().ifPresent(column -> predicted.put(column, "the score of label '" + name + "'"));
            });
        } else {
            labels.put(
                    roles.label()
                            .orElseThrow(
                                    () -> new InvalidInputException(
                                            "the performance watch needs the column with the true"
                                                    + " value: name it with 'label'; it may be empty where labels have not arrived")),
                    "the label");
        }
        roles.prediction().ifPresent(column -> predicted.put(column, "the prediction"));
        roles.score().ifPresent(column -> predicted.put(column, "the score"));
        roles.scores().forEach((name, column) -> predicted.put(column, "the score of class '" + name + "'"));
        roles.quantiles().forEach((level, column) -> predicted.put(column, "the quantile of level " + level));
        roles.query().ifPresent(column -> predicted.put(column, "the query"));
        roles.weight().ifPresent(column -> predicted.put(column, "the weight"));
        if (predicted.isEmpty()) {
            throw new InvalidInputException(
                    "the performance watch needs the model's predictions: name their column with"
                            + " 'prediction', 'score' or 'scores'");
        }
        return new RoleNames(labels, predicted);
    }

    /** Whether the data have all labels' columns. */
    boolean labelsIn(Relation relation) {
        return labels.keySet().stream().allMatch(name -> relation.find(name).isPresent());
    }

    /**
     * Finds what the model says, and sees that every row has it.
     *
     * @throws InvalidInputException when a column or a value is missing; the message has its row
     */
    void requirePredictions(DataEngine engine, Relation relation) throws InterruptedException {
        String counts = predicted.keySet().stream()
                .map(name -> "COUNT(CASE WHEN %s THEN 1 END) AS %s"
                        .formatted(
                                missing(engine, relation.require(name, predicted.get(name))), DataEngine.quote(name)))
                .collect(Collectors.joining(", "));
        Row row = engine.query("SELECT COUNT(*) AS watch_all_rows, %s FROM %s".formatted(counts, relation.sql()))
                .get(0);
        if (row.count("watch_all_rows") == 0) {
            throw new InvalidInputException(relation.source().shown() + " has no rows to watch");
        }
        for (String name : predicted.keySet()) {
            if (row.count(name) > 0) {
                Row first = engine.query("SELECT MIN(row_number) AS first FROM %s AS numbered WHERE %s"
                                .formatted(
                                        engine.dialect().numbered(relation),
                                        missing(engine, relation.require(name, predicted.get(name)))))
                        .get(0);
                throw new InvalidInputException(
                        "%s: column '%s' (%s) has no usable value in %s, the first of them row %d"
                                .formatted(
                                        relation.source().shown(),
                                        name,
                                        predicted.get(name),
                                        Wording.count(row.count(name), "row"),
                                        first.count("first")));
            }
        }
    }

    /** Whether a row has all labels, in SQL. */
    String labelled(DataEngine engine, Relation relation) {
        return labels.keySet().stream()
                .map(name -> "NOT " + missing(engine, relation.require(name, labels.get(name))))
                .collect(Collectors.joining(" AND ", "(", ")"));
    }

    private static String missing(DataEngine engine, Column column) {
        String name = DataEngine.quote(column.name());
        return "(" + (column.type() == ColumnType.NUMBER ? engine.dialect().finite(name, ColumnType.NUMBER) : name)
                + " IS NULL)";
    }

    /** The roles as an evaluation of prepared rows needs them. */
    static Roles evaluated(Roles roles, Optional<String> positive) {
        return new Roles(
                roles.label(),
                roles.prediction(),
                roles.score(),
                roles.scores(),
                positive,
                roles.labels(),
                roles.quantiles(),
                roles.query(),
                roles.weight(),
                Optional.empty(),
                OptionalInt.empty());
    }

    /** All columns. */
    List<String> all(boolean withLabels) {
        Map<String, String> all = new LinkedHashMap<>(withLabels ? labels : Map.of());
        all.putAll(predicted);
        return List.copyOf(all.keySet());
    }
}
