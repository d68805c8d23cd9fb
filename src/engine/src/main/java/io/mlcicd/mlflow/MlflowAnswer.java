package io.mlcicd.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.operation.OutsideSystemException;

/**
 * What the server answered.
 *
 * @param server who answered
 * @param path what it was asked
 * @param status the HTTP status
 * @param body its text
 */
record MlflowAnswer(MlflowServer server, String path, int status, String body) {

    private static final int LONGEST_QUOTE = 500;

    /** Whether it is 2xx. */
    boolean good() {
        return status / 100 == 2;
    }

    /** Whether what was asked for is not there; a missing alias is told as an invalid parameter. */
    boolean missing() {
        return code().equals("RESOURCE_DOES_NOT_EXIST")
                || (code().equals("INVALID_PARAMETER_VALUE")
                        && json().path("message").asText().contains("not found"));
    }

    boolean exists() {
        return code().equals("RESOURCE_ALREADY_EXISTS");
    }

    private String code() {
        return good() ? "" : json().path("error_code").asText();
    }

    /** The text as JSON; an empty object when it is none. */
    JsonNode json() {
        try {
            return body.isBlank()
                    ? Json.mapper().createObjectNode()
                    : Json.mapper().readTree(body);
        } catch (JsonProcessingException e) {
            return Json.mapper().createObjectNode();
        }
    }

    /** The content of a good answer. */
    JsonNode content(String what) {
        if (!good()) {
            throw failure(what);
        }
        JsonNode content = json();
        if (content.isEmpty() && !body.isBlank() && !body.strip().equals("{}")) {
            throw new OutsideSystemException(
                    "%s does not answer as an MLflow server does; check the address, which is".formatted(server)
                            + " that of MLflow's page without anything behind it");
        }
        return content;
    }

    /** What to tell the user; the server's own words without anything that was sent with the request's headers. */
    OutsideSystemException failure(String what) {
        if (status == 401 || status == 403) {
            return new OutsideSystemException(
                    "the MLflow server %s does not let us %s (%d); set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD,"
                                    .formatted(server, what, status)
                            + " or MLFLOW_TRACKING_TOKEN, to a login that may");
        }
        if (status / 100 == 3) {
            return new OutsideSystemException(
                    "the MLflow server %s sends us elsewhere (%d); give the address that it sends browsers to"
                            .formatted(server, status));
        }
        JsonNode error = json();
        String told = error.path("message").asText();
        if (told.isEmpty() && status == 404) {
            return new OutsideSystemException(
                    "the MLflow server %s knows no %s (404), so it cannot %s; check its address and version"
                            .formatted(server, path, what));
        }
        String words = told.length() > LONGEST_QUOTE ? told.substring(0, LONGEST_QUOTE) + "..." : told;
        return new OutsideSystemException("the MLflow server %s could not %s (%d%s)%s"
                .formatted(
                        server,
                        what,
                        status,
                        error.has("error_code") ? " " + error.path("error_code").asText() : "",
                        words.isEmpty() ? "" : ": " + words));
    }
}
