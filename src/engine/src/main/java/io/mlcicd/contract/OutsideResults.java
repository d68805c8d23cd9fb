package io.mlcicd.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.mlcicd.data.FileSource;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Reads what other tools found out about data: validation results of Great Expectations, anomalies of TFDV. */
final class OutsideResults {

    /** Python writes NaN and Infinity, which are no JSON. */
    private static final ObjectReader JSON = Json.mapper()
            .reader()
            .with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final List<ToolResults> results = new ArrayList<>();
    private final List<GateResult> gates = new ArrayList<>();
    private final List<Artifact> inputs = new ArrayList<>();
    private final Map<String, Double> metrics = new TreeMap<>();

    private OutsideResults() {}

    /**
     * Reads them.
     *
     * @param sources files, folders of which all results are taken, or patterns of paths
     * @throws InvalidInputException when there is none, or a file is no such result
     */
    static OutsideResults read(List<FileSource> sources) {
        OutsideResults read = new OutsideResults();
        sources.forEach(read::add);
        return read;
    }

    /** Each suite, asset or split with its checks. */
    List<ToolResults> results() {
        return List.copyOf(results);
    }

    /** One or two gates for each check, and one on how many there are. */
    List<GateResult> gates() {
        return List.copyOf(gates);
    }

    /** The files that were read. */
    List<Artifact> inputs() {
        return List.copyOf(inputs);
    }

    /** Numbers that the tools measured beside their checks. */
    Map<String, Double> metrics() {
        return Map.copyOf(metrics);
    }

    private void add(FileSource source) {
        Map<String, Path> found = new TreeMap<>(source.files());
        if (Files.isDirectory(Path.of(source.location()))) {
            found.keySet().removeIf(name -> !isJson(name) && !TensorFlowAnomalies.isNamedLike(name));
        }
        if (found.isEmpty()) {
            throw new InvalidInputException("there are no validation results at " + source.shown()
                    + "; run Great Expectations or TensorFlow Data Validation first, and let it write them there");
        }
        found.forEach((shown, path) -> {
            if (isJson(shown)) {
                ExpectationResults.read(shown, json(shown, path), this);
            } else if (TensorFlowAnomalies.isNamedLike(shown)) {
                TensorFlowAnomalies.read(shown, path, this);
            } else {
                throw new InvalidInputException(
                        shown + " is no validation result that is known; there are Great Expectations' (.json) and"
                                + " anomalies of TensorFlow Data Validation (.pb, .pbtxt, .textproto)");
            }
            inputs.add(artifact(shown, path));
        });
    }

    private static boolean isJson(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".json");
    }

    private static JsonNode json(String shown, Path path) {
        try {
            return JSON.readTree(Files.readAllBytes(path));
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    "%s:%d:%d: not valid JSON: %s"
                            .formatted(
                                    shown,
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + shown + ": " + e.getMessage(), e);
        }
    }

    private static Artifact artifact(String shown, Path path) {
        try {
            return Digests.artifact("results", shown, path);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + shown + ": " + e.getMessage(), e);
        }
    }

    /** Adds what one tool found out about one thing. */
    void add(ToolResults found) {
        results.add(found);
    }

    /** Adds a gate with the number that decided it. */
    GateResult gate(
            String metric,
            Comparison comparison,
            double bound,
            double actual,
            Criticality criticality,
            String message) {
        boolean holds = comparison.holds(actual, bound);
        GateResult gate = new GateResult(
                new Gate(metric, comparison, bound, criticality, Optional.empty()),
                Optional.empty(),
                Double.isFinite(actual) ? OptionalDouble.of(actual) : OptionalDouble.empty(),
                OptionalDouble.empty(),
                holds ? Outcome.PASSED : Outcome.FAILED,
                message);
        gates.add(gate);
        return gate;
    }

    /** Adds a number to follow over builds; one that is not finite is none. */
    void metric(String name, double value) {
        if (Double.isFinite(value)) {
            metrics.put(name, value);
        }
    }
}
