package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.DataProfile;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The change of the number of rows against the last accepted data, as a share of theirs: 0.1 is a tenth more.
 *
 * @param bounds what it may be
 */
public record RowChange(Bounds bounds) implements MeasureRule {

    static Optional<Rule> read(Place place) {
        Place rows = place.at("rows");
        if (!rows.has("minChange") && !rows.has("maxChange")) {
            return Optional.empty();
        }
        return Optional.of(new RowChange(new Bounds(rows.number("minChange"), rows.number("maxChange"), false, false)));
    }

    @Override
    public boolean takesWhere() {
        return false;
    }

    @Override
    public String key() {
        return "rowChange";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode rows = node.putObject("rows");
        bounds.min().ifPresent(min -> rows.put("minChange", BigDecimal.valueOf(min)));
        bounds.max().ifPresent(max -> rows.put("maxChange", BigDecimal.valueOf(max)));
        return node;
    }

    @Override
    public Unit unit() {
        return Unit.SHARE;
    }

    @Override
    public String subject() {
        return "a change of the number of rows of";
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) {
        return facts.beside()
                .accepted()
                .filter(before -> before.rows() > 0)
                .map(before -> OptionalDouble.of((double) facts.rows() / before.rows() - 1))
                .orElse(OptionalDouble.empty());
    }

    @Override
    public Finding find(Scope scope, Facts facts) {
        Optional<DataProfile> before = facts.beside().accepted();
        OptionalDouble change = measure(scope, facts);
        if (change.isEmpty()) {
            return Finding.nothingToCompareWith("no accepted data with rows to compare their number with yet");
        }
        return Finding.ofNumber(
                change,
                "%s, %s%s against the %s of the last accepted data"
                        .formatted(
                                Wording.count(facts.rows(), "row"),
                                change.getAsDouble() >= 0 ? "+" : "",
                                Wording.percent(change.getAsDouble()),
                                Wording.number(before.orElseThrow().rows())));
    }
}
