package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The number of columns.
 *
 * @param bounds what it may be
 */
public record ColumnCount(Bounds bounds) implements MeasureRule {

    static Optional<Rule> read(Place place) {
        return place.has("columnCount")
                ? Optional.of(new ColumnCount(place.at("columnCount").bounds()))
                : Optional.empty();
    }

    @Override
    public boolean takesWhere() {
        return false;
    }

    @Override
    public String key() {
        return "columnCount";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("columnCount", bounds.yaml());
        return node;
    }

    @Override
    public Unit unit() {
        return Unit.COUNT;
    }

    @Override
    public String subject() {
        return "a number of columns of";
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) {
        return OptionalDouble.of((double) scope.data().columns().size());
    }
}
