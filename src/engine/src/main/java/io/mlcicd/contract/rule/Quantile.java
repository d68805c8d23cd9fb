package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A quantile of a column's finite numbers, by linear interpolation between neighbours in rank, as numpy and pandas do it.
 *
 * @param level the share of the values that it does not exceed, 0 to 1
 * @param bounds what it may be, in the column's unit
 */
public record Quantile(BigDecimal level, Bounds bounds) implements MeasureRule {

    private static final String KEY = "quantiles";

    public Quantile {
        level = level.signum() == 0 ? BigDecimal.ZERO : level.stripTrailingZeros();
    }

    /** The quantiles that a mapping of levels to bounds asks for. */
    static List<Rule> read(Place place) {
        List<Rule> rules = new ArrayList<>();
        if (place.has(KEY)) {
            Numbers.require(place, KEY);
            Place levels = place.at(KEY);
            levels.node().fieldNames().forEachRemaining(name -> {
                Quantile quantile =
                        new Quantile(level(levels, name), levels.at(name).bounds());
                if (rules.stream().anyMatch(rule -> rule.key().equals(quantile.key()))) {
                    throw levels.error(name, "is the same level as another");
                }
                rules.add(quantile);
            });
        }
        return rules;
    }

    private static BigDecimal level(Place levels, String name) {
        try {
            BigDecimal level = new BigDecimal(name);
            if (level.signum() >= 0 && level.compareTo(BigDecimal.ONE) <= 0 && level.scale() <= 12) {
                return level;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number out of bounds is.
        }
        throw levels.error(name, "'" + name + "' is no level of a quantile; write a number from 0 to 1, such as 0.9");
    }

    @Override
    public String key() {
        return "quantile." + TypedText.of(level);
    }

    @Override
    public boolean sharesItsKey() {
        return true;
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putObject(KEY).set(TypedText.of(level), bounds.yaml());
        return node;
    }

    @Override
    public Optional<Rule> within(Bounds wider) {
        return Optional.of(new Quantile(level, wider));
    }

    @Override
    public Unit unit() {
        return Unit.NUMBER;
    }

    @Override
    public String subject() {
        return "a quantile at " + TypedText.of(level) + " of";
    }

    @Override
    public String error(Scope scope, Facts facts) {
        return Wording.rankError(Numbers.of(scope).rankError(facts, level.doubleValue()));
    }

    @Override
    public boolean measuresValue() {
        return true;
    }

    @Override
    public List<String> questions(Scope scope) {
        return Numbers.of(scope).questionsForQuantiles();
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) throws InterruptedException {
        return Numbers.of(scope).quantile(facts, level.doubleValue());
    }
}
