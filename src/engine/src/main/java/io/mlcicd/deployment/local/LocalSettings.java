package io.mlcicd.deployment.local;

import java.time.Duration;
import java.util.Optional;

/**
 * Where and how clients reach a release on this host.
 *
 * @param host address that is listened on
 * @param port port that is listened on, 1 to 65535
 * @param drain how long the old release may finish what it was asked
 * @param traffic whether requests are told apart or connections passed on as they are
 * @param prediction JSON pointer (RFC 6901) to the prediction in an answer; empty when nobody looks at predictions
 * @param requestId where the id of a request is: {@code header:} and a field's name, or a JSON pointer, in the request or
 *     else in its answer; empty when nobody asks for single answers
 * @param repeatable whether a request of any method may be sent again to the old release when the new one does not answer;
 *     else only those of idempotent methods are
 * @param patience how long a release on trial may leave a request without an answer
 * @param lease how long a supervisor waits for a deployer that was killed before it undoes what was not confirmed
 */
public record LocalSettings(
        String host,
        int port,
        Duration drain,
        Traffic traffic,
        Optional<String> prediction,
        Optional<String> requestId,
        boolean repeatable,
        Duration patience,
        Duration lease) {

    /** What is passed on. */
    public enum Traffic {
        /** HTTP/1.x requests, each to a release of its own choice. */
        HTTP,
        /** Connections of any protocol. */
        TCP
    }

    /** The port when nobody names one: that of TensorFlow Serving's REST API, which many model servers took over. */
    public static final int DEFAULT_PORT = 8501;

    public static final String DEFAULT_HOST = "127.0.0.1";

    public static final Duration DEFAULT_DRAIN = Duration.ofSeconds(5);

    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);

    public static final Duration DEFAULT_LEASE = Duration.ofSeconds(10);

    /** HTTP at that address, the rest as when nobody names it. */
    public static LocalSettings at(String host, int port) {
        return new LocalSettings(
                host,
                port,
                DEFAULT_DRAIN,
                Traffic.HTTP,
                Optional.empty(),
                Optional.empty(),
                false,
                DEFAULT_PATIENCE,
                DEFAULT_LEASE);
    }
}
