package io.mlcicd.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import io.mlcicd.document.JsonSchemas;
import java.nio.file.Path;
import java.util.List;

/** Result documents as files: JSON that keeps {@code result.schema.json}. */
public final class ResultDocuments {

    private static final String SCHEMA = "result.schema.json";

    private ResultDocuments() {}

    /** Writes the document in one step; see {@link AtomicFiles}. */
    public static void write(Result<?> result, Path file) {
        AtomicFiles.write(file, Json.write(result));
    }

    /**
     * Reads a document of any stage, its details as a tree.
     *
     * @throws InvalidInputException when the file is missing or no result document
     */
    public static Result<JsonNode> read(Path file) {
        return of(Json.read(file), file.toString(), JsonNode.class);
    }

    /**
     * Reads a document of any stage from its text, its details as a tree.
     *
     * @param name what to call it in messages
     * @throws InvalidInputException when it is no result document
     */
    public static Result<JsonNode> parse(String text, String name) {
        try {
            return of(Json.mapper().readTree(text), name, JsonNode.class);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(name + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads a document of one stage.
     *
     * @throws InvalidInputException when the file is missing, no result document, or of another stage
     */
    public static <D> Result<D> read(Path file, Stage stage, Class<D> details) {
        JsonNode tree = Json.read(file);
        String found = tree.path("stage").asText();
        if (tree.has("schemaVersion") && !found.equals(stage.key())) {
            throw new InvalidInputException(
                    "%s is the result of stage '%s'; one of stage '%s' is needed".formatted(file, found, stage.key()));
        }
        return of(tree, file.toString(), details);
    }

    /**
     * Binds a document that is a tree already.
     *
     * @param name what to call it in messages
     * @throws InvalidInputException when it is no result document
     */
    public static <D> Result<D> of(JsonNode tree, String name, Class<D> details) {
        List<JsonSchemas.Violation> violations = JsonSchemas.check(SCHEMA, tree);
        if (!violations.isEmpty()) {
            JsonSchemas.Violation first = violations.get(0);
            throw new InvalidInputException(
                    "%s is not a result document of ml-cicd: %s %s".formatted(name, first.pointer(), first.message()));
        }
        JavaType type = Json.mapper().getTypeFactory().constructParametricType(Result.class, details);
        try {
            return Json.mapper().treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    name + " is not a result document this version can read: " + e.getOriginalMessage(), e);
        }
    }
}
