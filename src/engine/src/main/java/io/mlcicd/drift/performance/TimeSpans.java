package io.mlcicd.drift.performance;

import io.mlcicd.operation.InvalidInputException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Spans of time that follow one another without a gap. */
final class TimeSpans {

    /** More windows than that nobody looks at, and each costs memory. */
    static final int MOST = 2000;

    private TimeSpans() {}

    /** A span from an instant up to, and without, another. */
    record Span(Instant from, Instant to, String label) {}

    /**
     * All spans from the one that has the first instant to the one that has the last.
     *
     * @param zone of the calendar
     * @throws InvalidInputException when they are too many
     */
    static List<Span> between(Instant first, Instant last, WindowLength length, ZoneId zone) {
        List<Span> spans = new ArrayList<>();
        ZonedDateTime from = start(first.atZone(zone), length);
        while (!from.toInstant().isAfter(last)) {
            if (spans.size() == MOST) {
                throw new InvalidInputException(
                        "from %s to %s there are more than %d windows of '%s'; choose a longer 'window'"
                                .formatted(first, last, MOST, length.text()));
            }
            ZonedDateTime to = next(from, length);
            spans.add(new Span(from.toInstant(), to.toInstant(), label(from, length)));
            from = to;
        }
        return spans;
    }

    private static ZonedDateTime start(ZonedDateTime time, WindowLength length) {
        if (length instanceof WindowLength.Fixed fixed) {
            long seconds = fixed.length().toSeconds();
            return Instant.ofEpochSecond(Math.floorDiv(time.toEpochSecond(), seconds) * seconds)
                    .atZone(time.getZone());
        }
        ZonedDateTime day = time.toLocalDate().atStartOfDay(time.getZone());
        return switch (unit(length)) {
            case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    private static ZonedDateTime next(ZonedDateTime from, WindowLength length) {
        if (length instanceof WindowLength.Fixed fixed) {
            return from.plusSeconds(fixed.length().toSeconds());
        }
        return switch (unit(length)) {
            case HOUR -> from.plusHours(1);
            case DAY -> from.plusDays(1);
            case WEEK -> from.plusWeeks(1);
            case MONTH -> from.plusMonths(1);
            case QUARTER -> from.plusMonths(3);
            case YEAR -> from.plusYears(1);
        };
    }

    private static String label(ZonedDateTime from, WindowLength length) {
        if (length instanceof WindowLength.Fixed) {
            return from.toOffsetDateTime().toString();
        }
        return switch (unit(length)) {
            case HOUR -> from.toOffsetDateTime().toString();
            case DAY -> from.toLocalDate().toString();
            case WEEK ->
                String.format(
                        Locale.ROOT,
                        "%d-W%02d",
                        from.get(IsoFields.WEEK_BASED_YEAR),
                        from.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case MONTH -> from.format(DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT));
            case QUARTER -> from.getYear() + "-Q" + from.get(IsoFields.QUARTER_OF_YEAR);
            case YEAR -> Integer.toString(from.getYear());
        };
    }

    private static WindowLength.Unit unit(WindowLength length) {
        return ((WindowLength.Calendar) length).unit();
    }
}
