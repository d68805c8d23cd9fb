package io.mlcicd.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** How one protocol asks and answers. */
interface ProtocolDialect {

    /** A request that can be sent again and again. */
    record Prepared(String path, JsonNode body, int rows) {}

    /** What the service lacks to be ready; empty when it is. */
    Optional<String> notReady(ServiceClient service) throws InterruptedException;

    /**
     * The example in this protocol's words.
     *
     * @param example empty to make one of what the server says about its model
     * @return empty when it says nothing
     */
    Optional<Prepared> prepare(ServiceClient service, Optional<ExampleInput> example) throws InterruptedException;

    /** What is wrong with an answer that is JSON; empty when nothing is. */
    Optional<String> wrong(JsonNode answer, int rows);

    /** Whether the path answers 2xx; if not, what it says. */
    static Optional<String> notReady(ServiceClient service, String path) throws InterruptedException {
        Answer answer = service.get(path);
        if (answer.successful()) {
            return Optional.empty();
        }
        return Optional.of("GET " + path + " "
                + answer.failure()
                        .map(why -> "got no answer (" + why + ")")
                        .orElseGet(() -> "answered " + answer.status() + ": " + answer.quoted()));
    }
}
