package io.mlcicd.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The values in an answer. */
final class AnswerValues {

    private AnswerValues() {}

    /** All values of nested lists and objects, in their order. */
    static List<JsonNode> flat(JsonNode node) {
        List<JsonNode> values = new ArrayList<>();
        collect(node, values);
        return values;
    }

    private static void collect(JsonNode node, List<JsonNode> values) {
        if (node.isContainerNode()) {
            node.forEach(element -> collect(element, values));
        } else {
            values.add(node);
        }
    }

    /** What is wrong with the values: none at all, null, a number beyond all bounds, or no number where one must be. */
    static Optional<String> wrong(String what, List<JsonNode> values, boolean numeric) {
        if (values.isEmpty()) {
            return Optional.of(what + " is empty");
        }
        for (JsonNode value : values) {
            if (value.isNull()) {
                return Optional.of(what + " has a null");
            }
            if (numeric && !value.isNumber()) {
                return Optional.of(what + " has " + Answer.shortened(value.toString()) + " where a number must be");
            }
            if (value.isNumber() && !Double.isFinite(value.doubleValue())) {
                return Optional.of(what + " has a number beyond all bounds");
            }
        }
        return Optional.empty();
    }

    /** What is wrong with predictions that come as a list of one per row, or as an object of such lists. */
    static Optional<String> wrongPredictions(String key, JsonNode predictions, int rows) {
        String what = "'" + key + "'";
        if (!predictions.isContainerNode()) {
            return Optional.of("it has no list " + what);
        }
        if (predictions.isObject()) {
            for (JsonNode output : predictions) {
                Optional<String> wrong = wrongPredictions(key, output, rows);
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
        } else if (rows > 0 && predictions.size() != rows) {
            return Optional.of("%s has %d rows for %d asked".formatted(what, predictions.size(), rows));
        }
        return wrong(what, flat(predictions), false);
    }
}
