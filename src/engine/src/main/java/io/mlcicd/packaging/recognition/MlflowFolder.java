package io.mlcicd.packaging.recognition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.packaging.recognition.Signature.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the {@code MLmodel} file of an MLflow model ("MLflow Models", storage format and signature, MLflow 1 to 3). */
final class MlflowFolder {

    private static final String FILE = "MLmodel";
    private static final long LONGEST = 1 << 24;

    private MlflowFolder() {}

    static Optional<Path> find(Path folder) {
        Path file = folder.resolve(FILE);
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    /**
     * Reads the file.
     *
     * @throws IOException when it is broken
     */
    static ModelFacts read(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new IOException("it is longer than %d bytes".formatted(LONGEST));
        }
        JsonNode model;
        try {
            model = YamlDocument.parse(file).content();
        } catch (InvalidInputException e) {
            throw new IOException(e.getMessage(), e);
        }
        JsonNode flavors = model.path("flavors");
        if (!flavors.isObject()) {
            throw new IOException("it names no flavors");
        }
        Map<String, String> versions = new TreeMap<>();
        text(model.path("mlflow_version")).ifPresent(version -> versions.put("mlflow", version));
        flavors.properties().forEach(flavor -> flavor(flavor.getKey(), flavor.getValue(), versions));
        return new ModelFacts(ModelKind.MLFLOW, versions, signature(model.path("signature")));
    }

    /** Each flavor names its library's version {@code sklearn_version}, {@code xgb_version} and so on. */
    private static void flavor(String name, JsonNode flavor, Map<String, String> versions) {
        if (name.equals("python_function")) {
            text(flavor.path("python_version")).ifPresent(version -> versions.put("python", version));
            return;
        }
        String version = flavor.properties().stream()
                .filter(entry -> entry.getKey().endsWith("_version"))
                .map(entry -> entry.getValue().asText())
                .findFirst()
                .orElse("");
        versions.put("flavor " + name, version);
    }

    private static Signature signature(JsonNode signature) throws IOException {
        return new Signature(fields(signature.path("inputs")), fields(signature.path("outputs")));
    }

    /** Columns and tensors are written as JSON in a YAML text. */
    private static List<Field> fields(JsonNode written) throws IOException {
        List<Field> fields = new ArrayList<>();
        JsonNode list = written;
        if (written.isTextual()) {
            try {
                list = Json.mapper().readTree(written.asText());
            } catch (JsonProcessingException e) {
                throw new IOException("its signature is not JSON: " + e.getOriginalMessage(), e);
            }
        }
        for (JsonNode entry : list) {
            JsonNode tensor = entry.path("tensor-spec");
            List<String> shape = new ArrayList<>();
            tensor.path("shape").forEach(size -> shape.add(size.asInt() < 0 ? "?" : size.asText()));
            Optional<String> type = text(tensor.path("dtype")).or(() -> text(entry.path("type")));
            fields.add(new Field(entry.path("name").asText(""), type, shape));
        }
        return fields;
    }

    private static Optional<String> text(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty();
    }
}
