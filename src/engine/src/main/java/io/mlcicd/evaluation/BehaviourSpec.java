package io.mlcicd.evaluation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.data.DataSource;
import io.mlcicd.gate.Criticality;
import java.util.Locale;
import java.util.Optional;

/**
 * A behavioural test of the model (Ribeiro et al., "Beyond Accuracy: Behavioral Testing of NLP Models with CheckList", ACL
 * 2020): each row holds what the model said of one case, or of a case and of a changed one.
 *
 * @param name the test's name, in the metric {@code behaviour.<name>}: the share of rows that behave
 * @param kind what is expected
 * @param data the rows
 * @param original column with the answer to the case; of {@link Kind#MINIMUM} the expected answer
 * @param changed column with the answer to the changed case; of {@link Kind#MINIMUM} the answer
 * @param tolerance of numbers: by how much they may miss, 0 or more
 * @param minShare the share of rows that must behave, 0 to 1
 * @param criticality what it means when fewer do
 * @param describe column whose text shows the case to a person
 */
public record BehaviourSpec(
        String name,
        Kind kind,
        DataSource data,
        String original,
        String changed,
        double tolerance,
        double minShare,
        Criticality criticality,
        Optional<String> describe) {

    /** What is expected of a row. */
    public enum Kind {
        /** The change must not matter. */
        INVARIANCE,
        /** The changed case must not get less. */
        INCREASE,
        /** The changed case must not get more. */
        DECREASE,
        /** A minimum functionality test: the answer must be the expected one. */
        MINIMUM;

        /** The name in {@code mlcicd.yml}. */
        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Kind of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }
}
