package io.mlcicd.deployment.supervisor;

import java.time.Duration;
import java.util.Optional;

/**
 * How requests are passed on.
 *
 * @param http whether requests are told apart; else connections are passed on as they are
 * @param prediction JSON pointer to the prediction in an answer; empty when nobody looks at predictions
 * @param requestId where the id of a request is (see {@link RequestId}); empty when nobody asks for single answers
 * @param repeatable whether a request of any method may be sent again to the other release when the first did not answer;
 *     else only those of idempotent methods are (RFC 9110, section 9.2.2)
 * @param patience how long a release on trial may leave a request without an answer
 */
record TrafficOptions(
        boolean http, Optional<String> prediction, Optional<String> requestId, boolean repeatable, Duration patience) {

    static TrafficOptions from(Fields order) {
        return new TrafficOptions(
                order.find("traffic").filter("tcp"::equals).isEmpty(),
                order.find("prediction"),
                order.find("requestId"),
                order.find("repeatable").filter("true"::equals).isPresent(),
                Duration.ofMillis(order.find("patience").map(Long::parseLong).orElse(10_000L)));
    }
}
