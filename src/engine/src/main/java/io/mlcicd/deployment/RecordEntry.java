package io.mlcicd.deployment;

import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.deployment.strategy.StageReport;
import io.mlcicd.lineage.Artifact;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of a deployment's record.
 *
 * @param at when it was written
 * @param run tells the lines of one run from those of others
 * @param event what happened
 * @param target the kind of target
 * @param environment the environment; empty without environments
 * @param release the release it is about; empty for an undeployment
 * @param previous the release that served before
 * @param model the model of the release, by content
 * @param image the image, by digest where it has one
 * @param by who did it
 * @param approvedBy who approved it; empty when nobody was asked
 * @param promotedFrom the environment whose release was moved on
 * @param strategy how it got the traffic
 * @param stages what the strategy's stages saw
 * @param reason why it was given up, or what was found
 */
public record RecordEntry(
        Instant at,
        String run,
        Event event,
        String target,
        Optional<String> environment,
        Optional<String> release,
        Optional<String> previous,
        Optional<Artifact> model,
        Optional<String> image,
        String by,
        Optional<String> approvedBy,
        Optional<String> promotedFrom,
        Optional<String> strategy,
        List<StageReport> stages,
        Optional<String> reason) {

    /** What happens to a deployment. */
    public enum Event {
        /** A release was begun; another line of the same run tells how it ended, or the run was killed. */
        BEGUN,
        /** The release serves. */
        CONFIRMED,
        /** The release was given up; what served before serves on. */
        ROLLED_BACK,
        /** Somebody did not approve it, so nothing was begun. */
        REFUSED,
        /** The release before serves again, at once. */
        RETURNED,
        /** Nothing serves any more. */
        UNDEPLOYED;

        @JsonValue
        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether the release of such a line serves from then on. */
        boolean serves() {
            return this == CONFIRMED || this == RETURNED;
        }
    }

    public RecordEntry {
        stages = stages == null ? List.of() : List.copyOf(stages);
    }

    /** This line as that of another event, now. */
    RecordEntry as(Event other, List<StageReport> seen, Optional<String> why) {
        return new RecordEntry(
                Instant.now(),
                run,
                other,
                target,
                environment,
                release,
                previous,
                model,
                image,
                by,
                approvedBy,
                promotedFrom,
                strategy,
                seen,
                why);
    }
}
