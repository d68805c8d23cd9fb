package io.mlcicd.drift.performance;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A place in a stream of windows: the end of one.
 *
 * @param instant when it ends, where rows have times
 * @param row the number of its last row, counted from 1, where they have none
 */
public record Position(Optional<Instant> instant, OptionalLong row) {

    /** Whether this one is later than another of the same stream. */
    boolean isAfter(Position other) {
        if (instant.isPresent() && other.instant().isPresent()) {
            return instant.get().isAfter(other.instant().get());
        }
        return row.isPresent()
                && other.row().isPresent()
                && row.getAsLong() > other.row().getAsLong();
    }

    /** Whether both are of the same kind, so that one can be earlier than the other. */
    boolean isComparable(Position other) {
        return instant.isPresent() == other.instant().isPresent();
    }

    /** It in words. */
    String shown() {
        return instant.map(Instant::toString).orElseGet(() -> "row " + row.orElse(0));
    }
}
