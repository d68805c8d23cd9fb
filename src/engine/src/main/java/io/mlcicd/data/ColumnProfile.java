package io.mlcicd.data;

import java.util.Optional;

/**
 * What a profile knows of one column.
 *
 * @param name the column's name
 * @param type its type
 * @param count number of values, nulls left out
 * @param nulls number of rows without a value
 * @param distinct number of different values; within a few percent unless {@code distinctExact}
 * @param distinctExact whether {@code distinct} was counted, not estimated
 * @param min the smallest value as text, ISO 8601 for dates and timestamps; empty without comparable values
 * @param max the greatest value, likewise
 * @param distribution how the values spread, for numbers, dates and timestamps with at least one finite value
 * @param topValues the most frequent values: of strings and booleans always, of numbers, dates and timestamps when they
 *     are few enough for a complete list
 * @param lengths lengths of the texts, for strings with at least one value
 */
public record ColumnProfile(
        String name,
        ColumnType type,
        long count,
        long nulls,
        long distinct,
        boolean distinctExact,
        Optional<String> min,
        Optional<String> max,
        Optional<Distribution> distribution,
        Optional<TopValues> topValues,
        Optional<TextLengths> lengths) {

    /** The share of rows without a value, 0 to 1; 0 for no rows. */
    public double nullShare() {
        long rows = count + nulls;
        return rows == 0 ? 0 : (double) nulls / rows;
    }
}
