package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnType;
import java.util.Optional;

/**
 * Values are of a type.
 *
 * @param type the type; an integer is a number too, and a date a timestamp
 */
public record IsOfType(ColumnType type) implements RowRule {

    static Optional<Rule> read(Place place) {
        return place.text("type").map(type -> new IsOfType(ColumnType.of(type)));
    }

    @Override
    public String key() {
        return "type";
    }

    @Override
    public ObjectNode yaml() {
        return JsonNodeFactory.instance.objectNode().put("type", type.key());
    }

    @Override
    public String expected() {
        return type.key();
    }

    @Override
    public String broken(Scope scope) {
        TypedColumn typed = scope.typed(scope.column());
        return typed.matches() ? "false" : typed.raw() + " IS NOT NULL AND " + typed.value() + " IS NULL";
    }

    @Override
    public String broken(long violations) {
        return (violations == 1 ? "that is " : "that are ") + notOf(violations == 1);
    }

    @Override
    public String kept() {
        return "only values of type " + type.key();
    }

    private String notOf(boolean one) {
        return switch (type) {
            case BOOLEAN -> one ? "not true or false" : "neither true nor false";
            case INTEGER -> one ? "not a whole number" : "not whole numbers";
            case NUMBER -> one ? "not a number" : "not numbers";
            case STRING, OTHER -> "not text";
            case DATE -> one ? "not an ISO date" : "not ISO dates";
            case TIMESTAMP -> one ? "not an ISO timestamp" : "not ISO timestamps";
        };
    }
}
