package io.mlcicd.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * Which groups of rows are looked at by themselves.
 *
 * @param slices how rows are split
 * @param minSize slices with fewer rows are shown, not gated; 1 or more
 * @param fairness binary: names of slices whose groups are to be treated alike
 * @param search how the worst slices are searched for; empty to search none
 */
public record Slicing(List<SliceSpec> slices, int minSize, List<String> fairness, Optional<Search> search) {

    /** Enough rows for a share to mean something, and what statistics books call a small sample below. */
    public static final int DEFAULT_MIN_SIZE = 30;

    /** No slices. */
    public static final Slicing NONE = new Slicing(List.of(), DEFAULT_MIN_SIZE, List.of(), Optional.empty());

    /**
     * The search for the slices on which the model does worst.
     *
     * @param columns whose values, or quartiles of numbers, describe slices; empty for all that have no role
     * @param depth how many columns may be combined, 1 to 3
     * @param most how many slices are told at the most, 1 or more
     * @param minRows rows that a slice must have at least
     */
    public record Search(List<String> columns, int depth, int most, int minRows) {
        public static final Search DEFAULT = new Search(List.of(), 2, 10, DEFAULT_MIN_SIZE);

        public Search {
            columns = List.copyOf(columns);
        }
    }

    public Slicing {
        slices = List.copyOf(slices);
        fairness = List.copyOf(fairness);
    }
}
