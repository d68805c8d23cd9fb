package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.contract.Check;
import io.mlcicd.contract.ValidatedData;
import io.mlcicd.contract.ValidationDetails;
import io.mlcicd.gate.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Data sets and their contracts: what broke first, then every check, then the profile. */
final class ValidationSection {

    private ValidationSection() {}

    static Markup draw(ValidationDetails details) {
        List<Markup> parts = new ArrayList<>();
        for (ValidatedData data : details.data()) {
            parts.add(element("h3", data.name() + ": " + data.path() + " against " + data.contract()));
            List<Check> broken = data.checks().stream()
                    .filter(check -> check.outcome() == Outcome.FAILED)
                    .toList();
            if (!broken.isEmpty()) {
                parts.add(table(
                        List.of("Column", "Check", "Expected", "Found", "Rows" + NUMERIC, "Such as"),
                        broken.stream().map(ValidationSection::broken).toList()));
            }
            parts.add(element(
                    "details",
                    element("summary", Numbers.count(data.checks().size(), "check")),
                    table(
                            List.of("Outcome", "Column", "Check", "Expected", "Found"),
                            data.checks().stream().map(ValidationSection::row).toList())));
            parts.add(element(
                    "details",
                    element("summary", "Profile of " + Numbers.count(data.rows(), "row")),
                    ProfileSection.draw(data.profile())));
        }
        return Markup.join(parts);
    }

    private static Markup broken(Check check) {
        String examples = check.examples().stream()
                .map(example -> example.value().orElse("(null)") + " in row " + example.row())
                .collect(Collectors.joining(", "));
        return element(
                "tr",
                element("th scope=\"row\"", String.join(", ", check.columns())),
                element("td", check.name().orElse(check.kind())),
                element("td", check.expected()),
                element("td", check.observed()),
                element(
                        "td class=\"number\"",
                        Numbers.plain(check.violations()) + " (" + Numbers.percent(check.share()) + ")"),
                element("td", examples));
    }

    private static Markup row(Check check) {
        return element(
                "tr",
                element(
                        "td",
                        element(
                                "span class=\"badge " + check.outcome() + "\"",
                                check.outcome().name().toLowerCase(Locale.ROOT))),
                element("td", String.join(", ", check.columns())),
                element("td", check.name().orElse(check.kind())),
                element("td", check.expected()),
                element("td", check.observed()));
    }
}
