package io.mlcicd.deployment.strategy;

import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.deployment.target.Ability;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.operation.InvalidInputException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a release gets the traffic.
 *
 * @param kind which of the known ways
 * @param stages what it goes through before it is confirmed, in order; a stage of the whole traffic comes last
 * @param keepOld how long the release before it is kept running without traffic; zero for not at all
 * @param maxWait how long a stage waits for enough requests, from its begin; no less than the stage itself
 * @param whenQuiet what becomes of a stage that saw too few
 * @param labels where the truth about answered requests arrives; empty when nobody tells it
 */
public record Strategy(
        Kind kind,
        List<Stage> stages,
        Duration keepOld,
        Duration maxWait,
        WhenQuiet whenQuiet,
        Optional<Labels> labels) {

    /** The known ways. */
    public enum Kind {
        /** It gets all traffic as soon as it has passed its trial. */
        ALL_AT_ONCE("all-at-once"),
        /** The same, and the old one stays there to go back to at once. */
        BLUE_GREEN("blue-green"),
        /** It gets ever larger shares. */
        CANARY("canary"),
        /** It gets copies of the requests first. */
        SHADOW("shadow");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /** The word for it in {@code mlcicd.yml}. */
        @JsonValue
        public String key() {
            return key;
        }
    }

    /** What to do when too few requests came to decide by. */
    public enum WhenQuiet {
        /** Goes on as if the gates held. */
        CONTINUE,
        /** Gives the release up. */
        ROLLBACK,
        /** Waits on, until enough came or somebody stops the command. */
        HOLD
    }

    /**
     * A time under observation.
     *
     * @param share of the requests that go to the new release, above 0 to 1; 0 for copies only
     * @param time how long it lasts at least
     * @param minRequests how many requests the new release must have got before the gates decide
     */
    public record Stage(double share, Duration time, long minRequests) {

        /** Whether the release gets copies only. */
        public boolean shadow() {
            return share == 0;
        }
    }

    public static final Duration DEFAULT_KEEP_OLD = Duration.ofMinutes(10);

    public static final Duration DEFAULT_MAX_WAIT = Duration.ofMinutes(10);

    public static final long DEFAULT_MIN_REQUESTS = 100;

    /** All traffic at once, nothing observed, nothing kept. */
    public static final Strategy ALL_AT_ONCE =
            new Strategy(Kind.ALL_AT_ONCE, List.of(), Duration.ZERO, DEFAULT_MAX_WAIT, WhenQuiet.ROLLBACK);

    public Strategy {
        stages = List.copyOf(stages);
    }

    /** A strategy that is not told the truth. */
    public Strategy(Kind kind, List<Stage> stages, Duration keepOld, Duration maxWait, WhenQuiet whenQuiet) {
        this(kind, stages, keepOld, maxWait, whenQuiet, Optional.empty());
    }

    /** This strategy with labels. */
    public Strategy with(Labels truth) {
        return new Strategy(kind, stages, keepOld, maxWait, whenQuiet, Optional.of(truth));
    }

    /**
     * Makes sure that a target can do what this strategy needs.
     *
     * @throws InvalidInputException when it cannot
     */
    public void requirePossible(Target target) {
        Set<Ability> able = target.abilities();
        if (labels.isPresent() && !able.contains(Ability.ANSWERS)) {
            throw new InvalidInputException(
                    ("the target '%s' as it is set cannot tell single answers, so no labels can be"
                                    + " joined with them; leave out deploy.strategy.labels, or release to process or docker with"
                                    + " traffic: http")
                            .formatted(target.kind()));
        }
        for (Stage stage : stages) {
            boolean possible = able.contains(Ability.FIGURES)
                    && (!stage.shadow() || able.contains(Ability.SHADOW))
                    && (stage.share() >= 1 || stage.shadow() || able.contains(Ability.SHARES));
            if (!possible) {
                throw new InvalidInputException(
                        ("the strategy %s %s, which the target '%s' cannot do as it is set; choose"
                                        + " all-at-once, or blue-green without 'watch' (deploy.strategy)")
                                .formatted(
                                        kind.key(),
                                        stage.shadow()
                                                ? "copies requests"
                                                : stage.share() < 1 ? "divides requests" : "observes requests",
                                        target.kind()));
            }
        }
    }
}
