package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The mean length of a column's texts, in Unicode characters.
 *
 * @param bounds what it may be
 */
public record MeanLength(Bounds bounds) implements MeasureRule {

    private static final String KEY = "meanLength";

    static Optional<Rule> read(Place place) {
        if (!place.has(KEY)) {
            return Optional.empty();
        }
        if (!place.type().equals(Optional.of(ColumnType.STRING))) {
            throw place.error(KEY, "only a column of type string can have a mean length");
        }
        return Optional.of(new MeanLength(place.at(KEY).bounds()));
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set(KEY, bounds.yaml());
        return node;
    }

    @Override
    public Optional<Rule> within(Bounds wider) {
        return Optional.of(new MeanLength(wider));
    }

    @Override
    public Unit unit() {
        return Unit.NUMBER;
    }

    @Override
    public String subject() {
        return "a mean length of";
    }

    private static String mean(Scope scope) {
        String value = scope.value();
        return scope.over(value.equals("NULL") ? "avg(CAST(NULL AS DOUBLE))" : "avg(length(%s))".formatted(value));
    }

    @Override
    public List<String> questions(Scope scope) {
        return List.of(mean(scope));
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) {
        return facts.number(mean(scope));
    }
}
