package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.numeric;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.evaluation.EvaluationDetails.Change;
import io.mlcicd.evaluation.EvaluationDetails.MetricInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Every metric with its interval and the champion beside it; those of single classes folded away. */
final class MetricTable {

    /** More are counted, not shown; the document has them all. */
    private static final int MOST = 200;

    private MetricTable() {}

    static Markup draw(Evaluation evaluation) {
        List<JudgedMetric> whole = new ArrayList<>();
        List<JudgedMetric> ofClasses = new ArrayList<>();
        List<String> classes =
                evaluation.details().classes().stream().map(one -> one.name()).toList();
        for (JudgedMetric metric : evaluation.metrics()) {
            int dot = metric.name().indexOf('.');
            boolean ofClass = dot > 0 && classes.contains(metric.name().substring(dot + 1));
            (ofClass ? ofClasses : whole).add(metric);
        }
        if (whole.isEmpty() && ofClasses.isEmpty()) {
            return Markup.NONE;
        }
        List<Markup> parts = new ArrayList<>();
        parts.add(element("h3", "All metrics"));
        parts.add(rows("Each metric with its interval and how that was found", whole, evaluation));
        if (!ofClasses.isEmpty()) {
            String summary = Numbers.count(ofClasses.size(), "metric") + " of single classes";
            parts.add(element("details", element("summary", summary), rows(summary, ofClasses, evaluation)));
        }
        return Markup.join(parts);
    }

    private static Markup rows(String caption, List<JudgedMetric> metrics, Evaluation evaluation) {
        boolean compared = metrics.stream().anyMatch(metric -> metric.change().isPresent());
        List<String> heads =
                new ArrayList<>(List.of("Metric", "Value" + NUMERIC, evaluation.intervalHead() + NUMERIC, "Method"));
        if (compared) {
            heads.addAll(List.of(
                    "Champion" + NUMERIC, "Change" + NUMERIC, "Its interval" + NUMERIC, "p" + NUMERIC, "Verdict"));
        }
        List<Markup> rows = metrics.stream()
                .limit(MOST)
                .map(metric -> row(metric, compared))
                .toList();
        Markup table = table(caption, heads, rows);
        return metrics.size() <= MOST ? table : Markup.join(List.of(table, more(metrics.size() - MOST, "metric")));
    }

    /** What is left out, and where it is. */
    static Markup more(long number, String noun) {
        return element("p class=\"soft\"", "and " + Numbers.count(number, "more " + noun) + ", in the result document");
    }

    private static Markup row(JudgedMetric metric, boolean compared) {
        List<Markup> cells = new ArrayList<>();
        cells.add(element("th scope=\"row\"", metric.name()));
        cells.add(numeric(metric.rounded()));
        cells.add(numeric(metric.limits()));
        cells.add(element(
                "td class=\"soft\"",
                metric.interval().map(MetricInterval::method).orElse("")));
        if (compared) {
            cells.add(numeric(metric.championRounded()));
            cells.add(numeric(metric.changed()));
            cells.add(numeric(metric.changeLimits()));
            OptionalDouble pValue = metric.change().map(Change::pValue).orElse(OptionalDouble.empty());
            cells.add(numeric(pValue.isPresent() ? Numbers.chance(pValue.getAsDouble()) : ""));
            cells.add(element("td", metric.shift().map(Shift::badge).orElse(Markup.NONE)));
        }
        return element("tr", Markup.join(cells));
    }
}
