package io.mlcicd.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.mlcicd.document.Json;
import io.mlcicd.document.TomlDocument;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.evaluation.imports.TfmaMetrics;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.versioning.DvcPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Metrics that a training script wrote as JSON or, by the file's name, YAML or TOML; of a {@code dvc.yaml} those in the
 * metrics files that it lists. Objects within objects become names with
 * dots, as DVC shows them: {@code {"train": {"acc": 0.9}}} is {@code train.acc}. A list of objects with {@code key} and
 * {@code value}, as MLflow answers it, gives each key its value of the greatest {@code step}. Only numbers are metrics:
 * other values and other lists are passed over. What TFX's Evaluator wrote is read as well.
 */
final class ReportedMetrics {

    /** Python writes NaN and Infinity, which are no JSON; they are read to be refused by name. */
    private static final ObjectReader READER = Json.mapper()
            .reader()
            .with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** As writers whose JSON is strict put them. */
    private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

    private static final String AN_EXAMPLE = "such as {\"accuracy\": 0.91, \"valid\": {\"loss\": 0.3}}";

    private final NamedFile file;
    private final Map<String, Double> metrics;

    private ReportedMetrics(NamedFile file, Map<String, Double> metrics) {
        this.file = file;
        this.metrics = metrics;
    }

    /**
     * The files that hold the metrics: the file itself, or those that a {@code dvc.yaml} lists.
     *
     * @throws InvalidInputException when it lists none
     */
    static List<NamedFile> files(NamedFile file) {
        if (!DvcPipeline.is(file.path())) {
            return List.of(file);
        }
        List<String> paths = DvcPipeline.metrics(file.path(), file.shown());
        if (paths.isEmpty()) {
            throw new InvalidInputException(
                    file.shown() + " lists no metrics; add 'metrics' to it, or name a file with metrics in 'reported'");
        }
        String folder = file.shown().substring(0, file.shown().length() - "dvc.yaml".length());
        return paths.stream()
                .map(path -> new NamedFile(file.path().resolveSibling(path).normalize(), folder + path))
                .toList();
    }

    /**
     * Reads them.
     *
     * @return metric name to finite value, in the files' order
     * @throws InvalidInputException when a file is missing, is none of JSON, YAML and TOML, names a metric that was named
     *     before, or has no number or one that is not finite
     */
    static Map<String, Double> read(List<NamedFile> files) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (NamedFile file : files) {
            int before = metrics.size();
            ReportedMetrics reading = new ReportedMetrics(file, metrics);
            if (TfmaMetrics.recognizes(file.path())) {
                TfmaMetrics.read(file.path(), file.shown()).forEach(reading::put);
            } else {
                reading.add("", content(file));
            }
            if (metrics.size() == before) {
                throw new InvalidInputException(
                        file.shown() + " has no metric; write an object whose values are numbers, " + AN_EXAMPLE);
            }
        }
        return metrics;
    }

    private static JsonNode content(NamedFile file) {
        String name = file.path().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".yml") || name.endsWith(".yaml")) {
            return YamlDocument.parse(file.path(), Path.of(file.shown())).content();
        }
        boolean toml = name.endsWith(".toml");
        try {
            byte[] bytes = Files.readAllBytes(file.path());
            JsonNode content = toml ? TomlDocument.parse(bytes, file.shown()) : READER.readTree(bytes);
            if (content.isMissingNode()) {
                throw new InvalidInputException(
                        file.shown() + " is empty; write the metrics as an object, " + AN_EXAMPLE);
            }
            return content;
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "%s:%d:%d: not valid JSON: %s"
                            .formatted(
                                    file.shown(),
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage()),
                    e);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(
                    file.shown() + " does not exist; the training script must write its metrics there first", e);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + file.shown() + ": " + e.getMessage(), e);
        }
    }

    private void add(String name, JsonNode value) {
        if (value.isNumber()) {
            put(name, value.doubleValue());
        } else if (value.isTextual() && NOT_FINITE.contains(value.textValue())) {
            put(name, Double.parseDouble(value.textValue()));
        } else if (value.isObject()) {
            value.properties().forEach(field -> add(below(name, field.getKey()), field.getValue()));
        } else if (isListOfMetrics(value)) {
            newest(value).forEach((key, entry) -> add(below(name, key), entry.get("value")));
        }
    }

    private static String below(String name, String key) {
        return name.isEmpty() ? key : name + "." + key;
    }

    private static boolean isListOfMetrics(JsonNode value) {
        if (!value.isArray()) {
            return false;
        }
        for (JsonNode entry : value) {
            if (!entry.path("key").isTextual() || !entry.has("value")) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, JsonNode> newest(JsonNode list) {
        Comparator<JsonNode> age = Comparator.<JsonNode>comparingDouble(entry -> number(entry, "step"))
                .thenComparingDouble(entry -> number(entry, "timestamp"));
        Map<String, JsonNode> newest = new LinkedHashMap<>();
        for (JsonNode entry : list) {
            newest.merge(entry.get("key").asText(), entry, (a, b) -> age.compare(b, a) >= 0 ? b : a);
        }
        return newest;
    }

    private static double number(JsonNode entry, String key) {
        return entry.path(key).asDouble(0);
    }

    private void put(String name, double value) {
        if (name.isBlank()) {
            throw new InvalidInputException(
                    "%s has the number %s without a name; write an object whose values are numbers, %s"
                            .formatted(file.shown(), value, AN_EXAMPLE));
        }
        if (!Double.isFinite(value)) {
            throw new InvalidInputException(
                    "%s: the metric '%s' is %s; a metric must be a finite number: leave it out where there is none"
                            .formatted(file.shown(), name, value));
        }
        if (metrics.put(name, value) != null) {
            throw new InvalidInputException(
                    "%s has a metric called '%s', and there is one already; rename one".formatted(file.shown(), name));
        }
    }
}
