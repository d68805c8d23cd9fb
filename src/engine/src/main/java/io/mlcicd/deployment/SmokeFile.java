package io.mlcicd.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.YamlDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Requests that a release must answer rightly, as {@code smoke.yml} lists them; see {@code smoke.schema.json}. */
record SmokeFile(List<Request> requests) {

    private static final String SCHEMA = "smoke.schema.json";

    record Request(
            String name,
            Optional<String> method,
            String path,
            Map<String, String> headers,
            Optional<JsonNode> body,
            Optional<Expectation> expect) {

        Request {
            headers = headers == null ? Map.of() : headers;
            body = given(body);
        }
    }

    record Expectation(
            OptionalInt status, Optional<JsonNode> json, Optional<String> contains, OptionalDouble maxMillis) {

        Expectation {
            json = given(json);
        }

        static final Expectation ANY_SUCCESS =
                new Expectation(OptionalInt.empty(), Optional.empty(), Optional.empty(), OptionalDouble.empty());
    }

    static SmokeFile read(Path file) {
        return YamlDocument.read(file, SCHEMA).bind("", SmokeFile.class);
    }

    /** Jackson hands over a JSON null for a key that is not there. */
    private static Optional<JsonNode> given(Optional<JsonNode> value) {
        return value.filter(node -> !node.isNull());
    }
}
