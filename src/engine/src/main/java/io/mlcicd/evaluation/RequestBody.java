package io.mlcicd.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.data.Column;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JSON that is posted for a row: a template with the row's values in it, or an object of columns. */
final class RequestBody {

    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");

    private final Optional<String> template;
    private final List<Column> columns;

    private RequestBody(Optional<String> template, List<Column> columns) {
        this.template = template;
        this.columns = columns;
    }

    /**
     * The body of requests with these cases.
     *
     * @param roles columns that tell the truth or name the row, which the service is not told unless the template does
     * @throws InvalidInputException when the template names a column that is missing, or is no JSON
     */
    static RequestBody of(Optional<String> template, Relation cases, Set<String> roles) {
        template.ifPresent(text -> requireUsable(text, cases));
        List<Column> sent = cases.columns().stream()
                .filter(column -> !roles.contains(column.name()))
                .toList();
        if (template.isEmpty() && sent.isEmpty()) {
            throw new InvalidInputException("%s has no column to send to the service: all have a role"
                    .formatted(cases.source().shown()));
        }
        return new RequestBody(template, sent);
    }

    private static void requireUsable(String template, Relation cases) {
        Matcher place = PLACE.matcher(template);
        while (place.find()) {
            cases.require(place.group(1), "${" + place.group(1) + "} in the body of requests");
        }
        String filled = PLACE.matcher(template).replaceAll("\"text\"");
        try {
            Json.mapper()
                    .reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(filled);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "the body of requests is no JSON once values are filled in (%s); ${column} stands for the whole value: a text with its quotes, so write none around it"
                            .formatted(e.getOriginalMessage()),
                    e);
        }
    }

    String of(Row row) {
        return template.map(text -> PLACE.matcher(text)
                        .replaceAll(place -> Matcher.quoteReplacement(
                                json(row, place.group(1)).toString())))
                .orElseGet(() -> object(row, columns).toString());
    }

    /** The row as a JSON object of these columns; a missing value is null. */
    static ObjectNode object(Row row, List<Column> columns) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        columns.forEach(column -> object.set(column.name(), json(row, column.name())));
        return object;
    }

    private static JsonNode json(Row row, String column) {
        return json(Optional.ofNullable(row.values().get(column)));
    }

    private static JsonNode json(Optional<Object> value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (value.isEmpty()) {
            return json.nullNode();
        }
        Object present = value.get();
        if (present instanceof Double number) {
            // JSON has no NaN, which data frames hold where a value is missing.
            return Double.isFinite(number) ? json.numberNode(number) : json.nullNode();
        }
        if (present instanceof Long number) {
            return json.numberNode(number);
        }
        if (present instanceof Boolean truth) {
            return json.booleanNode(truth);
        }
        if (present instanceof List<?> list) {
            ArrayNode array = json.arrayNode();
            list.forEach(item -> array.add(json(Optional.ofNullable(item))));
            return array;
        }
        return json.textNode(present.toString());
    }
}
