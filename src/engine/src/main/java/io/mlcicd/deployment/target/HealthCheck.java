package io.mlcicd.deployment.target;

import java.time.Duration;

/**
 * How a release shows that it is ready.
 *
 * @param path answers a GET with 2xx once it is
 * @param timeout how long that may take
 */
public record HealthCheck(String path, Duration timeout) {

    /** {@code /health}, within half a minute. */
    public static final HealthCheck DEFAULT = new HealthCheck("/health", Duration.ofSeconds(30));
}
