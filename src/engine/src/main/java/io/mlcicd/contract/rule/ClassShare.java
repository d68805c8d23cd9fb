package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mlcicd.data.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The share of one value among a column's values; nulls are not looked at.
 *
 * @param type the column's type
 * @param value the value, as text of that type
 * @param bounds what its share may be, 0 to 1
 */
public record ClassShare(ColumnType type, String value, Bounds bounds) implements MeasureRule, TypedRule {

    private static final String KEY = "shares";

    /** The shares that a mapping of values to bounds asks for. */
    static List<Rule> read(Place place) {
        List<Rule> rules = new ArrayList<>();
        if (place.has(KEY)) {
            ColumnType type = place.type().orElseThrow(() -> place.error(KEY, "a column with shares needs a type"));
            Place shares = place.at(KEY);
            shares.node().fieldNames().forEachRemaining(name -> {
                String value = node(name, type)
                        .flatMap(node -> TypedText.of(node, type))
                        .orElseThrow(() ->
                                shares.error(name, "'%s' is not a %s".formatted(name, TypedText.described(type))));
                ClassShare share = new ClassShare(type, value, shares.at(name).bounds());
                if (rules.stream().anyMatch(rule -> rule.key().equals(share.key()))) {
                    throw shares.error(name, "is the same value as another");
                }
                rules.add(share);
            });
        }
        return rules;
    }

    /** Keys of YAML are always text. */
    private static Optional<JsonNode> node(String name, ColumnType type) {
        try {
            return switch (type) {
                case INTEGER, NUMBER -> Optional.of(DecimalNode.valueOf(new BigDecimal(name)));
                case BOOLEAN ->
                    name.equals("true") || name.equals("false")
                            ? Optional.of(BooleanNode.valueOf(name.equals("true")))
                            : Optional.empty();
                case STRING, DATE, TIMESTAMP, OTHER -> Optional.of(TextNode.valueOf(name));
            };
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public String key() {
        return "share." + value;
    }

    @Override
    public boolean sharesItsKey() {
        return true;
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putObject(KEY).set(value, bounds.yaml());
        return node;
    }

    @Override
    public Optional<Rule> within(Bounds wider) {
        return Optional.of(new ClassShare(type, value, wider));
    }

    @Override
    public Unit unit() {
        return Unit.SHARE;
    }

    @Override
    public String subject() {
        return "a share of " + Wording.shown(value) + " of";
    }

    @Override
    public List<String> questions(Scope scope) {
        return List.of(values(scope), equal(scope));
    }

    private String values(Scope scope) {
        return scope.count(scope.value(type) + " IS NOT NULL");
    }

    private String equal(Scope scope) {
        return scope.count(scope.value(type) + " = " + TypedText.literal(value, type));
    }

    @Override
    public OptionalDouble measure(Scope scope, Facts facts) {
        long values = facts.count(values(scope));
        return values == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) facts.count(equal(scope)) / values);
    }
}
