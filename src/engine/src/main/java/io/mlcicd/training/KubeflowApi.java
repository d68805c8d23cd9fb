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
import java.util.Map;
import java.util.Optional;

/** Calls the REST API of Kubeflow Pipelines ({@code apis/v2beta1}, by its published OpenAPI description). */
final class KubeflowApi {

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

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode call(String method, String path, String body) throws InterruptedException {
        URI uri = URI.create(endpoint.toString().replaceAll("/+$", "") + "/apis/v2beta1/" + path);
        Map<String, String> headers = new HashMap<>();
        token.ifPresent(secret -> headers.put("Authorization", "Bearer " + secret));
        if (!body.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        CloudHttp.Answer answer = http.send(method, uri, () -> headers, body);
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
