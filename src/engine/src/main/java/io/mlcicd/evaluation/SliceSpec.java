package io.mlcicd.evaluation;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How rows are split into slices: by a column's values, by bins of a number, or by a combination of such.
 *
 * @param parts one or more; a row's slice is where all of them put it
 */
public record SliceSpec(List<Part> parts) {

    /**
     * A column that splits.
     *
     * @param column its name in the predictions file
     * @param edges borders of bins, rising strictly: a bin goes from one up to the next; empty to split by value
     */
    public record Part(String column, List<Double> edges) {
        public Part {
            edges = List.copyOf(edges);
        }
    }

    public SliceSpec {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a slice needs a column");
        }
    }

    /** Slices by the values of a column. */
    public static SliceSpec of(String column) {
        return new SliceSpec(List.of(new Part(column, List.of())));
    }

    /** What gates and reports call it: the columns, with commas. */
    public String name() {
        return parts.stream().map(Part::column).collect(Collectors.joining(", "));
    }
}
