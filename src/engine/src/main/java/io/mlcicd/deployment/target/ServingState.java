package io.mlcicd.deployment.target;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What serves.
 *
 * @param release the id of the release that has the traffic
 * @param alive whether it runs
 * @param since when it was started
 * @param url where clients reach it
 * @param address where it alone can be asked from here; empty when it cannot
 * @param pid its process on this host; empty when it has none here
 * @param restarts how often it was started again after a crash
 * @param kept the release that is kept running without traffic, for an instant rollback
 */
public record ServingState(
        String release,
        boolean alive,
        Instant since,
        String url,
        Optional<URI> address,
        OptionalLong pid,
        int restarts,
        Optional<String> kept) {}
