package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.numeric;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.evaluation.metric.Pictures.Threshold;
import java.util.ArrayList;
import java.util.List;

/** What deciding at other thresholds would have done; those with something special first, the others folded away. */
final class ThresholdTable {

    private static final int MOST = 50;

    private ThresholdTable() {}

    static Markup draw(List<Threshold> thresholds) {
        if (thresholds.isEmpty()) {
            return Markup.NONE;
        }
        List<Threshold> special =
                thresholds.stream().filter(each -> each.why().isPresent()).toList();
        boolean costs = thresholds.stream().anyMatch(each -> each.cost().isPresent());
        List<Markup> parts = new ArrayList<>();
        parts.add(element("h3", "Thresholds"));
        if (special.isEmpty()) {
            parts.add(rows("Thresholds", thinned(thresholds), costs));
        } else {
            parts.add(rows("Thresholds that stand out", special, costs));
            String summary = Numbers.count(Math.min(MOST, thresholds.size()), "threshold") + " over the whole range";
            parts.add(element("details", element("summary", summary), rows(summary, thinned(thresholds), costs)));
        }
        return Markup.join(parts);
    }

    private static List<Threshold> thinned(List<Threshold> thresholds) {
        if (thresholds.size() <= MOST) {
            return thresholds;
        }
        List<Threshold> thinned = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            thinned.add(thresholds.get((int) Math.round(i * (thresholds.size() - 1) / (MOST - 1.0))));
        }
        return thinned;
    }

    private static Markup rows(String caption, List<Threshold> thresholds, boolean costs) {
        List<String> heads = new ArrayList<>(List.of(
                "From this score on",
                "What stands out",
                "Precision" + NUMERIC,
                "Recall" + NUMERIC,
                "F1" + NUMERIC,
                "Specificity" + NUMERIC,
                "Predicted positive" + NUMERIC));
        if (costs) {
            heads.add("Mean cost" + NUMERIC);
        }
        return table(
                caption,
                heads,
                thresholds.stream().map(each -> row(each, costs)).toList());
    }

    private static Markup row(Threshold threshold, boolean costs) {
        List<Markup> cells = new ArrayList<>(List.of(
                element("th scope=\"row\"", Numbers.plain(threshold.threshold())),
                element("td", threshold.why().orElse("")),
                numeric(Numbers.plain(threshold.precision())),
                numeric(Numbers.plain(threshold.recall())),
                numeric(Numbers.plain(threshold.f1())),
                numeric(Numbers.plain(threshold.specificity())),
                numeric(Numbers.percent(threshold.positiveShare()))));
        if (costs) {
            cells.add(numeric(
                    threshold.cost().isPresent()
                            ? Numbers.plain(threshold.cost().getAsDouble())
                            : ""));
        }
        return element("tr", Markup.join(cells));
    }
}
