package io.mlcicd.contract.rule;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What is known of a data set once it has been read.
 *
 * @param engine for what aggregates do not tell
 * @param data the data set
 * @param profile its profile
 * @param answers the answers to the rules' questions, by the question
 * @param beside what there is to compare it with
 */
public record Facts(DataEngine engine, Relation data, DataProfile profile, Map<String, Object> answers, Beside beside) {

    /** The number of rows. */
    public long rows() {
        return profile.rows();
    }

    /** The answer to a question for a count. */
    public long count(String question) {
        return new Row(answers).count(question);
    }

    /** The answer to a question for a number; empty for NULL and for what is not finite. */
    public OptionalDouble number(String question) {
        OptionalDouble number = new Row(answers).number(question);
        return number.isPresent() && Double.isFinite(number.getAsDouble()) ? number : OptionalDouble.empty();
    }

    /** The answer to a question as text. */
    public Optional<String> text(String question) {
        return new Row(answers).text(question);
    }

    /** These facts, with one more answer. */
    public Facts and(String question, Object answer) {
        Map<String, Object> more = new HashMap<>(answers);
        more.put(question, answer);
        return new Facts(engine, data, profile, more, beside);
    }

    /** What a data set is compared with. */
    public interface Beside {

        /** The profile that is the baseline; empty when there is none yet. */
        Optional<DataProfile> baseline();

        /** The profile of the last run that was accepted; empty when there was none. */
        Optional<DataProfile> accepted();

        /** The names of the run's data sets. */
        Set<String> names();

        /**
         * Another data set of the same run.
         *
         * @throws io.mlcicd.operation.InvalidInputException when there is none of that name
         */
        Relation other(String name) throws InterruptedException;

        /** The profile of another data set of the same run, made when it is first asked for. */
        DataProfile profileOf(String name) throws InterruptedException;

        /** The time of the run. */
        Instant now();
    }
}
