package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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
    public Optional<Rule> within(Bounds wider) {
        return Optional.of(new RowCount(wider));
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
        return OptionalDouble.of((double) rows(scope, facts));
    }

    /** How many rows there are of those that a rule is about. */
    static long rows(Scope scope, Facts facts) {
        return scope.all() ? facts.rows() : facts.count(scope.count("true"));
    }

    @Override
    public List<String> questions(Scope scope) {
        return scope.all() ? List.of() : List.of(scope.count("true"));
    }

    @Override
    public Finding find(Scope scope, Facts facts) {
        return Finding.ofNumber(measure(scope, facts), Wording.count(rows(scope, facts), "row"));
    }
}
