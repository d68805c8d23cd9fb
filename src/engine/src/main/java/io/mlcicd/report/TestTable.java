package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.numeric;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.evaluation.EvaluationDetails.TestSuite;
import java.util.List;

/** The model's own tests, by suite, with the names of those that failed. */
final class TestTable {

    private static final int MOST_FAILURES = 20;

    private TestTable() {}

    static Markup draw(List<TestSuite> suites) {
        if (suites.isEmpty()) {
            return Markup.NONE;
        }
        List<Markup> rows = suites.stream().map(TestTable::row).toList();
        Markup table = table(
                "By suite",
                List.of(
                        "Suite",
                        "Tests" + NUMERIC,
                        "Failed" + NUMERIC,
                        "Broken" + NUMERIC,
                        "Skipped" + NUMERIC,
                        "Time" + NUMERIC),
                rows);
        List<String> failures =
                suites.stream().flatMap(suite -> suite.failures().stream()).toList();
        if (failures.isEmpty()) {
            return Markup.join(List.of(element("h3", "The model's own tests"), table));
        }
        List<Markup> items = failures.stream()
                .limit(MOST_FAILURES)
                .map(failure -> element("li", element("code class=\"value\"", failure)))
                .toList();
        Markup more = failures.size() > MOST_FAILURES
                ? MetricTable.more(failures.size() - MOST_FAILURES, "failure")
                : Markup.NONE;
        return Markup.join(
                List.of(element("h3", "The model's own tests"), table, element("ul", Markup.join(items)), more));
    }

    private static Markup row(TestSuite suite) {
        return element(
                "tr",
                element("th scope=\"row\"", suite.name()),
                numeric(Numbers.plain(suite.tests())),
                numeric(Numbers.plain(suite.failed())),
                numeric(Numbers.plain(suite.errors())),
                numeric(Numbers.plain(suite.skipped())),
                numeric(Numbers.seconds(suite.seconds())));
    }
}
