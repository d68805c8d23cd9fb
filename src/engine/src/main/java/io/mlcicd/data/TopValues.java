package io.mlcicd.data;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

    /**
     * The first of the values that were found, which are one more than {@link #LIMIT} when there are more; empty for
     * numbers, dates and timestamps that have more.
     */
    static Optional<TopValues> first(List<ValueCount> found, ColumnType type) {
        boolean complete = found.size() <= LIMIT;
        if (!complete && type != ColumnType.STRING) {
            return Optional.empty();
        }
        return Optional.of(new TopValues(
                found.stream()
                        .limit(LIMIT)
                        .map(each -> new ValueCount(ColumnTotals.plainZero(each.value(), type), each.count()))
                        .toList(),
                complete));
    }

    /**
     * The most frequent values of both. Of a list that is not complete, a value it lacks counts as 0, so that counts are
     * then lower bounds.
     */
    TopValues merge(TopValues other) {
        Map<String, Long> counts = new HashMap<>();
        Stream.concat(values.stream(), other.values.stream())
                .forEach(value -> counts.merge(value.value(), value.count(), Long::sum));
        List<ValueCount> merged = counts.entrySet().stream()
                .map(entry -> new ValueCount(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(ValueCount::count).reversed().thenComparing(ValueCount::value))
                .limit(LIMIT)
                .toList();
        return new TopValues(merged, complete && other.complete && counts.size() <= LIMIT);
    }
}
