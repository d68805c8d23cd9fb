package io.mlcicd.evaluation.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Spelling;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A protobuf message, read from its text format, where every field is a list of values, or from its JSON, where names may be
 * in camel case and wrapped numbers stand bare. Fields are named as in the {@code .proto} file.
 */
record Message(YamlDocument document, JsonNode node, String pointer) {

    private static final Pattern WORD = Pattern.compile("_([a-z])");

    static Message of(YamlDocument document) {
        return new Message(document, document.content(), "");
    }

    boolean has(String field) {
        return !all(field).isEmpty() || !map(field).isEmpty();
    }

    /** The field's value; of several the last, as protobuf has it. */
    Optional<Message> one(String field) {
        List<Message> all = all(field);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The values of a field that may have several. */
    List<Message> all(String field) {
        String key = key(field);
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        Message found = new Message(document, value, pointer + "/" + key);
        return value.isArray() ? found.elements() : List.of(found);
    }

    private List<Message> elements() {
        List<Message> elements = new ArrayList<>();
        for (JsonNode element : node) {
            elements.add(new Message(document, element, pointer + "/" + elements.size()));
        }
        return elements;
    }

    /** A field that is a map. */
    Map<String, Message> map(String field) {
        Map<String, Message> map = new LinkedHashMap<>();
        JsonNode value = node.path(key(field));
        if (value.isObject()) {
            value.properties()
                    .forEach(entry -> map.put(
                            entry.getKey(),
                            new Message(
                                    document,
                                    entry.getValue(),
                                    pointer + "/" + key(field) + "/"
                                            + entry.getKey().replace("~", "~0").replace("/", "~1"))));
            return map;
        }
        for (Message entry : all(field)) {
            Message content = entry.one("value").orElse(entry);
            map.put(entry.text("key").orElse(""), content);
        }
        return map;
    }

    Optional<String> text(String field) {
        return one(field).map(value -> value.node.asText()).filter(text -> !text.isEmpty());
    }

    /** A finite number, bare or wrapped in a message with a {@code value}, which is 0 when it is not written. */
    Optional<Double> number(String field) {
        Optional<Message> found = one(field);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Message number = found.get();
        if (number.node.isObject()) {
            number.requireFields(List.of("value"));
            Optional<Message> inner = number.one("value");
            if (inner.isEmpty()) {
                return Optional.of(0.0);
            }
            number = inner.get();
        }
        if (!number.node.isNumber() || !Double.isFinite(number.node.doubleValue())) {
            throw number.error("must be a finite number, not " + number.node);
        }
        return Optional.of(number.node.doubleValue());
    }

    /** Refuses fields beside these: what is not understood must not be passed over. */
    void requireFields(Collection<String> known) {
        if (!node.isObject()) {
            throw error("must be a message with some of: " + String.join(", ", known));
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (known.stream().noneMatch(name -> key(name).equals(field.getKey()))) {
                throw new Message(document, field.getValue(), pointer + "/" + field.getKey())
                        .error("is not known here%s; there are: %s"
                                .formatted(Spelling.hint(field.getKey(), known), String.join(", ", known)));
            }
        }
    }

    InvalidInputException error(String problem) {
        return document.error(pointer, problem);
    }

    private String key(String field) {
        return node.has(field)
                ? field
                : WORD.matcher(field).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}
