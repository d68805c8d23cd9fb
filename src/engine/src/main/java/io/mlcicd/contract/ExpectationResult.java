package io.mlcicd.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.contract.rule.Wording;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One {@code ExpectationValidationResult} of Great Expectations.
 *
 * @param type such as {@code expect_column_values_to_be_between}
 * @param kwargs the expectation's parameters
 * @param description the user's own words for it
 * @param criticality its severity: critical (also where there is none) fails, warning warns, info is a note
 * @param success whether the tool took it for kept
 * @param result the numbers
 * @param error why it could not be evaluated
 */
record ExpectationResult(
        String type,
        JsonNode kwargs,
        Optional<String> description,
        Criticality criticality,
        boolean success,
        JsonNode result,
        Optional<String> error) {

    private static final int MOST_VALUES = 3;

    /** What places the expectation, and is no parameter. */
    private static final Set<String> PLACES = Set.of(
            "column",
            "column_A",
            "column_B",
            "column_list",
            "batch_id",
            "result_format",
            "include_config",
            "catch_exceptions");

    /** A number held against a bound; its metric's name is the expectation's and a suffix. */
    record Judged(String suffix, Comparison comparison, double bound, double actual) {
        boolean holds() {
            return comparison.holds(actual, bound);
        }
    }

    static ExpectationResult of(JsonNode node, String file) {
        // What describe() prints has the configuration's keys beside the others.
        JsonNode config = node.path("expectation_config").isObject() ? node.path("expectation_config") : node;
        String type = config.path("type").asText(config.path("expectation_type").asText());
        if (type.isBlank() || !node.path("success").isBoolean()) {
            throw new InvalidInputException(file
                    + " is no validation result of Great Expectations: one of its results has no type or no 'success'");
        }
        return new ExpectationResult(
                type,
                config.path("kwargs"),
                Optional.of(config.path("description").asText()).filter(text -> !text.isBlank()),
                criticality(config),
                node.path("success").booleanValue(),
                node.path("result"),
                error(node.path("exception_info")));
    }

    private static Criticality criticality(JsonNode config) {
        return switch (config.path("severity")
                .asText(config.path("meta").path("severity").asText())) {
            case "warning" -> Criticality.UNSTABLE;
            case "info" -> Criticality.NOTE;
            default -> Criticality.FAILURE;
        };
    }

    /** Since 1.0 there may be one for each metric that was needed. */
    private static Optional<String> error(JsonNode info) {
        if (info.path("raised_exception").asBoolean()) {
            return Optional.of(info.path("exception_message").asText("an error without a message"));
        }
        for (JsonNode each : info) {
            if (each.path("raised_exception").asBoolean()) {
                return Optional.of(each.path("exception_message").asText("an error without a message"));
            }
        }
        return Optional.empty();
    }

    List<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        for (String key : List.of("column", "column_A", "column_B")) {
            if (kwargs.path(key).isTextual()) {
                columns.add(kwargs.path(key).textValue());
            }
        }
        kwargs.path("column_list").forEach(column -> columns.add(column.asText()));
        return List.copyOf(columns);
    }

    /** " (min_value 0, max_value 100)", or nothing. */
    String parameters() {
        String all = kwargs.properties().stream()
                .filter(entry ->
                        !PLACES.contains(entry.getKey()) && !entry.getValue().isNull())
                .map(entry -> entry.getKey() + " " + text(entry.getValue()))
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : " (" + all + ")";
    }

    OptionalLong unexpected() {
        JsonNode count = result.path("unexpected_count");
        return count.isNumber() ? OptionalLong.of(count.longValue()) : OptionalLong.empty();
    }

    /** Of all rows, 0 to 1. */
    double unexpectedShare() {
        double rows = result.path("element_count").asDouble();
        return rows > 0 ? Math.min(1, unexpected().orElse(0) / rows) : 0;
    }

    String observed() {
        if (error.isPresent()) {
            return "could not be evaluated: " + Wording.shown(error.get());
        }
        if (unexpected().isPresent()) {
            long count = unexpected().getAsLong();
            long rows = result.path("element_count").asLong();
            return Wording.count(count, "unexpected value")
                    + (rows > 0 ? " (" + Wording.percent(count, rows) + " of " + Wording.count(rows, "row") + ")" : "")
                    + examples();
        }
        if (result.has("observed_value")) {
            return "observed " + text(result.path("observed_value"));
        }
        return success ? "held" : "did not hold";
    }

    private String examples() {
        List<String> values = new ArrayList<>();
        for (JsonNode value : result.path("partial_unexpected_list")) {
            if (values.size() < MOST_VALUES && !values.contains(text(value))) {
                values.add(text(value));
            }
        }
        return values.isEmpty() ? "" : ", such as " + String.join(", ", values);
    }

    /** The numbers that tell what the tool decided; none when they do not. */
    List<Judged> judged() {
        if (error.isPresent()) {
            return List.of();
        }
        double mostly = kwargs.path("mostly").asDouble(1);
        if (unexpected().isPresent() && mostly == 1) {
            return List.of(
                    new Judged(".violations", Comparison.MAX, 0, unexpected().getAsLong()));
        }
        JsonNode percent = result.path("unexpected_percent_nonmissing").isNumber()
                ? result.path("unexpected_percent_nonmissing")
                : result.path("unexpected_percent");
        if (unexpected().isPresent()) {
            return percent.isNumber()
                    ? List.of(new Judged(".keptShare", Comparison.MIN, mostly, 1 - percent.doubleValue() / 100))
                    : List.of();
        }
        JsonNode observed = result.path("observed_value");
        List<Judged> judged = new ArrayList<>();
        if (observed.isNumber()) {
            bound("min_value", Comparison.MIN, observed.doubleValue(), judged);
            bound("max_value", Comparison.MAX, observed.doubleValue(), judged);
        }
        return judged;
    }

    private void bound(String key, Comparison comparison, double actual, List<Judged> judged) {
        JsonNode bound = kwargs.path(key);
        if (bound.isNumber() && Double.isFinite(bound.doubleValue())) {
            judged.add(new Judged("", comparison, bound.doubleValue(), actual));
        }
    }

    private static String text(JsonNode value) {
        return Wording.shown(
                value.isTextual() ? "'" + value.textValue() + "'" : value.isNull() ? "null" : value.toString());
    }
}
