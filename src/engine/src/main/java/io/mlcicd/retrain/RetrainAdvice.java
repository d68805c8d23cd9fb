package io.mlcicd.retrain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether to train the model anew, and why.
 *
 * @param recommended whether a condition that calls for a new model holds
 * @param approval whether a person must agree first
 * @param reasons a sentence with its numbers for each thing that calls for a new model
 * @param conditions every condition that was looked at, those that do not hold among them, with their numbers
 */
public record RetrainAdvice(boolean recommended, Approval approval, List<String> reasons, List<Finding> conditions) {

    /** What became of a condition. */
    public enum State {
        /** It holds, and calls for a new model. */
        HOLDS("holds"),
        /** It holds, but the policy wants it told only. */
        TOLD("told"),
        /** It does not hold. */
        DOES_NOT_HOLD("doesNotHold"),
        /** What it is held against is not known here. */
        UNKNOWN("unknown");

        private final String key;

        State(String key) {
            this.key = key;
        }

        @JsonValue
        public String key() {
            return key;
        }

        @JsonCreator
        public static State of(String key) {
            for (State each : values()) {
                if (each.key.equals(key)) {
                    return each;
                }
            }
            throw new IllegalArgumentException("'" + key.toLowerCase(Locale.ROOT) + "' is no state of a condition");
        }
    }

    /**
     * A condition and what became of it; one that holds for several reasons is there several times.
     *
     * @param condition which one
     * @param state what became of it
     * @param message a sentence with its numbers
     * @param evidence names the content of what it holds for: the same data and the same conclusion have the same name,
     *     whichever build found them; empty unless it holds
     */
    public record Finding(Condition condition, State state, String message, Optional<String> evidence) {}

    public RetrainAdvice {
        // Documents of the first version have the first and the third only.
        approval = approval == null ? Approval.NONE : approval;
        reasons = reasons == null ? List.of() : List.copyOf(reasons);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    static RetrainAdvice of(Approval approval, List<Finding> findings) {
        List<String> reasons = findings.stream()
                .filter(finding -> finding.state() == State.HOLDS)
                .map(Finding::message)
                .distinct()
                .toList();
        boolean recommended = !reasons.isEmpty();
        return new RetrainAdvice(recommended, recommended ? approval : Approval.NONE, reasons, findings);
    }

    /** The names of all evidence that calls for a new model. */
    public SortedSet<String> evidence() {
        return conditions.stream()
                .filter(finding -> finding.state() == State.HOLDS)
                .flatMap(finding -> finding.evidence().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether nothing was known that a condition could be held against. */
    @JsonIgnore
    public boolean isBlind() {
        return conditions.stream().allMatch(finding -> finding.state() == State.UNKNOWN);
    }
}
