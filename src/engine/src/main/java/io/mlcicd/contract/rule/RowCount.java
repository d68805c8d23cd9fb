package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The number of rows.
 *
 * @param bounds what it may be
 */
public record RowCount(Bounds bounds) implements MeasureRule {

    static Optional<Rule> read(Place place) {
        Place rows = place.at("rows");
        return rows.has("min")
                        || rows.has("max")
                        || rows.has("above")
                        || rows.has("below")
                        || rows.node().isNumber()
                ? Optional.of(new RowCount(rows.bounds()))
                : Optional.empty();
    }

    @Override
    public String key() {
        return "rows";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("rows", bounds.yaml());
        return node;
    }

    @Override
    public Unit unit() {
        return Unit.COUNT;
    }

    @Override
    public String subject() {
        return "a number of rows of";
    }

    @Override
    public String sentence(String subject, String observed) {
        return subject + " has " + observed + ", must have " + expected();
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) {
        return OptionalDouble.of((double) facts.rows());
    }

    @Override
    public Finding find(Scope scope, Facts facts) {
        return Finding.ofNumber(OptionalDouble.of((double) facts.rows()), Wording.count(facts.rows(), "row"));
    }
}
