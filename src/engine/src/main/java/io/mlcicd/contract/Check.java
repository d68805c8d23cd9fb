package io.mlcicd.contract;

import io.mlcicd.gate.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * One promise of a contract, and whether the data keep it.
 *
 * @param column the column it is about; empty when it is about the whole data set
 * @param kind what it looks at
 * @param metric the metric its gate is on
 * @param expected what the contract asks for
 * @param observed what the data have
 * @param violations how many rows (or columns) break it; of a null share, the rows without a value
 * @param share those rows' share of all, 0 to 1; 0 when there are no rows
 * @param outcome whether it is kept
 * @param examples the first rows that break it, at most {@value #MOST_EXAMPLES}; empty when it is kept
 */
public record Check(
        Optional<String> column,
        CheckKind kind,
        String metric,
        String expected,
        String observed,
        long violations,
        double share,
        Outcome outcome,
        List<Example> examples) {

    /** How many examples are kept. */
    public static final int MOST_EXAMPLES = 5;

    /**
     * A row that breaks a check.
     *
     * @param row its number in the file, counted from 1, the header not counted
     * @param value the value as text; empty for null
     */
    public record Example(long row, Optional<String> value) {}

    public Check {
        examples = List.copyOf(examples);
    }
}
