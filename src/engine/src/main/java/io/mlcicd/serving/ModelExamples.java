package io.mlcicd.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The example input that a model in MLflow's format brings along: the one stored with it or, without one, neutral values
 * for the inputs of its signature. Source: MLflow documentation, "MLflow model" ({@code MLmodel},
 * {@code saved_input_example_info}, {@code signature}; column and tensor types).
 */
final class ModelExamples {

    private ModelExamples() {}

    /**
     * Looks into a model's folder.
     *
     * @throws InvalidInputException when its description is damaged
     */
    static Optional<ExampleInput> of(Path model) {
        Path description = model.resolve("MLmodel");
        if (!Files.isRegularFile(description)) {
            return Optional.empty();
        }
        JsonNode content = YamlDocument.parse(description).content();
        String stored =
                content.path("saved_input_example_info").path("artifact_path").asText("");
        Path example =
                model.resolve(stored.isEmpty() ? "input_example.json" : stored).normalize();
        if (example.startsWith(model.normalize()) && Files.isRegularFile(example)) {
            return Optional.of(ExampleFile.read(example));
        }
        return signature(content.path("signature").path("inputs").asText(""), description);
    }

    private static Optional<ExampleInput> signature(String inputs, Path description) {
        if (inputs.isBlank()) {
            return Optional.empty();
        }
        JsonNode columns;
        try {
            columns = Json.mapper().readTree(inputs);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    description + ": signature.inputs is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!columns.isArray() || columns.isEmpty()) {
            return Optional.empty();
        }
        return columns.get(0).has("tensor-spec")
                ? Optional.of(new ExampleInput.Tensors(tensors(columns)))
                : Optional.of(table(columns));
    }

    private static List<Tensor> tensors(JsonNode columns) {
        List<Tensor> tensors = new ArrayList<>();
        for (JsonNode column : columns) {
            List<Long> shape = new ArrayList<>();
            column.at("/tensor-spec/shape").forEach(size -> shape.add(size.asLong()));
            String type = column.at("/tensor-spec/dtype").asText();
            tensors.add(Tensor.neutral(column.path("name").asText(""), datatype(type), shape));
        }
        return tensors;
    }

    /** NumPy's name for a type in the open inference protocol's words. */
    private static String datatype(String numpy) {
        return switch (numpy) {
            case "bool" -> "BOOL";
            case "float16" -> "FP16";
            case "float32" -> "FP32";
            case "float64" -> "FP64";
            case "str", "object", "bytes" -> "BYTES";
            default -> numpy.contains("int") ? numpy.toUpperCase(Locale.ROOT) : "BYTES";
        };
    }

    private static ExampleInput table(JsonNode columns) {
        List<String> names = new ArrayList<>();
        List<JsonNode> row = new ArrayList<>();
        for (JsonNode column : columns) {
            names.add(column.path("name").asText("column-" + names.size()));
            String type = column.path("type").asText();
            row.add(Tensor.neutral(type.equals("integer") ? "INT32" : type));
        }
        return new ExampleInput.Table(names, List.of(row));
    }
}
