package io.mlcicd.report;

import static io.mlcicd.report.Markup.element;

import io.mlcicd.contract.Check;
import io.mlcicd.contract.ToolResults;
import io.mlcicd.contract.ValidatedData;
import io.mlcicd.contract.ValidationDetails;
import io.mlcicd.gate.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Data sets and their contracts: the count, what broke, then each column with its promises, then what was skipped. */
final class ValidationSection {

    private ValidationSection() {}

    static Markup draw(ValidationDetails details) {
        return Markup.join(Stream.concat(
                        details.data().stream().map(ValidationSection::draw),
                        details.results().stream().map(ValidationSection::draw))
                .toList());
    }

    private static Markup draw(ToolResults found) {
        return Markup.join(List.of(
                element("h3", found.name()),
                element("p class=\"soft\"", "%s · results of %s".formatted(found.file(), found.tool())),
                tally(found.checks()),
                BrokenChecks.draw(found.checks())));
    }

    private static Markup draw(ValidatedData data) {
        List<Markup> parts = new ArrayList<>();
        parts.add(element("h3", data.name()));
        parts.add(element(
                "p class=\"soft\"",
                "%s · %s · contract %s".formatted(data.path(), Numbers.count(data.rows(), "row"), data.contract())));
        parts.add(tally(data.checks()));
        parts.add(BrokenChecks.draw(data.checks()));
        parts.add(ColumnCards.draw(data));
        parts.add(skipped(data.checks()));
        return Markup.join(parts);
    }

    private static Markup tally(List<Check> checks) {
        Map<Judgement, Long> counts = new EnumMap<>(Judgement.class);
        checks.forEach(check -> counts.merge(Judgement.of(check), 1L, Long::sum));
        List<Markup> badges = new ArrayList<>();
        counts.forEach(
                (judgement, count) -> badges.add(judgement.badge(Numbers.plain(count) + " " + judgement.word())));
        return checks.isEmpty()
                ? element("p class=\"soft\"", "There are no checks.")
                : element("p class=\"tally\"", Markup.join(badges));
    }

    private static Markup skipped(List<Check> checks) {
        List<Markup> items = checks.stream()
                .filter(check -> check.outcome() == Outcome.SKIPPED)
                .map(check -> element(
                        "li",
                        element("b", subject(check) + title(check)),
                        Markup.text(": "),
                        element("span class=\"soft\"", check.observed())))
                .toList();
        return items.isEmpty()
                ? Markup.NONE
                : Markup.join(List.of(element("h4", "Skipped"), element("ul class=\"promises\"", Markup.join(items))));
    }

    private static String subject(Check check) {
        return check.columns().isEmpty() ? "" : String.join(", ", check.columns()) + " ";
    }

    /** What a check is called. */
    static String title(Check check) {
        return check.name().orElse(check.kind());
    }
}
