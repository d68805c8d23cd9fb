package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Texts are so long, in characters (Unicode code points).
 *
 * @param bounds what the length may be
 */
public record Length(Bounds bounds) implements RowRule {

    static Optional<Rule> read(Place place) {
        return place.has("length") ? Optional.of(new Length(place.at("length").bounds())) : Optional.empty();
    }

    @Override
    public String key() {
        return "length";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("length", bounds.yaml());
        return node;
    }

    @Override
    public String expected() {
        return bounds.told(Unit.COUNT) + " characters";
    }

    @Override
    public String broken(Scope scope) {
        String length = "length(" + scope.value(ColumnType.STRING) + ")";
        List<String> conditions = new ArrayList<>();
        bounds.least().ifPresent(least -> conditions.add(length + " < " + least));
        bounds.greatest().ifPresent(greatest -> conditions.add(length + " > " + greatest));
        return String.join(" OR ", conditions);
    }

    @Override
    public String broken(long violations) {
        return (violations == 1 ? "that is not " : "that are not ") + expected() + " long";
    }

    @Override
    public String kept() {
        return "only values of " + expected();
    }
}
