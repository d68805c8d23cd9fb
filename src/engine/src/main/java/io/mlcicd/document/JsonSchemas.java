package io.mlcicd.document;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Our published JSON Schemas, from the class path. */
public final class JsonSchemas {

    /** What a document does wrong: a JSON pointer to the place, and one sentence. */
    public record Violation(String pointer, String message) {}

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Map<String, Schema> LOADED = new ConcurrentHashMap<>();

    private JsonSchemas() {}

    /**
     * Holds a document against a schema.
     *
     * @param name the schema's file name, such as {@code mlcicd.schema.json}
     * @return what is wrong, the most telling first; empty when the document is valid
     */
    public static List<Violation> check(String name, JsonNode document) {
        Schema schema = LOADED.computeIfAbsent(name, JsonSchemas::load);
        return schema.validate(document).stream()
                .sorted(Comparator.comparingInt(JsonSchemas::rank))
                .map(error -> violation(error, document, schema.getSchemaNode()))
                .toList();
    }

    /** Holds texts against a schema that somebody else wrote. */
    public static final class Checker {

        private final Schema schema;

        private Checker(Schema schema) {
            this.schema = schema;
        }

        /** Whether the text is JSON that keeps the schema. */
        public boolean accepts(String text) {
            try {
                JsonNode document = STRICT.readTree(text);
                return !document.isMissingNode() && schema.validate(document).isEmpty();
            } catch (JsonProcessingException e) {
                return false;
            }
        }
    }

    /**
     * A checker of that schema, which may refer to its own parts alone, so that reading it opens no file and no
     * connection.
     *
     * @throws InvalidInputException when it refers to something outside
     */
    public static Checker checker(JsonNode schema) {
        for (String keyword : List.of("$ref", "$dynamicRef", "$recursiveRef")) {
            for (JsonNode reference : schema.findValues(keyword)) {
                if (!reference.asText().startsWith("#")) {
                    throw new InvalidInputException("the JSON Schema refers to " + reference
                            + ", which is outside of it; write what it says under $defs");
                }
            }
        }
        return new Checker(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema));
    }

    /** The schema's text, for people and tools that want it. */
    public static String text(String name) {
        try (InputStream in = JsonSchemas.class.getResourceAsStream("/io/mlcicd/schema/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no schema called " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema load(String name) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text(name));
    }

    /** An unknown key explains most other errors, so it is told first; combinators explain nothing, so they are last. */
    private static int rank(Error error) {
        if (isChoiceOfKeys(error)) {
            return 1;
        }
        return switch (error.getKeyword()) {
            case "additionalProperties", "unevaluatedProperties" -> 0;
            case "anyOf", "oneOf", "allOf", "if" -> 3;
            default -> 2;
        };
    }

    private static Violation violation(Error error, JsonNode document, JsonNode schema) {
        String pointer = error.getInstanceLocation().toString();
        return switch (error.getKeyword()) {
            case "additionalProperties" -> unknownKey(error, pointer, schema);
            case "enum" ->
                new Violation(
                        pointer,
                        "'%s' is not known; it must be one of %s"
                                .formatted(document.at(pointer).asText(), list(error.getSchemaNode())));
            default ->
                new Violation(pointer, isChoiceOfKeys(error) ? choice(error.getSchemaNode()) : error.getMessage());
        };
    }

    /** Whether keys exclude each other: {@code "oneOf": [{ "required": ["a"] }, { "required": ["b"] }]}. */
    private static boolean isChoiceOfKeys(Error error) {
        if (!error.getKeyword().equals("oneOf")) {
            return false;
        }
        for (JsonNode alternative : error.getSchemaNode()) {
            if (alternative.size() != 1 || alternative.path("required").size() != 1) {
                return false;
            }
        }
        return true;
    }

    private static String choice(JsonNode alternatives) {
        List<String> keys = new ArrayList<>();
        alternatives.forEach(each -> keys.add("'" + each.at("/required/0").asText() + "'"));
        String last = keys.remove(keys.size() - 1);
        return "needs exactly one of " + String.join(", ", keys) + " and " + last;
    }

    private static Violation unknownKey(Error error, String pointer, JsonNode schema) {
        String wrong = error.getProperty();
        String keyword = error.getSchemaLocation().getFragment().toString();
        List<String> known = new ArrayList<>();
        schema.at(JsonPointer.compile(keyword).head())
                .path("properties")
                .fieldNames()
                .forEachRemaining(known::add);
        String message = "unknown key" + Spelling.hint(wrong, known) + "; known keys: " + String.join(", ", known);
        return new Violation(pointer + "/" + wrong.replace("~", "~0").replace("/", "~1"), message);
    }

    private static String list(JsonNode values) {
        List<String> names = new ArrayList<>();
        values.forEach(value -> names.add(value.asText()));
        return String.join(", ", names);
    }
}
