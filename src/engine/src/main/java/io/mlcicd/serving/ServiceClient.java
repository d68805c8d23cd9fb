package io.mlcicd.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Sends requests to one service and never waits for ever. */
final class ServiceClient {

    private final HttpClient http;
    private final URI service;
    private final Duration patience;

    /**
     * A client.
     *
     * @param service such as {@code http://127.0.0.1:8080}
     * @param patience how long one answer may take
     */
    ServiceClient(URI service, Duration patience) {
        this.service = service;
        this.patience = patience;
        // Model servers speak HTTP/1.1; some take the offer of HTTP/2 for an error.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
    }

    /** The same service, asked with less patience. */
    ServiceClient within(Duration shorter) {
        return new ServiceClient(service, shorter.compareTo(patience) < 0 ? shorter : patience);
    }

    Answer get(String path) throws InterruptedException {
        return send("GET", path, Map.of(), Optional.empty());
    }

    /** The JSON that a path gives; empty when it gives none. */
    Optional<JsonNode> json(String path) throws InterruptedException {
        Answer answer = get(path);
        try {
            return answer.successful() ? Optional.of(Json.mapper().readTree(answer.body())) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    Answer post(String path, JsonNode body) throws InterruptedException {
        return send("POST", path, Map.of(), Optional.of(body));
    }

    Answer send(String method, String path, Map<String, String> headers, Optional<JsonNode> body)
            throws InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(service.resolve(path))
                .timeout(patience)
                .method(
                        method,
                        body.map(content -> BodyPublishers.ofString(
                                        content.isTextual() ? content.asText() : content.toString()))
                                .orElse(BodyPublishers.noBody()));
        if (body.filter(content -> !content.isTextual()).isPresent()) {
            builder.setHeader("Content-Type", "application/json");
        }
        headers.forEach(builder::setHeader);
        long started = System.nanoTime();
        try {
            HttpResponse<String> response = http.send(builder.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), millis(started), Optional.empty());
        } catch (HttpTimeoutException e) {
            return Answer.none("none within %.1f s".formatted(patience.toMillis() / 1e3), millis(started));
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return Answer.none(why, millis(started));
        }
    }

    private static double millis(long started) {
        return (System.nanoTime() - started) / 1e6;
    }
}
