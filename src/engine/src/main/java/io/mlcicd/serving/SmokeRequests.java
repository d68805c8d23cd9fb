package io.mlcicd.serving;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.serving.ServeReport.ServeAnswer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests that a service must answer rightly, as {@code smoke.yml} lists them; see {@code smoke.schema.json}.
 *
 * @param requests at least one
 */
public record SmokeRequests(List<Request> requests) {

    private static final String SCHEMA = "smoke.schema.json";

    public SmokeRequests {
        requests = List.copyOf(requests);
    }

    /**
     * One request.
     *
     * @param name says what is tried
     * @param method {@code GET} when empty
     * @param path path and query
     * @param headers header to value
     * @param body sent as JSON or, if it is a text, as it is
     * @param expect any 2xx when empty
     */
    public record Request(
            String name,
            Optional<String> method,
            String path,
            Map<String, String> headers,
            Optional<JsonNode> body,
            Optional<Expectation> expect) {

        public Request {
            method = method == null ? Optional.empty() : method;
            headers = headers == null ? Map.of() : headers;
            body = body == null ? Optional.empty() : body.filter(node -> !node.isNull());
            expect = expect == null ? Optional.empty() : expect;
        }
    }

    /**
     * Reads a file.
     *
     * @throws io.mlcicd.operation.InvalidInputException when it is missing or wrong; the message names file, line, key
     */
    public static SmokeRequests read(Path file) {
        return YamlDocument.read(file, SCHEMA).bind("", SmokeRequests.class);
    }

    /**
     * Asks a service all of them, one after the other.
     *
     * @param service such as {@code http://127.0.0.1:8080}
     * @param patience how long one answer may take
     */
    public List<ServeAnswer> ask(URI service, Duration patience) throws InterruptedException {
        return ask(new ServiceClient(service, patience));
    }

    List<ServeAnswer> ask(ServiceClient service) throws InterruptedException {
        List<ServeAnswer> answers = new ArrayList<>();
        for (Request request : requests) {
            Answer answer =
                    service.send(request.method().orElse("GET"), request.path(), request.headers(), request.body());
            answers.add(ServeAnswer.of(
                    request.name(),
                    answer,
                    request.expect().orElse(Expectation.ANY_SUCCESS).wrong(answer)));
        }
        return answers;
    }
}
