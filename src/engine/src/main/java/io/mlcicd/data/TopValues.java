package io.mlcicd.data;

import java.util.List;

/**
 * The most frequent values of a column.
 *
 * @param values values as text with their counts, most frequent first, ties in the order of the text; at most
 *     {@value #LIMIT}
 * @param complete whether these are all values the column has
 */
public record TopValues(List<ValueCount> values, boolean complete) {

    /** How many values are kept. */
    public static final int LIMIT = 100;

    /** A value as text and the number of rows that have it. */
    public record ValueCount(String value, long count) {}

    public TopValues {
        values = List.copyOf(values);
    }
}
