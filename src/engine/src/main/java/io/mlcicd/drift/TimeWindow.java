package io.mlcicd.drift;

import io.mlcicd.operation.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.Optional;

/**
 * The rows of a data set whose time lies in a span. Times are instants: those without an offset are UTC, as everywhere. A
 * date is the whole day in the window's zone, and belongs to the span that its midnight is in.
 *
 * @param column a column of timestamps or dates, or of texts that are such in ISO 8601
 * @param span which times
 * @param zone where days begin and weekdays are counted
 */
public record TimeWindow(String column, Span span, ZoneId zone) {

    /** As many weeks as a window may look back; more than that is no longer the recent past. */
    public static final int MOST_WEEKS = 520;

    /** A window in UTC. */
    public TimeWindow(String column, Span span) {
        this(column, span, ZoneOffset.UTC);
    }

    /** Which times belong to the window. */
    public sealed interface Span {}

    /**
     * The last hours, days, weeks or months.
     *
     * @param length a {@link Duration}, exact, or a {@link Period}, counted by the calendar of the window's zone, in which a
     *     day may have 23 or 25 hours; more than zero
     * @param end where it ends
     */
    public record Last(TemporalAmount length, End end) implements Span {

        /** @throws InvalidInputException when the length is zero, negative, or of another kind */
        public Last {
            boolean some = (length instanceof Duration exact && !exact.isZero() && !exact.isNegative())
                    || (length instanceof Period calendar && !calendar.isZero() && !calendar.isNegative());
            if (!some) {
                throw new InvalidInputException(
                        "a time window cannot be %s long; give it a length such as 7 days".formatted(length));
            }
        }
    }

    /**
     * From an instant up to, but without, another.
     *
     * @param from the first instant; empty for the oldest time there is
     * @param to the first instant after the window; empty for all up to the newest time
     */
    public record Between(Optional<Instant> from, Optional<Instant> to) implements Span {

        /** @throws InvalidInputException when neither is given, or the end is not after the beginning */
        public Between {
            if (from.isEmpty() && to.isEmpty()) {
                throw new InvalidInputException("a time window needs 'from', 'to' or both");
            }
            if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
                throw new InvalidInputException("a time window cannot go from %s to %s; 'to' must be later than 'from'"
                        .formatted(from.get(), to.get()));
            }
        }
    }

    /**
     * The whole days of the same weekdays as the current data, in the weeks before them: for a Monday, the Mondays before
     * it.
     *
     * @param weeks how many weeks back, 1 to {@value TimeWindow#MOST_WEEKS}
     * @param current the current data; their window or, when they have none, their oldest and newest time say which days
     *     they are of
     */
    public record SameWeekday(int weeks, DriftSide.Raw current) implements Span {

        /** @throws InvalidInputException when the number of weeks is out of range */
        public SameWeekday {
            if (weeks < 1 || weeks > MOST_WEEKS) {
                throw new InvalidInputException(
                        "the same weekday of %d weeks cannot be compared with; write a number from 1 to %d"
                                .formatted(weeks, MOST_WEEKS));
            }
        }
    }

    /** Where a window ends that is told by its length. */
    public sealed interface End {}

    /** With the newest time in the data, which belongs to it; a calendar length ends with the newest time's whole day. */
    public record Newest() implements End {}

    /** Before an instant. */
    public record Before(Instant instant) implements End {}

    /** Before the current data begin: before their window or, when they have none, before their oldest time. */
    public record BeforeCurrent(DriftSide.Raw current) implements End {}
}
