package io.mlcicd.evaluation;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.mlcicd.data.Column;
import io.mlcicd.data.Relation;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds predictions and scores in a service's answers, and says which columns they become. */
final class AnswerReader {

    private static final ObjectReader READER =
            Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final JsonPointer USUAL = JsonPointer.compile("/prediction");

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Task task;
    private final Set<String> taken;
    private Optional<String> prediction = Optional.empty();
    private Optional<String> score = Optional.empty();
    private final Map<String, String> scores = new LinkedHashMap<>();
    private final Map<Double, String> quantiles = new LinkedHashMap<>();

    /**
     * Where a value stands in an answer.
     *
     * @param pointer empty for the answer itself where it is a bare value, else {@code /prediction}
     */
    private record Place(Optional<JsonPointer> pointer, boolean number) {

        JsonPointer in(JsonNode answer) {
            return pointer.orElseGet(() -> answer.isValueNode() ? JsonPointer.empty() : USUAL);
        }
    }

    /** An answer in which something is not as it must be; the message ends a sentence that begins with the service. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    private AnswerReader(Task task, Relation cases) {
        this.task = task;
        this.taken = cases.columns().stream()
                .map(Column::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /**
     * The reader of a service's answers.
     *
     * @throws InvalidInputException when it is not said where something stands that the task needs
     */
    static AnswerReader of(EndpointSpec endpoint, Task task, Relation cases) {
        requireFitting(endpoint, task);
        AnswerReader reader = new AnswerReader(task, cases);
        boolean scored =
                endpoint.scoreAnswer().isPresent() || !endpoint.scoresAnswer().isEmpty();
        if (endpoint.answer().isPresent() || !scored) {
            reader.prediction = Optional.of(reader.place(
                    "answer_prediction", endpoint.answer().map(AnswerReader::pointer), !task.classifies()));
        }
        endpoint.scoreAnswer()
                .ifPresent(pointer ->
                        reader.score = Optional.of(reader.place("answer_score", Optional.of(pointer(pointer)), true)));
        endpoint.scoresAnswer()
                .forEach((name, pointer) -> reader.scores.put(
                        name, reader.place("answer_score_" + name, Optional.of(pointer(pointer)), true)));
        if (task == Task.QUANTILE) {
            reader.scores.forEach((level, column) -> reader.quantiles.put(level(level), column));
        }
        return reader;
    }

    private static void requireFitting(EndpointSpec endpoint, Task task) {
        boolean one = task == Task.BINARY || task == Task.RANKING;
        if (endpoint.scoreAnswer().isPresent() && !one) {
            throw new InvalidInputException(
                    "the endpoint has 'scoreAnswer', which is for binary and ranking tasks, but this one is "
                            + task.key());
        }
        boolean several = task == Task.MULTICLASS || task == Task.MULTILABEL || task == Task.QUANTILE;
        if (!endpoint.scoresAnswer().isEmpty() && !several) {
            throw new InvalidInputException(
                    "the endpoint has 'scoresAnswer', which is for multiclass, multilabel and quantile tasks, but this one is "
                            + task.key());
        }
        if (endpoint.scoresAnswer().isEmpty() && several && task != Task.MULTICLASS) {
            throw new InvalidInputException("the endpoint needs 'scoresAnswer': where each %s stands in the answer"
                    .formatted(task == Task.QUANTILE ? "level's quantile" : "label's score"));
        }
        if (endpoint.answer().isPresent() && task == Task.MULTILABEL) {
            throw new InvalidInputException("the endpoint has 'answer', which is one value; of a multilabel task, only"
                    + " 'scoresAnswer' can be judged");
        }
    }

    private static double level(String text) {
        double level;
        try {
            level = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            level = Double.NaN;
        }
        if (!(level > 0 && level < 1)) {
            throw new InvalidInputException(
                    "'%s' in the endpoint's 'scoresAnswer' is no level of a quantile; write a number between 0 and 1, such as 0.9"
                            .formatted(text));
        }
        return level;
    }

    private static JsonPointer pointer(String text) {
        try {
            return JsonPointer.compile(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "'%s' is no JSON pointer to a place in the answer; write one such as /predictions/0"
                            .formatted(text),
                    e);
        }
    }

    private String place(String wanted, Optional<JsonPointer> pointer, boolean number) {
        String column = wanted;
        while (!taken.add(column.toLowerCase(Locale.ROOT))) {
            column += "_";
        }
        places.put(column, new Place(pointer, number));
        return column;
    }

    /** Column to value of an answer. */
    Map<String, JsonNode> read(byte[] body) throws Unusable {
        JsonNode answer;
        try {
            answer = READER.readTree(body);
        } catch (IOException e) {
            throw new Unusable("answered something that is no JSON");
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (Map.Entry<String, Place> entry : places.entrySet()) {
            Place place = entry.getValue();
            JsonPointer pointer = place.in(answer);
            JsonNode value = answer.at(pointer);
            String at = pointer.matches() ? "itself" : "at " + pointer;
            if (value.isMissingNode() || value.isNull()) {
                throw new Unusable("answered without a value " + at);
            }
            boolean usable =
                    place.number() ? value.isNumber() && Double.isFinite(value.doubleValue()) : value.isValueNode();
            if (!usable) {
                throw new Unusable("answered something that is no %s %s"
                        .formatted(place.number() ? "finite number" : "single value", at));
            }
            values.put(entry.getKey(), value);
        }
        return values;
    }

    /** The roles of the cases' columns and of those that the answers become. */
    Roles roles(Roles cases) {
        Map<String, Roles.LabelColumns> labels = new LinkedHashMap<>();
        cases.labels().forEach((name, columns) -> {
            if (!scores.containsKey(name)) {
                throw new InvalidInputException("the endpoint's 'scoresAnswer' lacks the label '%s'".formatted(name));
            }
            labels.put(name, new Roles.LabelColumns(columns.label(), Optional.empty(), Optional.of(scores.get(name))));
        });
        return new Roles(
                cases.label(),
                prediction,
                score,
                task == Task.MULTICLASS ? scores : Map.of(),
                cases.positive(),
                labels,
                quantiles,
                cases.query(),
                cases.weight(),
                cases.id(),
                cases.horizon());
    }
}
