package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Values are of a set, or none of a set.
 *
 * @param type the column's type
 * @param values the set, as text of that type
 * @param forbidden whether the set holds what there must not be
 */
public record OneOf(ColumnType type, List<String> values, boolean forbidden) implements RowRule, TypedRule {

    private static final String ALLOWED = "values";
    private static final String FORBIDDEN = "notValues";

    public OneOf {
        values = List.copyOf(values);
    }

    static Optional<Rule> read(Place place) {
        return read(place, ALLOWED);
    }

    static Optional<Rule> readForbidden(Place place) {
        return read(place, FORBIDDEN);
    }

    private static Optional<Rule> read(Place place, String key) {
        if (!place.has(key)) {
            return Optional.empty();
        }
        ColumnType type = place.type().orElseThrow(() -> place.error(key, "a column with " + key + " needs a type"));
        return Optional.of(new OneOf(type, TypedText.list(place, key, type), key.equals(FORBIDDEN)));
    }

    @Override
    public String key() {
        return forbidden ? FORBIDDEN : ALLOWED;
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode list = node.putArray(key());
        values.forEach(value -> list.add(TypedText.node(value, type)));
        return node;
    }

    @Override
    public String expected() {
        return (forbidden ? "none of " : "one of ") + Wording.some(values);
    }

    @Override
    public String broken(Scope scope) {
        String list =
                values.stream().map(known -> TypedText.literal(known, type)).collect(Collectors.joining(", "));
        return scope.value(type) + (forbidden ? " IN (" : " NOT IN (") + list + ")";
    }

    @Override
    public String broken(long violations) {
        return (forbidden ? "out of " : "other than ") + Wording.some(values);
    }

    @Override
    public String kept() {
        return forbidden ? "no forbidden values" : "only known values";
    }
}
