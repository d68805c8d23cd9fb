package io.mlcicd.serving;

import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a packaged model is to be served, and what shows that it does.
 *
 * @param protocol what it speaks
 * @param port the port its program listens on in its container, 1 to 65535
 * @param name the model's name in the server's paths
 * @param healthPath answers a GET with 2xx once a service of its own protocol is ready; the other protocols have theirs
 * @param example file with an example input, or with a whole request; empty to take the model's own
 * @param smoke file with smoke requests; needed by services of their own protocol
 * @param expect what every answer must be like, beside what the protocol asks for
 * @param timeout how long it may take until it is ready, and how long one answer may take
 * @param requests how often the example is sent, 1 to 1000
 */
public record ServingContract(
        ServingProtocol protocol,
        int port,
        String name,
        String healthPath,
        Optional<Path> example,
        Optional<Path> smoke,
        Optional<Expectation> expect,
        Duration timeout,
        int requests) {

    /** How long a service may take to get ready when nothing else is said: large models load slowly. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    /** Enough to see a difference between the first answer and the usual one. */
    public static final int DEFAULT_REQUESTS = 5;

    /** Where services of their own protocol are asked whether they are ready. */
    public static final String DEFAULT_HEALTH = "/health";

    private static final int HIGHEST_PORT = 65535;
    private static final int MOST_REQUESTS = 1000;

    public ServingContract {
        if (port < 1 || port > HIGHEST_PORT) {
            throw new InvalidInputException(
                    "package.serve.port: %d is no port; take one from 1 to 65535".formatted(port));
        }
        if (requests < 1 || requests > MOST_REQUESTS) {
            throw new InvalidInputException(
                    "package.serve.requests: %d must be from 1 to %d".formatted(requests, MOST_REQUESTS));
        }
        if (protocol == ServingProtocol.OWN && smoke.isEmpty()) {
            throw new InvalidInputException(
                    "package.serve.smoke: a service with a protocol of its own needs a file with"
                            + " smoke requests, for nobody else knows how to ask it");
        }
    }

    /** The usual contract for a model of that protocol. */
    public static ServingContract of(ServingProtocol protocol, String name, OptionalInt port) {
        return new ServingContract(
                protocol,
                port.orElse(protocol.usualPort()),
                name,
                DEFAULT_HEALTH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                DEFAULT_TIMEOUT,
                DEFAULT_REQUESTS);
    }
}
