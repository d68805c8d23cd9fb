package io.mlcicd.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What an answer must be like, as {@code expect} of {@code smoke.schema.json} has it.
 *
 * @param status its status; any 2xx when empty
 * @param json every key given here must be in the answer with this value; lists must be of the same length
 * @param contains text that must be in it
 * @param maxMillis how long it may take
 */
public record Expectation(
        OptionalInt status, Optional<JsonNode> json, Optional<String> contains, OptionalDouble maxMillis) {

    /** Any answer with a status of 2xx. */
    public static final Expectation ANY_SUCCESS =
            new Expectation(OptionalInt.empty(), Optional.empty(), Optional.empty(), OptionalDouble.empty());

    public Expectation {
        // Jackson hands over a JSON null, or nothing, for a key that is not there.
        status = status == null ? OptionalInt.empty() : status;
        json = json == null ? Optional.empty() : json.filter(node -> !node.isNull());
        contains = contains == null ? Optional.empty() : contains;
        maxMillis = maxMillis == null ? OptionalDouble.empty() : maxMillis;
    }

    /** In what the answer is not as expected; empty when it is. */
    Optional<String> wrong(Answer answer) {
        if (answer.failure().isPresent()) {
            return Optional.of("no answer: " + answer.failure().get());
        }
        boolean statusHolds = status.isPresent() ? answer.status() == status.getAsInt() : answer.successful();
        if (!statusHolds) {
            String wanted = status.isPresent() ? String.valueOf(status.getAsInt()) : "2xx";
            return Optional.of("expected status %s, got %d: %s".formatted(wanted, answer.status(), answer.quoted()));
        }
        if (contains.filter(text -> !answer.body().contains(text)).isPresent()) {
            return Optional.of("expected '%s' in the answer, got %s".formatted(contains.get(), answer.quoted()));
        }
        if (json.isPresent()) {
            Optional<String> difference = difference(json.get(), answer);
            if (difference.isPresent()) {
                return difference;
            }
        }
        if (maxMillis.isPresent() && answer.millis() > maxMillis.getAsDouble()) {
            return Optional.of("expected an answer within %.0f ms, it took %.0f ms"
                    .formatted(maxMillis.getAsDouble(), answer.millis()));
        }
        return Optional.empty();
    }

    private static Optional<String> difference(JsonNode expected, Answer answer) {
        try {
            return difference("", expected, Json.mapper().readTree(answer.body()));
        } catch (JsonProcessingException e) {
            return Optional.of("expected JSON, got " + answer.quoted());
        }
    }

    /** The first place where the answer lacks what is expected; keys that are not expected do not matter. */
    private static Optional<String> difference(String path, JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            for (Map.Entry<String, JsonNode> field : expected.properties()) {
                Optional<String> below =
                        difference(path + "." + field.getKey(), field.getValue(), actual.path(field.getKey()));
                if (below.isPresent()) {
                    return below;
                }
            }
            return Optional.empty();
        }
        if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                Optional<String> below = difference(path + "." + i, expected.get(i), actual.get(i));
                if (below.isPresent()) {
                    return below;
                }
            }
            return Optional.empty();
        }
        boolean same = (expected.isNumber() && actual.isNumber())
                ? expected.doubleValue() == actual.doubleValue()
                : expected.equals(actual);
        String where = path.isEmpty() ? "the answer" : path.substring(1);
        String got = actual.isMissingNode() ? "nothing" : Answer.shortened(actual.toString());
        return same
                ? Optional.empty()
                : Optional.of(
                        "expected %s to be %s, got %s".formatted(where, Answer.shortened(expected.toString()), got));
    }
}
