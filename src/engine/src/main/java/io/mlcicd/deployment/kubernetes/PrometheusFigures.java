package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.cloud.CloudHttp;
import io.mlcicd.deployment.target.LiveFigures;
import io.mlcicd.deployment.target.Observation;
import io.mlcicd.deployment.target.SeenPredictions;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Figures of two runs from a Prometheus server that scrapes their pods, by its HTTP API ({@code /api/v1/query}). In the
 * queries {@code ${pods}} becomes a regular expression of the pods' names and {@code ${window}} the time that is looked
 * at.
 */
final class PrometheusFigures {

    private static final long LEAST_SECONDS = 60;
    private static final double MILLIS_PER_SECOND = 1000;

    private final KubernetesSettings.Figures settings;
    private final Cluster cluster;
    private final CloudHttp http = new CloudHttp();

    PrometheusFigures(KubernetesSettings.Figures settings, Cluster cluster) {
        this.settings = settings;
        this.cluster = cluster;
    }

    /**
     * What was seen lately.
     *
     * @param candidate labels of the new run's pods
     * @param active labels of the old one's; empty where there is none
     */
    Observation observed(Map<String, String> candidate, Map<String, String> active, Duration time)
            throws InterruptedException {
        return new Observation(of(candidate, time), active.isEmpty() ? LiveFigures.NONE : of(active, time), 0, 0);
    }

    private LiveFigures of(Map<String, String> labels, Duration time) throws InterruptedException {
        List<String> pods =
                PodReport.pods(cluster, labels).stream().map(Manifests::name).toList();
        if (pods.isEmpty()) {
            return LiveFigures.NONE;
        }
        long requests = Math.round(ask(settings.requests(), pods, time).orElse(0));
        long errors = Math.round(ask(settings.errors(), pods, time).orElse(0));
        return new LiveFigures(
                requests,
                Math.min(requests, errors),
                0,
                millis(settings.p50(), pods, time),
                millis(settings.p95(), pods, time),
                millis(settings.p99(), pods, time),
                SeenPredictions.NONE);
    }

    private OptionalDouble millis(Optional<String> query, List<String> pods, Duration time)
            throws InterruptedException {
        if (query.isEmpty()) {
            return OptionalDouble.empty();
        }
        OptionalDouble seconds = ask(query.get(), pods, time);
        return seconds.isPresent() ? OptionalDouble.of(seconds.getAsDouble() * MILLIS_PER_SECOND) : seconds;
    }

    private OptionalDouble ask(String query, List<String> pods, Duration time) throws InterruptedException {
        String filled = query.replace("${pods}", String.join("|", pods))
                .replace("${window}", Math.max(LEAST_SECONDS, time.toSeconds()) + "s");
        URI uri = URI.create(settings.server().toString().replaceAll("/+$", "") + "/api/v1/query?query="
                + URLEncoder.encode(filled, StandardCharsets.UTF_8));
        CloudHttp.Answer answer = http.send("GET", uri, Map::of, "");
        JsonNode json = json(answer.body());
        if (!json.path("status").asText().equals("success")) {
            String why = json.path("error").asText("status " + answer.status());
            String told = "Prometheus at " + settings.server()
                    + " did not answer a query of deploy.kubernetes.figures (" + why + "); ";
            throw answer.status() == 400 || answer.status() == 422
                    ? new InvalidInputException(told + "correct it: " + query)
                    : new OutsideSystemException(told + "check the address and the server");
        }
        JsonNode result = json.path("data").path("result");
        boolean scalar = json.path("data").path("resultType").asText().equals("scalar");
        if (result.size() > 1 && !scalar) {
            throw new InvalidInputException("a query of deploy.kubernetes.figures gives " + result.size()
                    + " values instead of one; put sum(...) around it: " + query);
        }
        double value = (scalar ? result : result.path(0).path("value")).path(1).asDouble(Double.NaN);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private static JsonNode json(String body) {
        try {
            return Json.mapper().readTree(body);
        } catch (JsonProcessingException e) {
            return Json.mapper().createObjectNode();
        }
    }
}
