package io.mlcicd.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.BinaryProto;
import io.mlcicd.document.TextProto;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Anomalies of TensorFlow Data Validation, as TFX's ExampleValidator writes them to {@code SchemaDiff.pb}: the message
 * {@code tensorflow.metadata.v0.Anomalies} of {@code anomalies.proto}, in bytes or as text.
 */
final class TensorFlowAnomalies {

    private static final String TOOL = "TensorFlow Data Validation";

    private static final BinaryProto.Type PATH = new BinaryProto.Type().text(1, "step");

    private static final BinaryProto.Type INFO = new BinaryProto.Type()
            .text(2, "description")
            .integer(5, "severity")
            .text(6, "short_description")
            .message(
                    7,
                    "reason",
                    new BinaryProto.Type()
                            .integer(1, "type")
                            .text(2, "short_description")
                            .text(3, "description"))
            .message(8, "path", PATH);

    private static final BinaryProto.Type MEASUREMENT =
            new BinaryProto.Type().integer(1, "type").real(2, "value").real(3, "threshold");

    private static final BinaryProto.Type ANOMALIES = new BinaryProto.Type()
            .message(1, "baseline", new BinaryProto.Type())
            .message(6, "baseline_v1", new BinaryProto.Type())
            .message(2, "anomaly_info", new BinaryProto.Type().text(1, "key").message(2, "value", INFO))
            .integer(3, "data_missing")
            .integer(7, "anomaly_name_format")
            .message(8, "dataset_anomaly_info", INFO)
            .message(
                    9,
                    "drift_skew_info",
                    new BinaryProto.Type()
                            .message(1, "path", PATH)
                            .message(2, "drift_measurements", MEASUREMENT)
                            .message(3, "skew_measurements", MEASUREMENT));

    /** Numbers and names of {@code DriftSkewInfo.Measurement.Type}. */
    private static final Map<String, String> DISTANCES = Map.of(
            "1", "lInfty",
            "L_INFTY", "lInfty",
            "2", "jensenShannon",
            "JENSEN_SHANNON_DIVERGENCE", "jensenShannon",
            "3", "normalizedAbsoluteDifference",
            "NORMALIZED_ABSOLUTE_DIFFERENCE", "normalizedAbsoluteDifference");

    private final String name;
    private final OutsideResults results;
    private final List<Check> checks = new ArrayList<>();

    private TensorFlowAnomalies(String name, OutsideResults results) {
        this.name = name;
        this.results = results;
    }

    /** Whether files of that name may hold anomalies. */
    static boolean isNamedLike(String file) {
        return file.toLowerCase(Locale.ROOT).matches(".*\\.(pb|pbtxt|textproto)");
    }

    /** @throws InvalidInputException when the file holds no anomalies */
    static void read(String shown, Path file, OutsideResults results) {
        JsonNode message = message(shown, file);
        if (message.isEmpty()) {
            throw new InvalidInputException(shown
                    + " holds no anomalies of TensorFlow Data Validation: it has none of the fields of such a message");
        }
        TensorFlowAnomalies reading = new TensorFlowAnomalies(name(shown), results);
        message.path("anomaly_info")
                .forEach(entry -> reading.anomaly(
                        Optional.of(feature(entry)), entry.path("value").path(0)));
        message.path("dataset_anomaly_info").forEach(info -> reading.anomaly(Optional.empty(), info));
        reading.total(truth(message.path("data_missing")));
        message.path("drift_skew_info").forEach(reading::measured);
        results.add(new ToolResults(TOOL, reading.name, shown, reading.checks));
    }

    private static JsonNode message(String shown, Path file) {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".pb")) {
            return BinaryProto.read(file, ANOMALIES);
        }
        try {
            return TextProto.read(Path.of(shown), Files.readString(file));
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + shown + ": " + e.getMessage(), e);
        }
    }

    /** TFX keeps the anomalies of a split in a folder of their own. */
    private static String name(String shown) {
        Path path = Path.of(shown);
        Path folder = path.getParent();
        String parent = folder == null || folder.getFileName() == null
                ? ""
                : folder.getFileName().toString();
        if (parent.startsWith("Split-") || parent.startsWith("SplitPair-")) {
            return parent.substring(parent.indexOf('-') + 1);
        }
        return path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    private static String feature(JsonNode entry) {
        List<String> steps = new ArrayList<>();
        entry.at("/value/0/path/0/step").forEach(step -> steps.add(step.asText()));
        return steps.isEmpty() ? entry.at("/key/0").asText() : String.join(".", steps);
    }

    private void anomaly(Optional<String> feature, JsonNode info) {
        Criticality criticality = switch (info.at("/severity/0").asText()) {
            case "1", "WARNING" -> Criticality.UNSTABLE;
            default -> Criticality.FAILURE;
        };
        String brief = info.at("/short_description/0").asText("an anomaly");
        String whole =
                info.at("/description/0").asText(brief).replaceAll("\\s+", " ").strip();
        String metric = name + feature.map(column -> "." + column).orElse("") + ".anomaly";
        results.gate(
                metric,
                Comparison.MAX,
                0,
                1,
                criticality,
                name + feature.map(column -> ": " + column).orElse("") + ": " + brief
                        + (whole.equals(brief) ? "" : ": " + whole));
        checks.add(new Check(
                feature.stream().toList(),
                "anomaly",
                Optional.of(brief),
                metric,
                criticality,
                "no anomaly",
                whole,
                0,
                0,
                Outcome.FAILED,
                List.of(),
                Optional.empty()));
    }

    /** What holds also where nothing is broken, so that a run without anomalies shows that it was looked at. */
    private void total(boolean dataMissing) {
        results.gate(
                name + ".dataMissing",
                Comparison.MAX,
                0,
                dataMissing ? 1 : 0,
                Criticality.FAILURE,
                name + (dataMissing ? ": there were no data to validate" : ": the data were there"));
        results.metric(name + ".anomalies", checks.size());
        if (checks.isEmpty() || dataMissing) {
            checks.add(new Check(
                    List.of(),
                    "anomalies",
                    Optional.empty(),
                    name + ".dataMissing",
                    Criticality.FAILURE,
                    "data without anomalies",
                    dataMissing ? "there were no data to validate" : "no anomalies found",
                    0,
                    0,
                    dataMissing ? Outcome.FAILED : Outcome.PASSED,
                    List.of(),
                    Optional.empty()));
        }
    }

    /** Distances that were measured, whether or not they are anomalies. */
    private void measured(JsonNode info) {
        List<String> steps = new ArrayList<>();
        info.at("/path/0/step").forEach(step -> steps.add(step.asText()));
        String feature = name + "." + String.join(".", steps);
        distances(feature + ".drift.", info.path("drift_measurements"));
        distances(feature + ".skew.", info.path("skew_measurements"));
    }

    private void distances(String prefix, JsonNode measurements) {
        for (JsonNode measurement : measurements) {
            String distance = DISTANCES.get(measurement.at("/type/0").asText());
            if (distance != null) {
                results.metric(prefix + distance, measurement.at("/value/0").asDouble(Double.NaN));
            }
        }
    }

    private static boolean truth(JsonNode values) {
        String text = values.path(0).asText();
        return text.equals("1") || text.equals("true");
    }
}
