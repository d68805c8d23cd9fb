package io.mlcicd.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.cloud.CloudHttp;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Calls the REST API of Kubeflow Pipelines ({@code apis/v2beta1}, by its published OpenAPI description). */
final class KubeflowApi {

    private static final int OK = 200;

    private final URI endpoint;
    private final Optional<String> token;
    private final CloudHttp http = new CloudHttp();

    KubeflowApi(URI endpoint, Optional<String> token) {
        this.endpoint = endpoint;
        this.token = token;
    }

    JsonNode get(String path) throws InterruptedException {
        return call("GET", path, "");
    }

    JsonNode post(String path, Object body) throws InterruptedException {
        return call("POST", path, Json.mapper().valueToTree(body).toString());
    }

    /** Sends a request that must not be carried out twice. */
    JsonNode once(String path, Object body, Earlier earlier) throws InterruptedException {
        String text = Json.mapper().valueToTree(body).toString();
        CloudHttp.Answer answer = http.once(
                "POST",
                uri(path),
                () -> headers(text),
                text,
                () -> earlier.look().map(json -> new CloudHttp.Answer(OK, json.toString())));
        return answered("POST", path, answer);
    }

    /** Finds what an earlier try has made. */
    interface Earlier {
        Optional<JsonNode> look() throws InterruptedException;
    }

    /** What equals a value, as the query {@code filter} takes it ({@code filter.proto}). */
    static String filter(String key, String value) {
        Map<String, Object> predicate = new TreeMap<>(Map.of("operation", "EQUALS", "key", key, "string_value", value));
        return "filter="
                + encode(Json.mapper()
                        .valueToTree(Map.of("predicates", List.of(predicate)))
                        .toString());
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode call(String method, String path, String body) throws InterruptedException {
        return answered(method, path, http.send(method, uri(path), () -> headers(body), body));
    }

    private URI uri(String path) {
        return URI.create(endpoint.toString().replaceAll("/+$", "") + "/apis/v2beta1/" + path);
    }

    private Map<String, String> headers(String body) {
        Map<String, String> headers = new HashMap<>();
        token.ifPresent(secret -> headers.put("Authorization", "Bearer " + secret));
        if (!body.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        return headers;
    }

    private static JsonNode answered(String method, String path, CloudHttp.Answer answer) {
        if (answer.good()) {
            return answer.json();
        }
        String begin = "Kubeflow Pipelines refused " + method + " " + path.replaceAll("\\?.*", "") + " ("
                + answer.status() + " "
                + answer.json().path("message").asText("no message").replaceAll("\\s+", " ")
                + "); ";
        throw switch (answer.status()) {
            case 400, 404 -> new InvalidInputException(begin + "correct the section train.pipeline.kubeflow");
            case 401, 403 ->
                new OutsideSystemException(begin + "check the token in the variable that"
                        + " train.pipeline.kubeflow.tokenVariable names, and what it may do");
            default -> new OutsideSystemException(begin + "try again later");
        };
    }
}
