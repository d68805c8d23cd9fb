package io.mlcicd.report;

import static io.mlcicd.report.Markup.element;

import io.mlcicd.contract.Check;
import io.mlcicd.contract.ValidatedData;
import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.TopValues;
import io.mlcicd.gate.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A card for each column: what it holds, what it looks like and which promises it keeps. */
final class ColumnCards {

    /** More are folded away. */
    private static final int MOST_OPEN = 40;

    private static final int MOST_VALUES = 3;
    private static final int LONGEST_VALUE = 24;

    private ColumnCards() {}

    static Markup draw(ValidatedData data) {
        Map<String, ValidatedData.Described> described = new LinkedHashMap<>();
        data.columns().forEach(column -> described.put(column.name(), column));
        Map<String, List<Check>> promises = data.checks().stream()
                .filter(check -> check.columns().size() == 1)
                .collect(Collectors.groupingBy(check -> check.columns().get(0)));
        List<Markup> cards = new ArrayList<>();
        cards.add(wholeCard(data.checks()));
        for (ColumnProfile column : data.profile().columns()) {
            cards.add(card(
                    column,
                    Optional.ofNullable(described.remove(column.name())),
                    promises.getOrDefault(column.name(), List.of())));
        }
        described.values().forEach(column -> cards.add(absentCard(column, promises)));
        int columns = data.profile().columns().size();
        return element(
                columns <= MOST_OPEN ? "details open" : "details",
                element("summary", Numbers.count(columns, "column")),
                element("div class=\"cards\"", Markup.join(cards)));
    }

    private static Markup wholeCard(List<Check> checks) {
        List<Check> whole = checks.stream()
                .filter(check -> check.columns().size() != 1)
                .filter(check -> check.outcome() != Outcome.SKIPPED)
                .toList();
        return whole.isEmpty()
                ? Markup.NONE
                : element("div class=\"card\"", element("h4", "The data set"), list(whole));
    }

    private static Markup card(
            ColumnProfile column, Optional<ValidatedData.Described> described, List<Check> promises) {
        boolean sensitive = described.filter(ValidatedData.Described::sensitive).isPresent();
        return element(
                "div class=\"card\"",
                element(
                        "h4",
                        Markup.text(column.name() + " "),
                        element("span class=\"soft\"", type(column.type(), described)),
                        sensitive
                                ? Markup.join(
                                        List.of(Markup.text(" "), element("span class=\"badge NOTE\"", "sensitive")))
                                : Markup.NONE),
                described
                        .flatMap(ValidatedData.Described::description)
                        .map(text -> element("p", text))
                        .orElse(Markup.NONE),
                element("p class=\"picture\"", DistributionPicture.draw(column), facts(column)),
                promises.isEmpty() ? element("p class=\"soft\"", "promises nothing") : list(promises));
    }

    /** What the file has, and what the contract asks for where that is another type. */
    private static String type(ColumnType found, Optional<ValidatedData.Described> described) {
        return described
                .flatMap(ValidatedData.Described::type)
                .filter(asked -> asked != found)
                .map(asked -> asked.key() + ", read as " + found.key())
                .orElse(found.key());
    }

    private static Markup facts(ColumnProfile column) {
        List<String> facts = new ArrayList<>();
        column.min()
                .flatMap(min -> column.max().map(max -> min.equals(max) ? "always " + min : min + " to " + max))
                .ifPresent(facts::add);
        column.distribution()
                .filter(spread -> column.type().isNumeric())
                .ifPresent(spread -> facts.add("mean " + Numbers.plain(spread.mean())));
        if (column.distribution().isEmpty()) {
            column.topValues().ifPresent(top -> facts.add(mostFrequent(top, column.count())));
        }
        facts.add((column.distinctExact() ? "" : "≈ ") + Numbers.plain(column.distinct()) + " different");
        facts.add(column.nulls() == 0 ? "no nulls" : Numbers.percent(column.nullShare()) + " null");
        return element("span class=\"soft\"", String.join(" · ", facts));
    }

    private static String mostFrequent(TopValues top, long values) {
        return top.values().stream()
                .limit(MOST_VALUES)
                .map(value -> shortened(value.value()) + " " + Numbers.percent((double) value.count() / values))
                .collect(Collectors.joining(", "));
    }

    private static String shortened(String value) {
        return value.codePointCount(0, value.length()) <= LONGEST_VALUE
                ? value
                : value.substring(0, value.offsetByCodePoints(0, LONGEST_VALUE)) + "…";
    }

    private static Markup absentCard(ValidatedData.Described column, Map<String, List<Check>> promises) {
        return element(
                "div class=\"card\"",
                element("h4", column.name()),
                column.description().map(text -> element("p", text)).orElse(Markup.NONE),
                element("p class=\"soft\"", "not in the data"),
                list(promises.getOrDefault(column.name(), List.of())));
    }

    private static Markup list(List<Check> checks) {
        return element(
                "ul class=\"promises\"",
                Markup.join(checks.stream().map(ColumnCards::item).toList()));
    }

    private static Markup item(Check check) {
        String subject = check.columns().size() > 1 ? String.join(", ", check.columns()) + " " : "";
        return element(
                "li",
                Judgement.of(check).mark(),
                element("b", subject + ValidationSection.title(check)),
                Markup.text(" " + check.expected()),
                element("span class=\"soft\"", observed(check)));
    }

    /** That no row breaks what is kept goes without saying; numbers and shares do not. */
    private static String observed(Check check) {
        boolean said = check.outcome() == Outcome.PASSED && check.metric().endsWith(".violations");
        return said ? "" : " · " + check.observed();
    }
}
