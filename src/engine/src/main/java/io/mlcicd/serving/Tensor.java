package io.mlcicd.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A tensor of an example request.
 *
 * @param name its name; empty when the model's has none
 * @param datatype as the open inference protocol names it: {@code FP32}, {@code INT64}, {@code BOOL}, {@code BYTES}, ...
 * @param shape its dimensions
 * @param values all values, the last dimension running fastest (row-major)
 */
public record Tensor(String name, String datatype, List<Long> shape, List<JsonNode> values) {

    public Tensor {
        shape = List.copyOf(shape);
        values = List.copyOf(values);
        if (values.size() != size(shape)) {
            throw new IllegalArgumentException(
                    "a tensor of shape %s cannot have %d values".formatted(shape, values.size()));
        }
    }

    /** How many values a tensor of this shape has. */
    static long size(List<Long> shape) {
        return shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    }

    /**
     * A tensor from nested lists.
     *
     * @param where names the source in messages
     * @throws InvalidInputException when its rows are not of one length
     */
    static Tensor nested(String name, JsonNode nested, String where) {
        List<Long> shape = new ArrayList<>();
        for (JsonNode level = nested; level.isArray(); level = level.path(0)) {
            shape.add((long) level.size());
        }
        List<JsonNode> values = new ArrayList<>();
        flatten(nested, values);
        if (values.isEmpty() || values.size() != size(shape)) {
            throw new InvalidInputException(
                    where + ": the lists are empty or not all of one length, so they are no tensor");
        }
        return new Tensor(name, datatype(values), shape, values);
    }

    private static void flatten(JsonNode node, List<JsonNode> values) {
        if (node.isArray()) {
            node.forEach(element -> flatten(element, values));
        } else {
            values.add(node);
        }
    }

    /** The type that takes all of these values. */
    static String datatype(List<JsonNode> values) {
        if (values.stream().allMatch(JsonNode::isIntegralNumber)) {
            return "INT64";
        }
        if (values.stream().allMatch(JsonNode::isNumber)) {
            return "FP64";
        }
        return values.stream().allMatch(JsonNode::isBoolean) ? "BOOL" : "BYTES";
    }

    /** A value of this type that any model can compute with: zero, false, or a text. */
    static JsonNode neutral(String datatype) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        String type = datatype.toUpperCase(Locale.ROOT);
        if (type.startsWith("BOOL") || type.equals("DT_BOOL")) {
            return json.booleanNode(false);
        }
        if (type.contains("INT") || type.equals("LONG")) {
            return json.numberNode(0);
        }
        boolean text = type.equals("BYTES") || type.contains("STR") || type.equals("BINARY") || type.equals("OBJECT");
        if (type.equals("DATETIME")) {
            return json.textNode("2020-01-01T00:00:00");
        }
        return text ? json.textNode("text") : json.numberNode(0.0);
    }

    /** A tensor of neutral values; dimensions that are open (negative) are 1. */
    static Tensor neutral(String name, String datatype, List<Long> shape) {
        List<Long> closed = shape.stream().map(size -> size < 0 ? 1L : size).toList();
        List<JsonNode> values = new ArrayList<>();
        JsonNode value = neutral(datatype);
        for (long i = 0; i < size(closed); i++) {
            values.add(value);
        }
        return new Tensor(name, datatype, closed, values);
    }

    /** The same tensor under another name and type. */
    Tensor as(String otherName, String otherType) {
        return new Tensor(otherName, otherType, shape, values);
    }

    /** Nested lists, one per dimension. */
    JsonNode nested() {
        return nested(0, 0);
    }

    private JsonNode nested(int level, int offset) {
        if (level == shape.size()) {
            return values.get(offset);
        }
        int step = (int) size(shape.subList(level + 1, shape.size()));
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < shape.get(level); i++) {
            list.add(nested(level + 1, offset + i * step));
        }
        return list;
    }
}
