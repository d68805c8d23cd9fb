package io.mlcicd.deployment.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a release is, as the tags of the endpoint's present configuration tell; a configuration cannot be changed, but
 * its tags can, so one call confirms a release.
 *
 * @param config the configuration's name
 * @param candidate the release that it was made for
 * @param active the release that served before; empty for a first one
 * @param before the configuration that served before
 * @param winner the release that is to stay; empty while that is not decided
 * @param keptUntil how long the other one is kept warm; empty when it is not
 * @param since when the winner was decided
 */
record Rollout(
        String config,
        String candidate,
        Optional<String> active,
        Optional<String> before,
        Optional<String> winner,
        Optional<Instant> keptUntil,
        Optional<Instant> since) {

    static final String DEPLOYMENT = "io.mlcicd:deployment";
    static final String CANDIDATE = "io.mlcicd:candidate";
    static final String ACTIVE = "io.mlcicd:active";
    static final String BEFORE = "io.mlcicd:before";
    static final String WINNER = "io.mlcicd:winner";
    static final String KEPT_UNTIL = "io.mlcicd:kept-until";
    static final String SINCE = "io.mlcicd:since";
    static final String SPEC = "io.mlcicd:spec";

    static Rollout of(String config, JsonNode tags) {
        return new Rollout(
                config,
                tag(tags, CANDIDATE).orElse(""),
                tag(tags, ACTIVE),
                tag(tags, BEFORE),
                tag(tags, WINNER),
                tag(tags, KEPT_UNTIL).map(Instant::parse),
                tag(tags, SINCE).map(Instant::parse));
    }

    static Optional<String> tag(JsonNode tags, String key) {
        for (JsonNode tag : tags) {
            if (tag.path("Key").asText().equals(key)) {
                return Optional.of(tag.path("Value").asText()).filter(value -> !value.isEmpty());
            }
        }
        return Optional.empty();
    }

    /** Whether two variants are there, one of which is to go. */
    boolean open() {
        return active.isPresent();
    }

    /** The release that has the traffic by right. */
    Optional<String> serving() {
        return winner.or(() -> active);
    }

    /** The other release, while it is kept warm. */
    Optional<String> kept() {
        return winner.filter(won -> open() && keptUntil.isPresent())
                .map(won -> won.equals(candidate) ? active.orElseThrow() : candidate);
    }
}
