package io.jenkins.plugins.mlcicd.overview;

import hudson.Util;
import java.time.Duration;
import java.time.Instant;

/** Times as people say them. */
final class Times {

    private Times() {}

    /** How long ago, such as {@code 3 days 2 hr}. */
    static String since(Instant time) {
        return Util.getTimeSpanString(
                Math.max(0, Duration.between(time, Instant.now()).toMillis()));
    }

    /** How long until then. */
    static String until(Instant time) {
        return Util.getTimeSpanString(
                Math.max(0, Duration.between(Instant.now(), time).toMillis()));
    }
}
