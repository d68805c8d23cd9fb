package io.mlcicd.contract.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.data.ColumnType;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A mapping in a contract from which rules are read.
 *
 * @param document the contract's file
 * @param pointer JSON pointer to the mapping
 * @param node the mapping
 * @param columns the contract's columns with their types, in its order; empty for any type
 * @param column the column it stands under; empty at the data set's level
 */
public record Place(
        YamlDocument document,
        String pointer,
        JsonNode node,
        Map<String, Optional<ColumnType>> columns,
        Optional<String> column) {

    /** Whether the key is there. */
    public boolean has(String key) {
        return node.has(key);
    }

    /** The value of a key; a missing node when it is not there. */
    public JsonNode get(String key) {
        return node.path(key);
    }

    /** A mapping or another value below this one. */
    public Place at(String key) {
        return new Place(
                document,
                pointer + "/" + escaped(key),
                node.isArray() ? node.path(Integer.parseInt(key)) : node.path(key),
                columns,
                column);
    }

    /** This mapping, as one that stands under a column. */
    public Place under(String name) {
        return new Place(document, pointer, node, columns, Optional.of(name));
    }

    /**
     * The value of a key as names of columns.
     *
     * @throws InvalidInputException when a name stands there twice
     */
    public List<String> columnNames(String key) {
        List<String> names = new ArrayList<>();
        for (JsonNode name : get(key)) {
            if (names.contains(name.asText())) {
                throw error(key, "names '" + name.asText() + "' twice");
            }
            names.add(name.asText());
        }
        return names;
    }

    /** The type that its values are read as: what {@code as} says, else the column's; empty for any. */
    public Optional<ColumnType> type() {
        if (has("as")) {
            return text("as").map(ColumnType::of);
        }
        return column.flatMap(name -> columns.getOrDefault(name, Optional.empty()));
    }

    /** The value of a key as text; empty when it is not there. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(node.get(key)).map(JsonNode::asText);
    }

    /**
     * The value of a key as a number; empty when it is not there.
     *
     * @throws InvalidInputException when it is not finite, or no double is that great
     */
    public OptionalDouble number(String key) {
        return node.has(key) ? OptionalDouble.of(finite(key, node.get(key))) : OptionalDouble.empty();
    }

    private double finite(String key, JsonNode number) {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw error(key, "must be a finite number; to leave it open, leave it out");
        }
        return value;
    }

    /**
     * The bounds {@code min}, {@code max}, {@code above} and {@code below} of this mapping; a plain number stands for
     * exactly that.
     *
     * @throws InvalidInputException when there are none, or nothing can keep them, or one is not finite
     */
    public Bounds bounds() {
        if (node.isNumber()) {
            double number = finite("", node);
            return Bounds.between(number, number);
        }
        if (has("min") && has("above")) {
            throw error("above", "stands beside min; say which of the two is meant");
        }
        if (has("max") && has("below")) {
            throw error("below", "stands beside max; say which of the two is meant");
        }
        Bounds bounds = new Bounds(
                has("above") ? number("above") : number("min"),
                has("below") ? number("below") : number("max"),
                has("above"),
                has("below"));
        if (bounds.min().isEmpty() && bounds.max().isEmpty()) {
            throw error("", "needs a bound: min, max, above or below");
        }
        if (bounds.least().isPresent()
                && bounds.greatest().isPresent()
                && bounds.least().getAsDouble() > bounds.greatest().getAsDouble()) {
            throw error(has("above") ? "above" : "min", "no number can be " + bounds.told(Unit.NUMBER));
        }
        return bounds;
    }

    /** An error that points at a key of this mapping, or at the mapping for an empty key. */
    public InvalidInputException error(String key, String message) {
        return document.error(key.isEmpty() ? pointer : pointer + "/" + escaped(key), message);
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
