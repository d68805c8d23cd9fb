package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.contract.Check;
import io.mlcicd.gate.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What broke, by column, the worst first, with the rows to look at. */
final class BrokenChecks {

    private static final int LONGEST_VALUE = 200;

    private BrokenChecks() {}

    static Markup draw(List<Check> checks) {
        Map<List<String>, List<Check>> byColumns = new LinkedHashMap<>();
        checks.stream()
                .filter(check -> check.outcome() == Outcome.FAILED)
                .sorted(Comparator.comparing(Judgement::of))
                .forEach(check -> byColumns
                        .computeIfAbsent(check.columns(), columns -> new ArrayList<>())
                        .add(check));
        List<Markup> groups = new ArrayList<>();
        byColumns.forEach((columns, broken) -> groups.add(group(columns, broken)));
        return groups.isEmpty() ? Markup.NONE : element("div class=\"cards wide\"", Markup.join(groups));
    }

    private static Markup group(List<String> columns, List<Check> broken) {
        List<Markup> parts = new ArrayList<>();
        parts.add(element("h4", columns.isEmpty() ? "The data set" : String.join(", ", columns)));
        broken.forEach(check -> parts.add(draw(check)));
        return element("div class=\"card broken " + Judgement.of(broken.get(0)).style() + "\"", Markup.join(parts));
    }

    private static Markup draw(Check check) {
        Judgement judgement = Judgement.of(check);
        return element(
                "div class=\"finding\"",
                element(
                        "p",
                        judgement.badge(judgement.word()),
                        Markup.text(" "),
                        element("b", ValidationSection.title(check)),
                        Markup.text(" "),
                        element("span class=\"soft\"", "expected: " + check.expected())),
                element("p", "found: " + check.observed()),
                samples(check));
    }

    private static Markup samples(Check check) {
        if (check.examples().isEmpty()) {
            return Markup.NONE;
        }
        List<Markup> rows = check.examples().stream().map(BrokenChecks::row).toList();
        Markup more = check.violations() > rows.size()
                ? element("p class=\"soft\"", "and " + Numbers.plain(check.violations() - rows.size()) + " more")
                : Markup.NONE;
        return element("div class=\"samples\"", table(List.of("Row" + NUMERIC, "Value"), rows), more);
    }

    private static Markup row(Check.Example example) {
        return element(
                "tr",
                element("td class=\"number\"", Numbers.plain(example.row())),
                element("td", example.value().map(BrokenChecks::value).orElseGet(BrokenChecks::nothing)));
    }

    private static Markup value(String value) {
        if (value.equals(Check.HIDDEN)) {
            return element("span class=\"soft\"", value);
        }
        boolean whole = value.codePointCount(0, value.length()) <= LONGEST_VALUE;
        return element(
                "code class=\"value\"",
                whole ? value : value.substring(0, value.offsetByCodePoints(0, LONGEST_VALUE)) + "…");
    }

    private static Markup nothing() {
        return element("span class=\"soft\"", "no value");
    }
}
