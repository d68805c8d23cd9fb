package io.mlcicd.deployment.vertex;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.cloud.VertexApi;
import io.mlcicd.deployment.target.LiveFigures;
import io.mlcicd.deployment.target.Observation;
import io.mlcicd.deployment.target.SeenPredictions;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Figures of deployed models from Cloud Monitoring ({@code projects.timeSeries.list}, v3): {@code response_count} and
 * {@code prediction_latencies} below {@code aiplatform.googleapis.com/prediction/online}, by the list of Google Cloud
 * metrics. Latencies are milliseconds. Over several points counts are added and of percentiles the greatest is taken, for
 * they cannot be put together.
 */
final class VertexFigures {

    private static final long LEAST_SECONDS = 60;

    private final VertexApi api;
    private final String endpoint;

    VertexFigures(VertexApi api, String endpoint) {
        this.api = api;
        this.endpoint = endpoint.substring(endpoint.lastIndexOf('/') + 1);
    }

    Observation observed(String candidate, Optional<String> active, Instant from, Instant to)
            throws InterruptedException {
        return new Observation(
                of(candidate, from, to), active.isPresent() ? of(active.get(), from, to) : LiveFigures.NONE, 0, 0);
    }

    private LiveFigures of(String deployed, Instant from, Instant to) throws InterruptedException {
        JsonNode counts = ask("response_count", deployed, "ALIGN_SUM", from, to);
        return new LiveFigures(
                count(counts, ""),
                count(counts, "5"),
                0,
                latency(deployed, "ALIGN_PERCENTILE_50", from, to),
                latency(deployed, "ALIGN_PERCENTILE_95", from, to),
                latency(deployed, "ALIGN_PERCENTILE_99", from, to),
                SeenPredictions.NONE);
    }

    private JsonNode ask(String metric, String deployed, String aligner, Instant from, Instant to)
            throws InterruptedException {
        long seconds = Math.max(LEAST_SECONDS, to.getEpochSecond() - from.getEpochSecond());
        String filter = "metric.type=\"aiplatform.googleapis.com/prediction/online/" + metric
                + "\" AND resource.labels.endpoint_id=\"" + endpoint + "\" AND metric.labels.deployed_model_id=\""
                + deployed + "\"";
        return api.series(filter, to.minusSeconds(seconds), to, seconds, aligner);
    }

    private static long count(JsonNode series, String codes) {
        long sum = 0;
        for (JsonNode one : series.path("timeSeries")) {
            if (one.path("metric").path("labels").path("response_code").asText().startsWith(codes)) {
                for (JsonNode point : one.path("points")) {
                    sum += point.path("value").path("int64Value").asLong();
                }
            }
        }
        return sum;
    }

    private OptionalDouble latency(String deployed, String aligner, Instant from, Instant to)
            throws InterruptedException {
        OptionalDouble greatest = OptionalDouble.empty();
        for (JsonNode one :
                ask("prediction_latencies", deployed, aligner, from, to).path("timeSeries")) {
            if (!one.path("metric")
                    .path("labels")
                    .path("latency_type")
                    .asText("total")
                    .equals("total")) {
                continue;
            }
            for (JsonNode point : one.path("points")) {
                double value = point.path("value").path("doubleValue").asDouble();
                greatest = OptionalDouble.of(Math.max(value, greatest.orElse(value)));
            }
        }
        return greatest;
    }
}
