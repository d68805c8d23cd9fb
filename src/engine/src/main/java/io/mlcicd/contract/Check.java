package io.mlcicd.contract;

import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * One promise of a contract, and whether the data keep it.
 *
 * @param columns the columns it is about; none when it is about the whole data set
 * @param kind what it looks at, such as {@code range}
 * @param name what the contract calls it; empty when it is called after its kind
 * @param metric the metric its gates are on
 * @param criticality what it means when it is broken
 * @param expected what the contract asks for
 * @param observed what the data have
 * @param violations how many rows (or columns) break it; of a null share, the rows without a value
 * @param share those rows' share of all that were looked at, 0 to 1; 0 when there are none
 * @param outcome whether it is kept; skipped when there was nothing to hold it against
 * @param examples the first rows that break it; empty when it is kept
 * @param place where the contract asks for it; empty when another tool does
 */
public record Check(
        List<String> columns,
        String kind,
        Optional<String> name,
        String metric,
        Criticality criticality,
        String expected,
        String observed,
        long violations,
        double share,
        Outcome outcome,
        List<Example> examples,
        Optional<Place> place) {

    /** How many examples are kept unless a request says otherwise. */
    public static final int MOST_EXAMPLES = 5;

    /** What stands in place of a value of a sensitive column. */
    public static final String HIDDEN = "(hidden)";

    /**
     * A row that breaks a check.
     *
     * @param row its number in the data, counted from 1, the header not counted
     * @param value the value as text; empty for null
     */
    public record Example(long row, Optional<String> value) {}

    /**
     * A place in a contract.
     *
     * @param file the contract's file as the user wrote it
     * @param line counted from 1
     */
    public record Place(String file, int line) {}

    public Check {
        columns = List.copyOf(columns);
        examples = List.copyOf(examples);
    }

    /** The same, asked for there. */
    Check at(Optional<Place> there) {
        return new Check(
                columns,
                kind,
                name,
                metric,
                criticality,
                expected,
                observed,
                violations,
                share,
                outcome,
                examples,
                there);
    }
}
