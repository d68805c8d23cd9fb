package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.numeric;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.drift.ColumnDrift;
import io.mlcicd.drift.DriftDetails;
import io.mlcicd.drift.multivariate.EmbeddingFindings;
import io.mlcicd.drift.text.TextFindings;
import io.mlcicd.retrain.Approval;
import io.mlcicd.retrain.RetrainAdvice;
import io.mlcicd.retrain.RetrainAdvice.State;
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
                advice(drift.retrain()),
                element("div class=\"figures\"", Markup.join(figures)),
                drift.together().map(TogetherSection::draw).orElse(Markup.NONE),
                drift.texts().map(DriftSection::texts).orElse(Markup.NONE),
                drift.embeddings().map(DriftSection::embeddings).orElse(Markup.NONE),
                drift.performance().map(PerformanceSection::draw).orElse(Markup.NONE),
                drift.service().map(ServiceSection::draw).orElse(Markup.NONE),
                Markup.join(drift.notes().stream()
                        .map(note -> element("p class=\"soft\"", note))
                        .toList()),
                leftOut(drift)));
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
                bins.isEmpty() ? Markup.NONE : asTable(column.name(), bins),
                element("p class=\"soft\"", column.message()));
    }

    private static Markup asTable(String column, List<PairedBars.Bin> bins) {
        List<Markup> rows = bins.stream()
                .map(bin -> element(
                        "tr",
                        element("th scope=\"row\"", bin.label()),
                        numeric(Numbers.percent(bin.reference())),
                        numeric(Numbers.percent(bin.current()))))
                .toList();
        return element(
                "details",
                element("summary", "As a table"),
                table(
                        "Shares of the rows by values of " + column,
                        List.of("Values", "Reference" + NUMERIC, "Current" + NUMERIC),
                        rows));
    }

    private static Markup texts(TextFindings texts) {
        List<Markup> items = new ArrayList<>();
        texts.columns()
                .forEach(column ->
                        items.add(TogetherSection.item(column.drifted(), column.name() + ": " + column.message())));
        texts.notRun().forEach(column -> items.add(notRun(column.column(), column.reason())));
        return Markup.join(List.of(element("h3", "Texts"), element("ul class=\"findings\"", Markup.join(items))));
    }

    private static Markup embeddings(EmbeddingFindings embeddings) {
        List<Markup> items = new ArrayList<>();
        embeddings
                .embeddings()
                .forEach(each -> items.add(TogetherSection.item(each.drifted(), each.name() + ": " + each.message())));
        embeddings.notRun().forEach(each -> items.add(notRun(each.check(), each.reason())));
        return Markup.join(List.of(element("h3", "Embeddings"), element("ul class=\"findings\"", Markup.join(items))));
    }

    private static Markup notRun(String what, String why) {
        return element("li", element("span class=\"badge NOTE\"", "not run"), Markup.text(" " + what + ": " + why));
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

    /** Whether to train anew, with every condition that was looked at. */
    private static Markup advice(RetrainAdvice advice) {
        if (advice.conditions().isEmpty()) {
            return Markup.NONE;
        }
        String title = advice.recommended()
                ? "Retraining is recommended" + (advice.approval() == Approval.REQUIRED ? ", once a person agrees" : "")
                : "Retraining is not called for";
        List<Markup> conditions = advice.conditions().stream()
                .map(finding -> element(
                        "li",
                        element(
                                "span class=\"badge " + color(finding.state()) + "\"",
                                finding.condition().key()),
                        Markup.text(" " + finding.message())))
                .toList();
        return Markup.join(List.of(element("h3", title), element("ul class=\"findings\"", Markup.join(conditions))));
    }

    private static String color(State state) {
        return switch (state) {
            case HOLDS -> "UNSTABLE";
            case DOES_NOT_HOLD -> "PASSED";
            case TOLD, UNKNOWN -> "NOTE";
        };
    }
}
