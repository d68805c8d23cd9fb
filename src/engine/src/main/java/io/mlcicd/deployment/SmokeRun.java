package io.mlcicd.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.deployment.DeploymentDetails.SmokeResult;
import io.mlcicd.deployment.SmokeFile.Expectation;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends smoke requests to a release and compares the answers with what is expected. */
final class SmokeRun {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SHOWN = 200;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI service;

    SmokeRun(URI service) {
        this.service = service;
    }

    List<SmokeResult> run(SmokeFile file) throws InterruptedException {
        List<SmokeResult> results = new ArrayList<>();
        for (SmokeFile.Request request : file.requests()) {
            results.add(send(request));
        }
        return List.copyOf(results);
    }

    private SmokeResult send(SmokeFile.Request request) throws InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(service.resolve(request.path()))
                .timeout(PATIENCE)
                .method(request.method().orElse("GET"), body(request));
        if (request.body().filter(body -> !body.isTextual()).isPresent()) {
            builder.header("Content-Type", "application/json");
        }
        request.headers().forEach(builder::setHeader);
        long started = System.nanoTime();
        try {
            HttpResponse<String> answer = http.send(builder.build(), BodyHandlers.ofString());
            double millis = (System.nanoTime() - started) / 1e6;
            Optional<String> wrong = wrong(request.expect().orElse(Expectation.ANY_SUCCESS), answer, millis);
            return new SmokeResult(
                    request.name(),
                    wrong.isEmpty(),
                    answer.statusCode(),
                    millis,
                    wrong.orElseGet(() -> "answered " + answer.statusCode() + " as expected"));
        } catch (IOException e) {
            return new SmokeResult(
                    request.name(), false, 0, (System.nanoTime() - started) / 1e6, "no answer: " + e.getMessage());
        }
    }

    private static BodyPublisher body(SmokeFile.Request request) {
        return request.body()
                .map(body -> BodyPublishers.ofString(body.isTextual() ? body.asText() : body.toString()))
                .orElse(BodyPublishers.noBody());
    }

    private static Optional<String> wrong(Expectation expected, HttpResponse<String> answer, double millis) {
        int status = answer.statusCode();
        boolean statusHolds =
                expected.status().isPresent() ? status == expected.status().getAsInt() : status / 100 == 2;
        if (!statusHolds) {
            String wanted = expected.status().isPresent()
                    ? String.valueOf(expected.status().getAsInt())
                    : "2xx";
            return Optional.of("expected status " + wanted + ", got " + status + ": " + shorten(answer.body()));
        }
        if (expected.contains().filter(text -> !answer.body().contains(text)).isPresent()) {
            return Optional.of(
                    "expected '" + expected.contains().get() + "' in the answer, got " + shorten(answer.body()));
        }
        if (expected.json().isPresent()) {
            Optional<String> difference = difference(expected.json().get(), answer.body());
            if (difference.isPresent()) {
                return difference;
            }
        }
        if (expected.maxMillis().isPresent() && millis > expected.maxMillis().getAsDouble()) {
            return Optional.of("expected an answer within %.0f ms, it took %.0f ms"
                    .formatted(expected.maxMillis().getAsDouble(), millis));
        }
        return Optional.empty();
    }

    private static Optional<String> difference(JsonNode expected, String body) {
        try {
            return difference("", expected, Json.mapper().readTree(body));
        } catch (JsonProcessingException e) {
            return Optional.of("expected JSON, got " + shorten(body));
        }
    }

    /** The first place where the answer lacks what is expected; keys that are not expected do not matter. */
    private static Optional<String> difference(String path, JsonNode expected, JsonNode actual) {
        String where = path.isEmpty() ? "the answer" : path.substring(1);
        if (expected.isObject() && actual.isObject()) {
            for (Map.Entry<String, JsonNode> field : expected.properties()) {
                Optional<String> below =
                        difference(path + "." + field.getKey(), field.getValue(), actual.path(field.getKey()));
                if (below.isPresent()) {
                    return below;
                }
            }
            return Optional.empty();
        }
        if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                Optional<String> below = difference(path + "." + i, expected.get(i), actual.get(i));
                if (below.isPresent()) {
                    return below;
                }
            }
            return Optional.empty();
        }
        boolean same = (expected.isNumber() && actual.isNumber())
                ? expected.doubleValue() == actual.doubleValue()
                : expected.equals(actual);
        return same
                ? Optional.empty()
                : Optional.of("expected " + where + " to be " + shorten(expected.toString()) + ", got "
                        + (actual.isMissingNode() ? "nothing" : shorten(actual.toString())));
    }

    private static String shorten(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    }
}
