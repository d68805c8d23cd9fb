package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.data.Row;
import io.mlcicd.data.expression.SqlExpression;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.statistic.Estimate;
import io.mlcicd.statistic.Jackknife;
import io.mlcicd.statistic.Uncertainty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Metrics that users write as SQL. */
final class CustomMetrics {

    /** What metrics that are added later begin with. */
    private static final List<String> RESERVED = List.of("fairness.", "behaviour.", "tests.", "latency.", "errors.");

    private CustomMetrics() {}

    /**
     * Adds them to the draft, each over all rows of the file, with an interval from leaving out groups of rows.
     *
     * @throws InvalidInputException when one has the name of another metric, is no expression over the file's columns, or
     *     is not finite
     */
    static void measure(
            Predictions file, Map<String, CustomMetric> custom, Confidence confidence, EvaluationDraft draft)
            throws InterruptedException {
        List<String> columns =
                file.relation().columns().stream().map(Column::name).toList();
        Map<String, SqlExpression> expressions = new LinkedHashMap<>();
        for (Map.Entry<String, CustomMetric> entry : custom.entrySet()) {
            requireOwnName(entry.getKey(), draft);
            expressions.put(
                    entry.getKey(), compiled(entry.getKey(), entry.getValue().sql(), columns, file));
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (Map.Entry<String, SqlExpression> entry : expressions.entrySet()) {
            value(entry.getKey(), entry.getValue(), file)
                    .ifPresentOrElse(
                            value -> values.put(entry.getKey(), value),
                            () -> draft.note(
                                    "the metric '%s' was left out: its expression gives no value (NULL) for these rows"
                                            .formatted(entry.getKey())));
        }
        expressions.keySet().retainAll(values.keySet());
        Map<String, Jackknife> uncertainties =
                RowGroups.of(file, confidence.seed()).jackknife(expressions, values);
        values.forEach((name, value) -> draft.metric(
                name,
                new Estimate(value, Optional.ofNullable(uncertainties.get(name)).map(Uncertainty.class::cast))));
    }

    private static void requireOwnName(String name, EvaluationDraft draft) {
        boolean reserved = RESERVED.stream().anyMatch(name::startsWith);
        if (reserved || name.equals("rows") || draft.metrics().containsKey(name)) {
            throw new InvalidInputException("the metric '%s' of your own has a name that %s; give it another"
                    .formatted(name, reserved ? "begins like those of other metrics" : "another metric has"));
        }
    }

    private static SqlExpression compiled(String name, String sql, List<String> columns, Predictions file)
            throws InterruptedException {
        SqlExpression expression;
        try {
            expression = SqlExpression.aggregate(sql, columns);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(failure(name, e.getMessage()), e);
        }
        Optional<String> problem =
                file.engine().problem("SELECT " + expression.sql() + " AS value FROM " + file.from());
        if (problem.isPresent()) {
            throw new InvalidInputException(failure(name, problem.get()));
        }
        return expression;
    }

    private static Optional<Double> value(String name, SqlExpression expression, Predictions file)
            throws InterruptedException {
        Row row;
        try {
            row = file.engine()
                    .query("SELECT " + expression.sql() + " AS value FROM " + file.from())
                    .get(0);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(failure(name, e.getMessage()), e);
        }
        Optional<String> text = row.text("value");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        double value = row.number("value").orElse(Double.NaN);
        if (!Double.isFinite(value)) {
            throw new InvalidInputException(failure(
                    name,
                    "it is '%s' over these rows, but a metric is a finite number; divide by nullif(..., 0) where a divisor can be 0"
                            .formatted(text.get())));
        }
        return Optional.of(value);
    }

    private static String failure(String name, String problem) {
        return "the metric '%s' of your own: %s".formatted(name, problem);
    }
}
