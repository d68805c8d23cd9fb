package io.mlcicd.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A service with a protocol of its own: it is ready when a path answers, and smoke requests do the asking. */
record OwnCommand(String healthPath) implements ProtocolDialect {

    @Override
    public Optional<String> notReady(ServiceClient service) throws InterruptedException {
        return ProtocolDialect.notReady(service, healthPath);
    }

    @Override
    public Optional<Prepared> prepare(ServiceClient service, Optional<ExampleInput> example) {
        return Optional.empty();
    }

    @Override
    public Optional<String> wrong(JsonNode answer, int rows) {
        return Optional.empty();
    }
}
