package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.numeric;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.evaluation.EvaluationDetails.Fairness;
import io.mlcicd.evaluation.EvaluationDetails.FairnessGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** How differently groups are treated: in words, the groups side by side, and the measures. */
final class FairnessTable {

    private static final int MOST = 50;

    private FairnessTable() {}

    static Markup draw(Evaluation evaluation) {
        List<Markup> parts = new ArrayList<>();
        for (Fairness fairness : evaluation.details().fairness()) {
            parts.add(element("h3", "Fairness by " + fairness.column()));
            parts.add(element("p", fairness.sentence()));
            parts.add(groups(fairness));
            parts.add(measures(evaluation, fairness));
        }
        return Markup.join(parts);
    }

    private static Markup groups(Fairness fairness) {
        List<Markup> rows =
                fairness.groups().stream().limit(MOST).map(FairnessTable::row).toList();
        Markup table = table(
                "Groups by " + fairness.column(),
                List.of(
                        fairness.column(),
                        "Rows" + NUMERIC,
                        "Predicted positive" + NUMERIC,
                        "Of its positives" + NUMERIC,
                        "Of its negatives" + NUMERIC),
                rows);
        return fairness.groups().size() <= MOST
                ? table
                : Markup.join(List.of(table, MetricTable.more(fairness.groups().size() - MOST, "group")));
    }

    private static Markup row(FairnessGroup group) {
        return element(
                "tr",
                element("th scope=\"row\"", group.value()),
                numeric(Numbers.plain(group.rows())),
                numeric(Numbers.percent(group.selectionRate())),
                numeric(share(group.truePositiveRate())),
                numeric(share(group.falsePositiveRate())));
    }

    /** A share that a group without such rows does not have. */
    static String share(OptionalDouble share) {
        return share.isPresent() ? Numbers.percent(share.getAsDouble()) : "–";
    }

    private static Markup measures(Evaluation evaluation, Fairness fairness) {
        if (fairness.measures().isEmpty()) {
            return Markup.NONE;
        }
        List<Markup> rows = fairness.measures().entrySet().stream()
                .map(measure -> metric(evaluation, fairness.column(), measure))
                .map(measure -> element(
                        "tr",
                        element("th scope=\"row\"", measure.name()),
                        numeric(measure.rounded()),
                        numeric(measure.limits())))
                .toList();
        return table(
                "Measures of fairness by " + fairness.column() + ": differences are best at 0, ratios at 1",
                List.of("Measure", "Value" + NUMERIC, evaluation.intervalHead() + NUMERIC),
                rows);
    }

    /** A measure under its own short name, with the interval of the metric that it is. */
    static JudgedMetric metric(Evaluation evaluation, String column, Map.Entry<String, Double> measure) {
        return JudgedMetric.alone(
                measure.getKey(),
                measure.getValue(),
                evaluation.interval("fairness." + column + "." + measure.getKey()));
    }
}
