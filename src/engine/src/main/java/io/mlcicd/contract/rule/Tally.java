package io.mlcicd.contract.rule;

import io.mlcicd.data.Row;
import io.mlcicd.data.TopValues;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many rows have each category of a column.
 *
 * @param counts the most frequent values as text, in falling order
 * @param total number of all values, listed or not
 * @param complete whether all different values are listed
 */
record Tally(Map<String, Long> counts, long total, boolean complete) {

    /** How many categories are told apart. */
    static final int LIMIT = 1000;

    static Tally of(TopValues values, long total) {
        Map<String, Long> counts = new LinkedHashMap<>();
        values.values().forEach(value -> counts.put(value.value(), value.count()));
        return new Tally(counts, total, values.complete());
    }

    /** Of rows with a {@code value}, its count {@code n} and the {@code total}; one beyond the limit shows that there are more. */
    static Tally of(List<Row> rows) {
        Map<String, Long> counts = new LinkedHashMap<>();
        rows.stream().limit(LIMIT).forEach(row -> counts.put(row.text("value").orElseThrow(), row.count("n")));
        return new Tally(counts, rows.isEmpty() ? 0 : rows.get(0).count("total"), rows.size() <= LIMIT);
    }

    /** The values whose count both know, be it 0. */
    Set<String> valuesOfBoth(Tally other) {
        Set<String> values = new LinkedHashSet<>(counts.keySet());
        values.addAll(other.counts.keySet());
        values.removeIf(value -> !knows(value) || !other.knows(value));
        return values;
    }

    private boolean knows(String value) {
        return complete || counts.containsKey(value);
    }

    /** The value's share, 0 to 1; 0 where it is not listed. */
    double share(String value) {
        return total == 0 ? 0 : (double) counts.getOrDefault(value, 0L) / total;
    }
}
