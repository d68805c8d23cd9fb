package io.mlcicd.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What {@code evaluate.champion} names.
 *
 * @param document a result document
 * @param mlflow a version in MLflow's model registry
 */
record ChampionKey(Optional<String> document, Optional<String> mlflow) {

    /** A champion may be its document alone. */
    @JsonCreator
    static ChampionKey of(JsonNode node) {
        return node.isTextual()
                ? new ChampionKey(Optional.of(node.asText()), Optional.empty())
                : new ChampionKey(
                        Optional.empty(),
                        Optional.ofNullable(node.get("mlflow")).map(JsonNode::asText));
    }
}
