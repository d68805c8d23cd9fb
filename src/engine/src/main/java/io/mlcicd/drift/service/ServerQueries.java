package io.mlcicd.drift.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.document.Spelling;
import io.mlcicd.drift.service.HttpSource.Answer;
import io.mlcicd.drift.service.ServiceFindings.Kind;
import io.mlcicd.drift.service.ServiceFindings.Percentile;
import io.mlcicd.drift.service.ServiceSource.PrometheusServer;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Asks a Prometheus server for numbers that it computes.
 *
 * <p>Source: Prometheus documentation, "HTTP API", instant queries.
 */
final class ServerQueries {

    private static final String PREFIX = "service.";
    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;

    private final PrometheusServer server;
    private final Progress progress;
    private final HttpSource http;
    private final String shown;
    private final Map<String, String> absent = new TreeMap<>();

    ServerQueries(PrometheusServer server, Progress progress) {
        this.server = server;
        this.progress = progress;
        this.shown = HttpSource.shown(server.url());
        this.http = new HttpSource(HttpSource.address(server.url()), server.credentials(), server.timeout());
    }

    ServiceFindings findings() throws InterruptedException {
        requireKnown();
        Map<String, Double> values = new HashMap<>();
        Instant now = Instant.now();
        int asked = 0;
        for (Map.Entry<String, String> query : new TreeMap<>(server.queries()).entrySet()) {
            progress.step(
                    "asking %s for %s".formatted(shown, query.getKey()),
                    (double) asked++ / server.queries().size());
            OptionalDouble value = answer(query.getKey(), query.getValue());
            value.ifPresent(number -> values.put(query.getKey(), number));
        }
        List<Percentile> percentiles = new ArrayList<>();
        ServiceFindings.LEVELS
                .keySet()
                .forEach(name -> number(values, "latency." + name)
                        .ifPresent(value -> percentiles.add(
                                new Percentile(name, server.unit().toMillis(value), 0, OptionalDouble.empty()))));
        OptionalDouble mean = number(values, "latency.mean");
        return new ServiceFindings(
                Kind.PROMETHEUS_SERVER,
                shown,
                Optional.empty(),
                Optional.of(now),
                number(values, "requests"),
                number(values, "requests.perSecond"),
                number(values, "errors.share"),
                mean.isPresent() ? OptionalDouble.of(server.unit().toMillis(mean.getAsDouble())) : mean,
                percentiles,
                List.of(),
                absent,
                Optional.empty(),
                Optional.empty(),
                List.of("the time that is observed, and how exact percentiles are, is up to the queries"));
    }

    private void requireKnown() {
        TreeSet<String> known =
                new TreeSet<>(List.of("latency.mean", "errors.share", "requests.perSecond", "requests"));
        ServiceFindings.LEVELS.keySet().forEach(name -> known.add("latency." + name));
        if (server.queries().isEmpty()) {
            throw new InvalidInputException(
                    "nothing is asked of %s; give queries for some of %s".formatted(shown, String.join(", ", known)));
        }
        for (String name : server.queries().keySet()) {
            if (!known.contains(name)) {
                throw new InvalidInputException(
                        "'%s' is nothing that can be asked of a Prometheus server%s; there are: %s"
                                .formatted(name, Spelling.hint(name, known), String.join(", ", known)));
            }
        }
    }

    private static OptionalDouble number(Map<String, Double> values, String name) {
        return values.containsKey(name) ? OptionalDouble.of(values.get(name)) : OptionalDouble.empty();
    }

    private OptionalDouble answer(String name, String query) throws InterruptedException {
        URI address = HttpSource.address(server.url().replaceFirst("/+$", "")
                + "/api/v1/query?query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8));
        Answer answer = http.get(address, "application/json");
        JsonNode document = document(answer);
        if (answer.status() == BAD_REQUEST || answer.status() == UNPROCESSABLE) {
            throw new InvalidInputException("%s refuses the query for '%s': %s"
                    .formatted(shown, name, document.path("error").asText("it gives no reason")));
        }
        String refusal = HttpSource.refusal(answer.status(), shown);
        if (!refusal.isEmpty()) {
            throw new OutsideSystemException(refusal);
        }
        JsonNode data = document.path("data");
        JsonNode result = data.path("result");
        return switch (data.path("resultType").asText()) {
            case "scalar" -> value(name, result);
            case "vector" -> {
                if (result.size() > 1) {
                    throw new InvalidInputException(
                            "the query for '%s' has %d answers at %s; let it give one, for example with sum(...)"
                                    .formatted(name, result.size(), shown));
                }
                if (result.isEmpty()) {
                    absent.put(PREFIX + name, "the query matches nothing at " + shown);
                    yield OptionalDouble.empty();
                }
                yield value(name, result.get(0).path("value"));
            }
            case "matrix", "string" ->
                throw new InvalidInputException(
                        "the query for '%s' gives a %s, not a number; wrap it in a function such as rate(...)"
                                .formatted(name, data.path("resultType").asText()));
            default ->
                throw new OutsideSystemException(
                        shown + " does not answer as a Prometheus server does; is its address right?");
        };
    }

    private JsonNode document(Answer answer) {
        try {
            return Json.mapper().readTree(answer.body());
        } catch (JsonProcessingException e) {
            String refusal = HttpSource.refusal(answer.status(), shown);
            throw new OutsideSystemException(
                    refusal.isEmpty()
                            ? shown
                                    + " answers with something else than JSON; is it the address of a Prometheus server?"
                            : refusal,
                    e);
        }
    }

    private OptionalDouble value(String name, JsonNode pair) {
        String text = pair.path(1).asText();
        double value;
        try {
            value = Double.parseDouble(text.replace("+Inf", "Infinity").replace("-Inf", "-Infinity"));
        } catch (NumberFormatException e) {
            throw new OutsideSystemException(
                    "%s answers '%s' with '%s', which is no number".formatted(shown, name, text), e);
        }
        if (!Double.isFinite(value)) {
            absent.put(PREFIX + name, "the query gives %s, as of a time without requests".formatted(text));
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(value);
    }
}
