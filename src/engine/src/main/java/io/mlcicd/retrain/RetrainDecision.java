package io.mlcicd.retrain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is done about an advice at one time.
 *
 * @param kind what is done
 * @param reason why
 * @param message a sentence for a person
 * @param evidence names what called for it and had not been answered before
 * @param reasons a sentence for each thing that called for it
 * @param until when what is in the way is over, if that is known
 * @param scheduled the scheduled time it answers
 * @param approvedBy who agreed to it
 */
public record RetrainDecision(
        Kind kind,
        Reason reason,
        String message,
        SortedSet<String> evidence,
        List<String> reasons,
        Optional<Instant> until,
        Optional<Instant> scheduled,
        Optional<String> approvedBy) {

    /** What is done. */
    public enum Kind {
        /** A build is started now. */
        START("start"),
        /** A person is asked. */
        PROPOSE("propose"),
        /** It was right to start one, but something is in the way; it is taken up again when that is over. */
        PENDING("pending"),
        /** Nothing. */
        NOT("not");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        @JsonValue
        public String key() {
            return key;
        }

        @JsonCreator
        public static Kind of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /** Why. */
    public enum Reason {
        /** A condition holds. */
        CONDITION("condition"),
        /** A person agreed. */
        APPROVED("approved"),
        /** A person declined. */
        DECLINED("declined"),
        /** The last start was not long enough ago. */
        COOLDOWN("cooldown"),
        /** Nothing is started at this time of the day. */
        QUIET_HOURS("quietHours"),
        /** A build of the job is queued or running. */
        RUNNING("running"),
        /** All that calls for a new model has been answered before. */
        ANSWERED("answered"),
        /** A person has been asked about this and has not answered. */
        WAITING("waiting"),
        /** There is nothing yet to decide by. */
        NOTHING_NEW("nothingNew"),
        /** No condition holds. */
        NOT_MET("notMet"),
        /** The job cannot be built. */
        DISABLED("disabled");

        private final String key;

        Reason(String key) {
            this.key = key;
        }

        @JsonValue
        public String key() {
            return key;
        }

        @JsonCreator
        public static Reason of(String key) {
            for (Reason each : values()) {
                if (each.key.equals(key)) {
                    return each;
                }
            }
            throw new IllegalArgumentException("'" + key + "' is no reason of a decision");
        }
    }

    public RetrainDecision {
        evidence = Collections.unmodifiableSortedSet(new TreeSet<>(evidence));
        reasons = List.copyOf(reasons);
    }
}
