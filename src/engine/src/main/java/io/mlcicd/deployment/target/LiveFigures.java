package io.mlcicd.deployment.target;

import java.util.OptionalDouble;

/**
 * What was seen of one release while it answered clients.
 *
 * @param requests number of requests that were passed to it
 * @param errors of those, how many it answered with 5xx or not at all
 * @param unanswered of those, how many it did not answer at all
 * @param p50 median latency in milliseconds; empty where the target does not tell
 * @param p95 95th percentile of the latency in milliseconds
 * @param p99 99th percentile of the latency in milliseconds
 * @param predictions what it predicted, where the target can see that; empty otherwise
 */
public record LiveFigures(
        long requests,
        long errors,
        long unanswered,
        OptionalDouble p50,
        OptionalDouble p95,
        OptionalDouble p99,
        SeenPredictions predictions) {

    /** Of a release that was not asked. */
    public static final LiveFigures NONE = new LiveFigures(
            0, 0, 0, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), SeenPredictions.NONE);

    /** Share of requests that were errors, 0 to 1; empty without requests. */
    public OptionalDouble errorShare() {
        return requests == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) errors / requests);
    }
}
