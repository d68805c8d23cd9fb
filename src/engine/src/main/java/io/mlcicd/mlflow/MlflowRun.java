package io.mlcicd.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A run as the tracking server keeps it.
 *
 * @param id its id, 32 hexadecimal digits
 * @param experiment id of its experiment
 * @param artifacts address of the folder with its artifacts
 * @param started when it was begun
 * @param status {@code RUNNING}, {@code FINISHED}, {@code FAILED}, ...
 * @param metrics the newest value of each metric; finite ones alone
 * @param params its parameters
 * @param tags its tags
 * @param models ids of the models that were logged beside it, as MLflow does since 3.0
 */
public record MlflowRun(
        String id,
        String experiment,
        String artifacts,
        Instant started,
        String status,
        Map<String, Double> metrics,
        Map<String, String> params,
        Map<String, String> tags,
        List<String> models) {

    static MlflowRun of(JsonNode run) {
        JsonNode info = run.path("info");
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (JsonNode metric : run.path("data").path("metrics")) {
            double value = metric.path("value").asDouble(Double.NaN);
            if (Double.isFinite(value)) {
                metrics.put(metric.path("key").asText(), value);
            }
        }
        return new MlflowRun(
                info.path("run_id").asText(),
                info.path("experiment_id").asText(),
                info.path("artifact_uri").asText(),
                Instant.ofEpochMilli(info.path("start_time").asLong()),
                info.path("status").asText(),
                metrics,
                texts(run.path("data").path("params")),
                texts(run.path("data").path("tags")),
                StreamSupport.stream(run.at("/outputs/model_outputs").spliterator(), false)
                        .map(model -> model.path("model_id").asText())
                        .toList());
    }

    private static Map<String, String> texts(JsonNode list) {
        Map<String, String> texts = new LinkedHashMap<>();
        list.forEach(entry ->
                texts.put(entry.path("key").asText(), entry.path("value").asText()));
        return texts;
    }
}
