package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.drift.ColumnDrift;
import io.mlcicd.drift.DriftDetails;
import java.util.ArrayList;
import java.util.List;

/** Each compared column with its two distributions side by side, what matters first. */
final class DriftSection {

    private DriftSection() {}

    static Markup draw(DriftDetails drift) {
        List<Markup> figures =
                drift.columns().stream().map(DriftSection::figure).toList();
        return Markup.join(List.of(
                element(
                        "p class=\"soft\"",
                        element("span class=\"key pale\""),
                        Markup.text("reference " + drift.reference().path() + " ("
                                + Numbers.count(drift.reference().rows(), "row") + ")"),
                        element("span class=\"key\""),
                        Markup.text("current " + drift.current().path() + " ("
                                + Numbers.count(drift.current().rows(), "row") + ")")),
                element("div class=\"figures\"", Markup.join(figures)),
                leftOut(drift),
                advice(drift)));
    }

    private static Markup figure(ColumnDrift column) {
        List<PairedBars.Bin> bins = column.distribution().stream()
                .map(bin -> new PairedBars.Bin(bin.label(), bin.reference(), bin.current()))
                .toList();
        String color = column.drifted() ? "UNSTABLE" : "PASSED";
        return element(
                "figure",
                element(
                        "figcaption",
                        element("b", column.name()),
                        Markup.text(" "),
                        element("span class=\"badge " + color + "\"", column.drifted() ? "drifted" : "stable"),
                        Markup.text(" " + column.method().key() + " " + Numbers.plain(column.value())
                                + (column.approximate() ? " (approximate)" : ""))),
                PairedBars.draw("Distribution of " + column.name(), bins),
                element("p class=\"soft\"", column.message()));
    }

    private static Markup leftOut(DriftDetails drift) {
        List<Markup> rows = new ArrayList<>();
        drift.missing()
                .forEach(column -> rows.add(row(
                        column.name(),
                        "missing from the " + column.missingFrom().key() + " data")));
        drift.notCompared().forEach(column -> rows.add(row(column.name(), column.reason())));
        return rows.isEmpty()
                ? Markup.NONE
                : Markup.join(List.of(element("h3", "Not compared"), table(List.of("Column", "Why"), rows)));
    }

    private static Markup row(String name, String why) {
        return element("tr", element("td", name), element("td", why));
    }

    private static Markup advice(DriftDetails drift) {
        if (!drift.retrain().recommended()) {
            return Markup.NONE;
        }
        List<Markup> reasons = drift.retrain().reasons().stream()
                .map(reason -> element("li", reason))
                .toList();
        return Markup.join(List.of(element("h3", "Retraining is recommended"), element("ul", Markup.join(reasons))));
    }
}
