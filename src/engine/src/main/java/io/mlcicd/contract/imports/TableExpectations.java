package io.mlcicd.contract.imports;

import static io.mlcicd.contract.imports.Draft.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.contract.imports.GreatExpectations.Translation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Expectations on the table as a whole and on several columns together. */
final class TableExpectations {

    private static final Optional<String> ADDED = Optional.empty();
    private static final Optional<String> UNBOUNDED = Optional.of("it has no bound");

    static final Map<String, Translation> TRANSLATIONS = Map.ofEntries(
            Map.entry("expect_table_row_count_to_be_between", (e, draft) -> bounded(draft, "rows", e.bounds())),
            Map.entry("expect_table_row_count_to_equal", (e, draft) -> table(draft, node("rows", e.get("value")))),
            Map.entry(
                    "expect_table_row_count_to_equal_other_table",
                    (e, draft) -> table(draft, node("rows", node("sameAs", e.get("other_table_name"))))),
            Map.entry(
                    "expect_table_column_count_to_be_between",
                    (e, draft) -> e.bounds().isEmpty() ? UNBOUNDED : columns(draft, node("columnCount", e.bounds()))),
            Map.entry(
                    "expect_table_column_count_to_equal",
                    (e, draft) -> columns(draft, node("columnCount", e.get("value")))),
            Map.entry(
                    "expect_table_columns_to_match_ordered_list",
                    (e, draft) -> columns(draft, node("columnOrder", e.get("column_list")))),
            Map.entry("expect_table_columns_to_match_set", TableExpectations::columnSet),
            Map.entry("expect_compound_columns_to_be_unique", TableExpectations::unique),
            Map.entry("expect_multicolumn_values_to_be_unique", TableExpectations::unique),
            Map.entry("expect_select_column_values_to_be_unique_within_record", TableExpectations::differ),
            Map.entry("expect_multicolumn_sum_to_equal", TableExpectations::sum),
            Map.entry("expect_column_pair_values_a_to_be_greater_than_b", TableExpectations::greater),
            Map.entry("expect_column_pair_values_to_be_equal", (e, draft) -> pair(e, draft, a(e) + " = " + b(e))),
            Map.entry("expect_column_pair_values_to_be_in_set", TableExpectations::pairs),
            Map.entry(
                    "unexpected_rows_expectation",
                    (e, draft) -> Optional.of("it is a query of its own; say it as a condition on rows")));

    private TableExpectations() {}

    private static Optional<String> table(ExpectationDraft draft, ObjectNode check) {
        draft.table(check);
        return ADDED;
    }

    private static Optional<String> columns(ExpectationDraft draft, ObjectNode check) {
        draft.columns(check);
        return ADDED;
    }

    private static Optional<String> bounded(ExpectationDraft draft, String key, ObjectNode bounds) {
        return bounds.isEmpty() ? UNBOUNDED : table(draft, node(key, bounds));
    }

    private static Optional<String> columnSet(Expectation e, ExpectationDraft draft) {
        ObjectNode set = node("names", e.get("column_set"));
        // Left out, it was true before 1.0 and is not since.
        set.put("exact", e.get("exact_match").asBoolean(e.legacy()));
        return columns(draft, node("columnSet", set));
    }

    private static Optional<String> unique(Expectation e, ExpectationDraft draft) {
        e.texts("column_list").forEach(draft.draft()::column);
        ObjectNode check = node("unique", e.get("column_list"));
        if (e.has("mostly")) {
            check.put("mostly", e.mostly());
        }
        return table(draft, check);
    }

    private static Optional<String> differ(Expectation e, ExpectationDraft draft) {
        List<String> columns = columns(e);
        StringBuilder condition = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            for (int j = i + 1; j < columns.size(); j++) {
                condition
                        .append(condition.isEmpty() ? "" : " AND ")
                        .append(columns.get(i))
                        .append(" <> ")
                        .append(columns.get(j));
            }
        }
        draft.condition("coalesce(" + condition + ", true)", ignoredOf(e), e.texts("column_list"));
        return ADDED;
    }

    private static Optional<String> sum(Expectation e, ExpectationDraft draft) {
        String sum =
                columns(e).stream().map(column -> "coalesce(" + column + ", 0)").collect(Collectors.joining(" + "));
        draft.condition(sum + " = " + e.get("sum_total").asText(), ignoredOf(e), e.texts("column_list"));
        return ADDED;
    }

    private static Optional<String> greater(Expectation e, ExpectationDraft draft) {
        return pair(e, draft, a(e) + (e.is("or_equal") ? " >= " : " > ") + b(e));
    }

    private static Optional<String> pairs(Expectation e, ExpectationDraft draft) {
        String condition = "";
        for (JsonNode pair : e.get("value_pairs_set")) {
            String one = "(" + equal(a(e), pair.path(0)) + " AND " + equal(b(e), pair.path(1)) + ")";
            condition += (condition.isEmpty() ? "" : " OR ") + one;
        }
        return condition.isEmpty() ? Optional.of("its value_pairs_set is empty") : pair(e, draft, condition);
    }

    private static String equal(String column, JsonNode value) {
        return value.isNull()
                ? column + " IS NULL"
                : column + " = " + (value.isTextual() ? "'" + value.asText().replace("'", "''") + "'" : value.asText());
    }

    /** A condition that a missing value breaks, unless the expectation ignores the row. */
    private static Optional<String> pair(Expectation e, ExpectationDraft draft, String condition) {
        String missing = a(e) + " IS NULL";
        String other = b(e) + " IS NULL";
        Optional<String> ignored = switch (e.text("ignore_row_if").orElse("both_values_are_missing")) {
            case "either_value_is_missing" -> Optional.of(missing + " OR " + other);
            case "neither", "never" -> Optional.empty();
            default -> Optional.of(missing + " AND " + other);
        };
        draft.condition(
                "coalesce(" + condition + ", false)",
                ignored,
                List.of(e.text("column_A").orElseThrow(), e.text("column_B").orElseThrow()));
        return ADDED;
    }

    private static Optional<String> ignoredOf(Expectation e) {
        List<String> missing =
                columns(e).stream().map(column -> column + " IS NULL").toList();
        return switch (e.text("ignore_row_if").orElse("all_values_are_missing")) {
            case "any_value_is_missing" -> Optional.of(String.join(" OR ", missing));
            case "never" -> Optional.empty();
            default -> Optional.of(String.join(" AND ", missing));
        };
    }

    private static String a(Expectation e) {
        return RowCondition.identifier(
                ValueExpectations.quoted(e.text("column_A").orElse("")));
    }

    private static String b(Expectation e) {
        return RowCondition.identifier(
                ValueExpectations.quoted(e.text("column_B").orElse("")));
    }

    private static List<String> columns(Expectation e) {
        return e.texts("column_list").stream()
                .map(name -> RowCondition.identifier(ValueExpectations.quoted(name)))
                .toList();
    }
}
