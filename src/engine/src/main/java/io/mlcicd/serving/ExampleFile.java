package io.mlcicd.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads example inputs: a CSV file with a header; JSON that is a request already; JSON as MLflow stores
 * {@code input_example.json} (a data frame as {@code columns} and {@code data}, a list of records, a tensor as nested
 * lists, or an object of named tensors).
 */
final class ExampleFile {

    /** Keys that only a request of one of the protocols has. */
    private static final List<String> REQUEST_KEYS =
            List.of("dataframe_split", "dataframe_records", "instances", "inputs");

    /** A request need show that a model answers, not how it fares with much. */
    private static final int ROWS = 5;

    private ExampleFile() {}

    /**
     * Reads a file; of a long table only the first {@value #ROWS} rows.
     *
     * @throws InvalidInputException when it is missing or in none of these forms
     */
    static ExampleInput read(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv")
                ? table(file)
                : of(Json.read(file), file.toString());
    }

    /** An example that is JSON. */
    static ExampleInput of(JsonNode content, String where) {
        if (content.isObject() && REQUEST_KEYS.stream().anyMatch(content::has)) {
            return new ExampleInput.Ready(content, rows(content));
        }
        if (content.path("columns").isArray() && content.path("data").isArray()) {
            return split(content, where);
        }
        if (content.isArray() && !content.isEmpty()) {
            return content.get(0).isObject()
                    ? records(content, where)
                    : new ExampleInput.Tensors(List.of(Tensor.nested("", content, where)));
        }
        if (content.isObject() && !content.isEmpty()) {
            return named(content, where);
        }
        throw new InvalidInputException(where + ": this is no example input; give rows (a list of objects, or 'columns'"
                + " and 'data'), a tensor (nested lists), or a whole request");
    }

    private static ExampleInput named(JsonNode content, String where) {
        boolean tensors = content.properties().stream()
                .allMatch(
                        field -> field.getValue().isArray() && !field.getValue().isEmpty());
        if (!tensors) {
            return records(JsonNodeFactory.instance.arrayNode().add(content), where);
        }
        List<Tensor> all = new ArrayList<>();
        content.properties().forEach(field -> all.add(Tensor.nested(field.getKey(), field.getValue(), where)));
        return new ExampleInput.Tensors(all);
    }

    private static ExampleInput split(JsonNode content, String where) {
        List<String> columns = new ArrayList<>();
        content.path("columns").forEach(name -> columns.add(name.asText()));
        List<List<JsonNode>> rows = new ArrayList<>();
        for (JsonNode row : content.path("data")) {
            List<JsonNode> values = new ArrayList<>();
            row.forEach(values::add);
            if (values.size() != columns.size()) {
                throw new InvalidInputException("%s: a row of 'data' has %d values, but there are %d 'columns'"
                        .formatted(where, values.size(), columns.size()));
            }
            if (rows.size() < ROWS) {
                rows.add(values);
            }
        }
        if (rows.isEmpty()) {
            throw new InvalidInputException(where + ": 'data' has no row");
        }
        return new ExampleInput.Table(columns, rows);
    }

    private static ExampleInput records(JsonNode records, String where) {
        Set<String> columns = new LinkedHashSet<>();
        records.get(0).fieldNames().forEachRemaining(columns::add);
        List<List<JsonNode>> rows = new ArrayList<>();
        for (JsonNode entry : records) {
            if (!entry.isObject()) {
                throw new InvalidInputException(where + ": every row must be an object, as the first is");
            }
            if (rows.size() < ROWS) {
                rows.add(columns.stream()
                        .<JsonNode>map(
                                column -> entry.has(column) ? entry.get(column) : JsonNodeFactory.instance.nullNode())
                        .toList());
            }
        }
        return new ExampleInput.Table(List.copyOf(columns), rows);
    }

    /** Rows that a request asks about; 0 when it does not show. */
    static int rows(JsonNode request) {
        if (request.path("dataframe_split").path("data").isArray()) {
            return request.path("dataframe_split").path("data").size();
        }
        for (String key : List.of("dataframe_records", "instances")) {
            if (request.path(key).isArray()) {
                return request.path(key).size();
            }
        }
        JsonNode inputs = request.path("inputs");
        JsonNode first = inputs.isContainerNode() && !inputs.isEmpty()
                ? inputs.iterator().next()
                : inputs;
        if (first.path("shape").isArray()) {
            return first.path("shape").path(0).asInt();
        }
        if (inputs.isArray()) {
            return inputs.size();
        }
        return first.isArray() ? first.size() : 0;
    }

    private static ExampleInput table(Path file) {
        List<List<String>> lines;
        try {
            lines = CsvLines.first(Files.readString(file), ROWS + 1);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read the example " + file + ": " + e.getMessage(), e);
        }
        if (lines.size() < 2) {
            throw new InvalidInputException(file + ": an example needs a header and at least one row");
        }
        List<String> columns = lines.get(0);
        List<List<JsonNode>> rows = new ArrayList<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            if (line.size() != columns.size()) {
                throw new InvalidInputException("%s: row %d has %d values, but the header has %d"
                        .formatted(file, rows.size() + 1, line.size(), columns.size()));
            }
            rows.add(line.stream().map(CsvLines::value).toList());
        }
        return new ExampleInput.Table(columns, rows);
    }
}
