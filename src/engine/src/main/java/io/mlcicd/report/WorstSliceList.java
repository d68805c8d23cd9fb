package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.numeric;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.evaluation.EvaluationDetails.WorstSlice;
import java.util.List;

/** Where the model does worst, in words; the numbers behind the words are folded away. */
final class WorstSliceList {

    private WorstSliceList() {}

    static Markup draw(List<WorstSlice> slices) {
        if (slices.isEmpty()) {
            return Markup.NONE;
        }
        List<Markup> sentences =
                slices.stream().map(slice -> element("li", slice.sentence())).toList();
        return Markup.join(List.of(
                element("h3", "Where it does worst"),
                element("ol class=\"worst\"", Markup.join(sentences)),
                element("details", element("summary", "The numbers behind"), numbers(slices))));
    }

    private static Markup numbers(List<WorstSlice> slices) {
        List<Markup> rows = slices.stream()
                .map(slice -> element(
                        "tr",
                        element("th scope=\"row\"", String.join(" and ", slice.conditions())),
                        numeric(Numbers.plain(slice.rows())),
                        element("td", slice.metric()),
                        numeric(Numbers.plain(slice.value())),
                        numeric(Numbers.plain(slice.rest())),
                        numeric(Numbers.plain(slice.effect())),
                        numeric(Numbers.chance(slice.pValue()))))
                .toList();
        return table(
                "The worst slices; p is corrected for the number of slices that were looked at (Holm)",
                List.of(
                        "Rows where",
                        "How many" + NUMERIC,
                        "Measure",
                        "There" + NUMERIC,
                        "Elsewhere" + NUMERIC,
                        "Effect size" + NUMERIC,
                        "p" + NUMERIC),
                rows);
    }
}
