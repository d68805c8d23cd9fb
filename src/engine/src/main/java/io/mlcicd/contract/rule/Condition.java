package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.Column;
import io.mlcicd.data.Relation;
import io.mlcicd.data.expression.SqlExpression;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A condition that each row keeps; one for which it has no answer, because a value is missing, keeps it.
 *
 * @param when which rows must keep it, as a condition; empty for all
 * @param text the condition
 */
public record Condition(Optional<String> when, String text) implements RowRule {

    static Optional<DataSetRules.OnColumns> read(Place place) {
        if (place.has("condition")) {
            return of(new Condition(Optional.empty(), place.text("condition").orElseThrow()));
        }
        if (place.has("if") != place.has("then")) {
            throw place.error(place.has("if") ? "if" : "then", "if and then go together");
        }
        return place.has("if")
                ? of(new Condition(place.text("if"), place.text("then").orElseThrow()))
                : Optional.empty();
    }

    private static Optional<DataSetRules.OnColumns> of(Condition condition) {
        return Optional.of(new DataSetRules.OnColumns(List.of(), condition));
    }

    /**
     * The columns it names.
     *
     * @throws io.mlcicd.operation.InvalidInputException when it is no condition on these data
     */
    public Set<String> columns(Relation data) {
        Set<String> columns = new LinkedHashSet<>();
        when.ifPresent(condition -> columns.addAll(parsed(condition, data).columns()));
        columns.addAll(parsed(text, data).columns());
        return columns;
    }

    private static SqlExpression parsed(String condition, Relation data) {
        return SqlExpression.condition(
                condition, data.columns().stream().map(Column::name).toList());
    }

    @Override
    public String key() {
        return "condition";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (when.isEmpty()) {
            return node.put("condition", text);
        }
        return node.put("if", when.get()).put("then", text);
    }

    @Override
    public String expected() {
        return when.map(condition -> "if " + condition + " then " + text).orElse(text);
    }

    @Override
    public String noun(Scope scope) {
        return "row";
    }

    @Override
    public String concerned(Scope scope) {
        return when.map(condition -> parsed(condition, scope.data()).sql()).orElse("true");
    }

    @Override
    public String broken(Scope scope) {
        String broken = parsed(text, scope.data()).broken();
        return when.map(condition -> "(" + parsed(condition, scope.data()).sql() + ") AND (" + broken + ")")
                .orElse(broken);
    }

    @Override
    public String broken(long violations) {
        return (violations == 1 ? "that breaks " : "that break ") + expected();
    }

    @Override
    public String kept() {
        return "only rows that keep " + expected();
    }
}
