package io.mlcicd.evaluation;

import io.mlcicd.data.DataEngine;
import io.mlcicd.document.Figures;
import io.mlcicd.evaluation.metric.JudgedColumns;
import io.mlcicd.evaluation.metric.JudgedColumns.Side;
import io.mlcicd.evaluation.metric.MetricOptions;
import io.mlcicd.operation.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much a row counts against the model.
 *
 * @param metric the name of its mean
 * @param sql the loss of a row, 0 or more
 * @param wrongOrRight whether it is 1 or 0
 */
record SliceLoss(String metric, String sql, boolean wrongOrRight) {

    /** The loss of a task's predictions; of ranked documents, of which none has a loss by itself, there is none. */
    static Optional<SliceLoss> of(Task task, CodedRows rows, MetricOptions options) {
        JudgedColumns columns = rows.columns(Side.MODEL);
        return switch (task) {
            case BINARY, MULTICLASS ->
                Optional.of(
                        new SliceLoss("errorRate", wrong(columns.actual(), Decisions.ofRow(columns, options)), true));
            case MULTILABEL -> Optional.of(new SliceLoss("hammingLoss", wrongLabels(columns, options), false));
            case REGRESSION ->
                Optional.of(new SliceLoss(
                        "absoluteError", "ABS(%s - %s)".formatted(columns.predictedValue(), columns.actual()), false));
            case QUANTILE -> Optional.of(new SliceLoss("pinball", pinball(columns), false));
            case RANKING -> Optional.empty();
        };
    }

    private static String wrong(String actual, String decision) {
        return "CASE WHEN %s = %s THEN 0 ELSE 1 END".formatted(actual, decision);
    }

    private static String wrongLabels(JudgedColumns columns, MetricOptions options) {
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < columns.classes().size(); i++) {
            wrong.add(wrong(columns.actual(i), Decisions.ofLabel(columns, i, options)));
        }
        return mean(wrong);
    }

    /** R. Koenker and G. Bassett, "Regression quantiles", Econometrica 46, 1978. */
    private static String pinball(JudgedColumns columns) {
        List<String> losses = new ArrayList<>();
        for (int i = 0; i < columns.levels().size(); i++) {
            String miss = "(%s - %s)".formatted(columns.actual(), columns.quantile(i));
            double level = columns.levels().get(i);
            losses.add("GREATEST(%s * %s, %s * %s)"
                    .formatted(DataEngine.literal(level), miss, DataEngine.literal(level - 1), miss));
        }
        return mean(losses);
    }

    private static String mean(List<String> losses) {
        return "(" + String.join(" + ", losses) + ") / " + losses.size() + "E0";
    }

    /** The loss of so many rows in words, and what it is of all others. */
    String sentence(double value, String rows, double rest, String others) {
        return switch (metric) {
            case "errorRate" ->
                "%s of %s are wrong, against %s of the other %s"
                        .formatted(Wording.percent(value), rows, Wording.percent(rest), others);
            case "hammingLoss" ->
                "%s of the labels of %s are wrong, against %s of those of the other %s"
                        .formatted(Wording.percent(value), rows, Wording.percent(rest), others);
            case "pinball" ->
                "the mean pinball loss of %s is %s, against %s of the other %s"
                        .formatted(rows, Figures.number(value), Figures.number(rest), others);
            default ->
                "the mean absolute error of %s is %s, against %s of the other %s"
                        .formatted(rows, Figures.number(value), Figures.number(rest), others);
        };
    }
}
