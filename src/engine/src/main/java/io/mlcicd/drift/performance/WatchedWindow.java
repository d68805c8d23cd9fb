package io.mlcicd.drift.performance;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A window with rows.
 *
 * @param index its place in time; numbers without rows are left out
 * @param label such as {@code 2026-03} or {@code rows 501 to 1000}
 * @param from its beginning; of windows of rows the first row's time
 * @param to its end, exclusive; of windows of rows the last row's time
 * @param firstRow of windows of rows the number of the first row in their order, counted from 1
 * @param lastRow the last row's
 * @param rows number of rows
 * @param labelled number of rows with a label
 * @param complete whether all of its rows are there, as far as one can know
 * @param notes why it raises no alarm, where it does not
 */
public record WatchedWindow(
        int index,
        String label,
        Optional<Instant> from,
        Optional<Instant> to,
        OptionalLong firstRow,
        OptionalLong lastRow,
        long rows,
        long labelled,
        boolean complete,
        List<String> notes) {

    public WatchedWindow {
        notes = List.copyOf(notes);
    }

    /** Where it ends. */
    @JsonIgnore
    Position end() {
        return new Position(to, to.isPresent() ? OptionalLong.empty() : lastRow);
    }

    /** Where it begins. */
    @JsonIgnore
    Position start() {
        OptionalLong before = firstRow.isPresent() ? OptionalLong.of(firstRow.getAsLong() - 1) : firstRow;
        return new Position(from, from.isPresent() ? OptionalLong.empty() : before);
    }
}
