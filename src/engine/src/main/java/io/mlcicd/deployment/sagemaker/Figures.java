package io.mlcicd.deployment.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.cloud.AwsApi;
import io.mlcicd.deployment.target.LiveFigures;
import io.mlcicd.deployment.target.Observation;
import io.mlcicd.deployment.target.SeenPredictions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Figures of variants from CloudWatch's metrics in the namespace {@code AWS/SageMaker} ("Monitor Amazon SageMaker with
 * Amazon CloudWatch", endpoint invocation metrics). Latencies there are microseconds. CloudWatch keeps one value a minute;
 * over several minutes counts are added and of percentiles the greatest is taken, for they cannot be put together.
 */
final class Figures {

    private static final int PERIOD_SECONDS = 60;
    private static final double MICROS_PER_MILLI = 1000;
    private static final Map<String, String> STATISTICS = new LinkedHashMap<>();

    static {
        STATISTICS.put("requests", "Invocations Sum");
        STATISTICS.put("errors", "Invocation5XXErrors Sum");
        STATISTICS.put("p50", "ModelLatency p50");
        STATISTICS.put("p95", "ModelLatency p95");
        STATISTICS.put("p99", "ModelLatency p99");
    }

    private final AwsApi api;
    private final String endpoint;

    Figures(AwsApi api, String endpoint) {
        this.api = api;
        this.endpoint = endpoint;
    }

    Observation observed(String candidate, String active, Instant from, Instant to) throws InterruptedException {
        List<Map<String, Object>> queries = new ArrayList<>();
        query("candidate", candidate, queries);
        if (!active.isEmpty()) {
            query("active", active, queries);
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("StartTime", from.getEpochSecond());
        request.put("EndTime", Math.max(to.getEpochSecond(), from.getEpochSecond() + PERIOD_SECONDS));
        request.put("MetricDataQueries", queries);
        Map<String, List<Double>> values = new HashMap<>();
        JsonNode answer = api.cloudWatch("GetMetricData", request);
        for (JsonNode result : answer.path("MetricDataResults")) {
            List<Double> numbers = values.computeIfAbsent(result.path("Id").asText(), id -> new ArrayList<>());
            result.path("Values").forEach(value -> numbers.add(value.asDouble()));
        }
        return new Observation(figures("candidate", values), figures("active", values), 0, 0);
    }

    private void query(String which, String release, List<Map<String, Object>> into) {
        STATISTICS.forEach((name, metric) -> {
            String[] parts = metric.split(" ", 2);
            Map<String, Object> stat = new LinkedHashMap<>();
            stat.put(
                    "Metric",
                    Map.of(
                            "Namespace",
                            "AWS/SageMaker",
                            "MetricName",
                            parts[0],
                            "Dimensions",
                            List.of(
                                    Map.of("Name", "EndpointName", "Value", endpoint),
                                    Map.of("Name", "VariantName", "Value", SageMakerNames.variant(release)))));
            stat.put("Period", PERIOD_SECONDS);
            stat.put("Stat", parts[1]);
            into.add(Map.of("Id", which + "_" + name, "MetricStat", stat, "ReturnData", true));
        });
    }

    private static LiveFigures figures(String which, Map<String, List<Double>> values) {
        return new LiveFigures(
                sum(values.get(which + "_requests")),
                sum(values.get(which + "_errors")),
                0,
                greatest(values.get(which + "_p50")),
                greatest(values.get(which + "_p95")),
                greatest(values.get(which + "_p99")),
                SeenPredictions.NONE);
    }

    private static long sum(List<Double> values) {
        return values == null
                ? 0
                : Math.round(values.stream().mapToDouble(Double::doubleValue).sum());
    }

    private static OptionalDouble greatest(List<Double> values) {
        return values == null
                ? OptionalDouble.empty()
                : values.stream()
                        .mapToDouble(micros -> micros / MICROS_PER_MILLI)
                        .max();
    }
}
