package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.numeric;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.drift.multivariate.CorrelationFinding.PairChange;
import io.mlcicd.drift.multivariate.DomainFinding.Driver;
import io.mlcicd.drift.multivariate.MultivariateFindings;
import java.util.ArrayList;
import java.util.List;

/** What became of all columns together. */
final class TogetherSection {

    private TogetherSection() {}

    static Markup draw(MultivariateFindings together) {
        List<Markup> parts = new ArrayList<>();
        parts.add(element("h3", "All columns together"));
        List<Markup> items = new ArrayList<>();
        together.domain().ifPresent(finding -> items.add(item(finding.drifted(), finding.message())));
        together.pca().ifPresent(finding -> items.add(item(finding.drifted(), finding.message())));
        together.correlation().ifPresent(finding -> items.add(item(finding.drifted(), finding.message())));
        together.notRun()
                .forEach(check -> items.add(element(
                        "li",
                        element("span class=\"badge NOTE\"", "not run"),
                        Markup.text(" " + check.check() + ": " + check.reason()))));
        parts.add(element("ul class=\"findings\"", Markup.join(items)));
        together.domain()
                .filter(finding -> finding.drifted() && !finding.drivers().isEmpty())
                .ifPresent(finding -> parts.add(drivers(finding.drivers())));
        together.correlation()
                .filter(finding -> !finding.pairs().isEmpty())
                .ifPresent(finding -> parts.add(pairs(finding.pairs())));
        return Markup.join(parts);
    }

    static Markup item(boolean drifted, String message) {
        return element(
                "li",
                element(
                        "span class=\"badge " + (drifted ? "UNSTABLE" : "PASSED") + "\"",
                        drifted ? "drifted" : "stable"),
                Markup.text(" " + message));
    }

    private static Markup drivers(List<Driver> drivers) {
        List<Bars.Bar> bars = drivers.stream()
                .map(driver -> new Bars.Bar(driver.column(), driver.share(), Numbers.percent(driver.share())))
                .toList();
        return details(
                "The columns that tell the sides apart",
                Bars.draw("Share of what the classifier gains by each column", bars, 1));
    }

    private static Markup pairs(List<PairChange> pairs) {
        List<Markup> rows = pairs.stream()
                .map(pair -> element(
                        "tr",
                        element("th scope=\"row\"", pair.first() + " and " + pair.second()),
                        numeric(Numbers.plain(pair.reference())),
                        numeric(Numbers.plain(pair.current())),
                        numeric(Numbers.chance(pair.pValue()))))
                .toList();
        return details(
                "Correlations that changed",
                table(
                        "Pearson's correlation on both sides",
                        List.of("Columns", "Reference" + NUMERIC, "Current" + NUMERIC, "p" + NUMERIC),
                        rows));
    }

    private static Markup details(String summary, Markup content) {
        return element("details", element("summary", summary), content);
    }
}
