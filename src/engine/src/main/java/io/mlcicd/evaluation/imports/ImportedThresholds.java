package io.mlcicd.evaluation.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.TextProto;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.gate.Gate;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Thresholds that a team has written for another tool, as gates of criticality FAILURE: the {@code EvalConfig} of TensorFlow
 * Model Analysis (protobuf text or JSON), and validation thresholds of MLflow (JSON or YAML).
 */
public final class ImportedThresholds {

    private ImportedThresholds() {}

    /**
     * Reads a file of thresholds. Bounds are inclusive there as here.
     *
     * @param shown how messages name it
     * @param names what the tool's metrics are called here
     * @return one gate or more
     * @throws InvalidInputException when it is none, or asks for what gates cannot say; the message names file and place
     */
    public static List<Gate> read(Path file, String shown, MetricNames names) {
        YamlDocument document = document(file, Path.of(shown));
        JsonNode content = document.content();
        List<Gate> gates;
        if (TfmaThresholds.recognizes(content)) {
            gates = TfmaThresholds.read(document, names);
        } else if (MlflowThresholds.recognizes(content)) {
            gates = MlflowThresholds.read(document, names);
        } else {
            throw new InvalidInputException(
                    shown + " is no file of thresholds that is known here; there are TensorFlow Model"
                            + " Analysis' EvalConfig, which has metrics_specs, and MLflow's validation thresholds, such as"
                            + " {\"accuracy_score\": {\"threshold\": 0.8, \"greater_is_better\": true}}");
        }
        if (gates.isEmpty()) {
            throw new InvalidInputException(shown + " has no threshold");
        }
        return gates;
    }

    private static YamlDocument document(Path file, Path shown) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (!name.matches(".*\\.(pbtxt|pbtext|textproto|txtpb|textpb)")) {
            // JSON is YAML as well.
            return YamlDocument.parse(file, shown);
        }
        try {
            return TextProto.document(shown, Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(shown + " does not exist", e);
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(shown + " is not UTF-8 text; save it as UTF-8", e);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + shown + ": " + e.getMessage(), e);
        }
    }
}
