package io.mlcicd.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A version of a registered model.
 *
 * @param name the model's name
 * @param version its number
 * @param run id of the run that it came from; empty when it came from none
 * @param source address of the model's folder
 * @param tags its tags
 */
public record ModelVersion(String name, String version, Optional<String> run, String source, Map<String, String> tags) {

    static ModelVersion of(JsonNode node) {
        Map<String, String> tags = new LinkedHashMap<>();
        node.path("tags")
                .forEach(tag ->
                        tags.put(tag.path("key").asText(), tag.path("value").asText()));
        return new ModelVersion(
                node.path("name").asText(),
                node.path("version").asText(),
                Optional.of(node.path("run_id").asText()).filter(id -> !id.isEmpty()),
                node.path("source").asText(),
                tags);
    }
}
