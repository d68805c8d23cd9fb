package io.mlcicd.contract.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One expectation of a suite of Great Expectations.
 *
 * @param index its place in the suite, counted from 0
 * @param type such as {@code expect_column_values_to_be_between}
 * @param kwargs its parameters
 * @param legacy whether it was written by a version before 1.0
 * @param severity {@code critical}, {@code warning} or {@code info}; empty in suites of older versions
 */
record Expectation(int index, String type, JsonNode kwargs, boolean legacy, Optional<String> severity) {

    static Expectation of(int index, JsonNode node) {
        return new Expectation(
                index,
                node.path("type").asText(node.path("expectation_type").asText()),
                node.path("kwargs"),
                node.has("expectation_type"),
                Optional.ofNullable(node.get("severity"))
                        .or(() -> Optional.ofNullable(node.path("meta").get("severity")))
                        .map(JsonNode::asText));
    }

    /** How it is named in reports. */
    String shown() {
        return "expectations[%d] %s%s"
                .formatted(index, type, column().map(name -> " of " + name).orElse(""));
    }

    Optional<String> column() {
        return text("column");
    }

    boolean has(String key) {
        return kwargs.hasNonNull(key);
    }

    JsonNode get(String key) {
        return kwargs.path(key);
    }

    boolean is(String key) {
        return kwargs.path(key).asBoolean(false);
    }

    Optional<String> text(String key) {
        return has(key) ? Optional.of(kwargs.get(key).asText()) : Optional.empty();
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        kwargs.path(key).forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** The share that must keep it, 0 to 1. */
    BigDecimal mostly() {
        return has("mostly") ? kwargs.get("mostly").decimalValue() : BigDecimal.ONE;
    }

    /** {@code min_value} and {@code max_value} as bounds of ours. */
    ObjectNode bounds() {
        return bounds("min_value", "max_value");
    }

    ObjectNode bounds(String min, String max) {
        ObjectNode bounds = JsonNodeFactory.instance.objectNode();
        if (has(min)) {
            bounds.set(is("strict_min") ? "above" : "min", kwargs.get(min));
        }
        if (has(max)) {
            bounds.set(is("strict_max") ? "below" : "max", kwargs.get(max));
        }
        return bounds;
    }
}
