package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Values are within bounds. The bounds are text: numbers in decimal, dates and timestamps in ISO 8601.
 *
 * @param type the column's type
 * @param min the least value; empty for no bound
 * @param max the greatest value; empty for no bound
 * @param above whether {@code min} itself is out of bounds
 * @param below whether {@code max} itself is out of bounds
 */
public record Range(ColumnType type, Optional<String> min, Optional<String> max, boolean above, boolean below)
        implements RowRule, TypedRule {

    static Optional<Rule> read(Place place) {
        Optional<String> min = bound(place, "min", "above");
        Optional<String> max = bound(place, "max", "below");
        if (min.isEmpty() && max.isEmpty()) {
            return Optional.empty();
        }
        ColumnType type = place.type().orElseThrow();
        Range range = new Range(type, min, max, place.has("above"), place.has("below"));
        if (min.isPresent() && max.isPresent()) {
            int order = TypedText.compare(min.get(), max.get(), type);
            if (order > 0 || (order == 0 && (range.above || range.below))) {
                throw place.error(
                        range.above ? "above" : "min",
                        "%s is %s %s, %s; no value can keep both"
                                .formatted(
                                        min.get(),
                                        order > 0 ? "more than" : "not less than",
                                        range.below ? "below" : "max",
                                        max.get()));
            }
        }
        return Optional.of(range);
    }

    private static Optional<String> bound(Place place, String included, String excluded) {
        if (place.has(included) && place.has(excluded)) {
            throw place.error(excluded, "stands beside " + included + "; say which of the two is meant");
        }
        String key = place.has(excluded) ? excluded : included;
        if (!place.has(key)) {
            return Optional.empty();
        }
        Optional<ColumnType> type = place.type();
        if (type.isEmpty() || type.get() == ColumnType.BOOLEAN) {
            throw place.error(
                    key,
                    "only columns of type integer, number, string, date or timestamp can have bounds; this one is "
                            + type.map(known -> "a " + known.key()).orElse("of any type"));
        }
        // A number column may be bounded by 0.5, and so may an integer column.
        ColumnType read = type.get() == ColumnType.INTEGER ? ColumnType.NUMBER : type.get();
        JsonNode node = place.get(key);
        return Optional.of(TypedText.of(node, read)
                .orElseThrow(() ->
                        place.error(key, "%s is not a %s".formatted(node, TypedText.described(type.get())))));
    }

    @Override
    public String key() {
        return "range";
    }

    @Override
    public ObjectNode yaml() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        min.ifPresent(bound -> put(node, above ? "above" : "min", bound));
        max.ifPresent(bound -> put(node, below ? "below" : "max", bound));
        return node;
    }

    private void put(ObjectNode node, String key, String bound) {
        if (type.isNumeric()) {
            node.put(key, new BigDecimal(bound));
        } else {
            node.put(key, bound);
        }
    }

    @Override
    public String expected() {
        if (min.isPresent() && max.isPresent()) {
            return above || below
                    ? (above ? "more than " : "at least ") + min.get() + " and " + (below ? "less than " : "at most ")
                            + max.get()
                    : min.get() + ".." + max.get();
        }
        return min.map(bound -> (above ? "more than " : "at least ") + bound)
                .orElseGet(() -> (below ? "less than " : "at most ") + max.orElseThrow());
    }

    /** What is not finite is in no range, though engines sort NaN above all numbers. */
    @Override
    public String broken(Scope scope) {
        String value = scope.value(type);
        List<String> conditions = new ArrayList<>();
        if (type.isNumeric()) {
            conditions.add("(" + scope.dialect().finite(value, type) + ") IS NULL");
        }
        min.ifPresent(bound -> conditions.add(value + (above ? " <= " : " < ") + TypedText.literal(bound, type)));
        max.ifPresent(bound -> conditions.add(value + (below ? " >= " : " > ") + TypedText.literal(bound, type)));
        return value + " IS NOT NULL AND (" + String.join(" OR ", conditions) + ")";
    }

    @Override
    public String broken(long violations) {
        if (min.isPresent() && max.isPresent()) {
            return "outside " + expected();
        }
        return min.map(bound -> (above ? "not above " : "below ") + bound)
                .orElseGet(() -> (below ? "not below " : "above ") + max.orElseThrow());
    }

    @Override
    public String kept() {
        return min.isPresent() && max.isPresent() ? "only values within " + expected() : "only values of " + expected();
    }
}
