package io.mlcicd.data;

import java.math.BigDecimal;
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

    /**
     * The profile of the values of both. Unless the most frequent values are all values, {@code distinct} becomes the
     * larger of the two, a lower bound.
     *
     * @throws IllegalArgumentException when name or type differ
     */
    ColumnProfile merge(ColumnProfile other) {
        if (!name.equals(other.name) || type != other.type) {
            throw new IllegalArgumentException("cannot merge the profiles of column '%s' (%s) and column '%s' (%s)"
                    .formatted(name, type.key(), other.name, other.type.key()));
        }
        if (count == 0 || other.count == 0) {
            return count == 0 ? other.withNulls(nulls + other.nulls) : withNulls(nulls + other.nulls);
        }
        Optional<TopValues> top = topValues
                .flatMap(mine -> other.topValues.map(mine::merge))
                .filter(merged -> merged.complete() || type == ColumnType.STRING);
        boolean exact = top.filter(TopValues::complete).isPresent();
        return new ColumnProfile(
                name,
                type,
                count + other.count,
                nulls + other.nulls,
                exact ? top.get().values().size() : Math.max(distinct, other.distinct),
                exact,
                extreme(min, other.min, -1),
                extreme(max, other.max, 1),
                distribution.isPresent() && other.distribution.isPresent()
                        ? Optional.of(distribution.get().merge(other.distribution.get()))
                        : distribution.or(other::distribution),
                top,
                lengths.isPresent() && other.lengths.isPresent()
                        ? Optional.of(lengths.get().merge(other.lengths.get()))
                        : lengths.or(other::lengths));
    }

    private ColumnProfile withNulls(long number) {
        return new ColumnProfile(
                name, type, count, number, distinct, distinctExact, min, max, distribution, topValues, lengths);
    }

    private Optional<String> extreme(Optional<String> mine, Optional<String> others, int sign) {
        if (mine.isEmpty() || others.isEmpty()) {
            return mine.or(() -> others);
        }
        int order = type.isNumeric()
                ? new BigDecimal(mine.get()).compareTo(new BigDecimal(others.get()))
                : mine.get().compareTo(others.get());
        return Integer.signum(order) == -sign ? others : mine;
    }

    /** The share of rows without a value, 0 to 1; 0 for no rows. */
    public double nullShare() {
        long rows = count + nulls;
        return rows == 0 ? 0 : (double) nulls / rows;
    }
}
