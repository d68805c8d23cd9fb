package io.mlcicd.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Path;
import java.util.Optional;

/** A pipeline as the compiler of Kubeflow Pipelines 2 writes it ({@code pipeline_spec.proto}), in YAML or JSON. */
final class PipelineSpec {

    private PipelineSpec() {}

    /** @throws InvalidInputException when the file is no such pipeline */
    static JsonNode read(Path file) {
        // JSON is YAML as well.
        JsonNode spec = YamlDocument.parse(file).content();
        if (!spec.has("pipelineInfo") || !spec.has("root")) {
            throw new InvalidInputException(file + " is no compiled pipeline: it has no pipelineInfo and root; compile"
                    + " it with Kubeflow Pipelines' SDK (kfp dsl compile --py FILE --output FILE)");
        }
        return spec;
    }

    /** What the pipeline calls itself. */
    static String name(JsonNode spec) {
        return spec.at("/pipelineInfo/name").asText("pipeline");
    }

    /** Folder for its artifacts, if it was compiled with one ({@code default_pipeline_root}). */
    static Optional<String> root(JsonNode spec) {
        return Optional.of(spec.path("defaultPipelineRoot").asText()).filter(text -> !text.isBlank());
    }
}
