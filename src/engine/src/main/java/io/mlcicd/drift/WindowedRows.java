package io.mlcicd.drift;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Relation;
import io.mlcicd.drift.TimeColumn.Range;
import io.mlcicd.operation.InvalidInputException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of a data set that are in a time window.
 *
 * @param relation the rows, as queries name them
 * @param window the window with its ends
 */
record WindowedRows(Relation relation, ComparedWindow window) {

    private static final int WEEK = 7;

    /** The weekdays whose rows count are the days' own. */
    private record Days(List<Interval> intervals, Set<DayOfWeek> weekdays) {}

    private record Interval(Instant from, Instant to) {}

    /** @throws InvalidInputException when the column is none of times, or no row is in the window */
    static WindowedRows of(DataEngine engine, Relation all, TimeWindow window) throws InterruptedException {
        TimeColumn column = TimeColumn.of(all, window.column(), window.zone());
        Range range = column.range(engine);
        Days days;
        try {
            days = resolve(engine, window, range);
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidInputException(
                    "the time window of %s reaches beyond all calendars: %s; choose a shorter one"
                            .formatted(all.source().shown(), e.getMessage()),
                    e);
        }
        List<Interval> intervals = days.intervals();
        ComparedWindow compared = new ComparedWindow(
                window.column(),
                intervals.get(0).from(),
                intervals.get(intervals.size() - 1).to(),
                window.zone().getId(),
                days.weekdays().stream()
                        .map(day -> day.name().toLowerCase(Locale.ROOT))
                        .toList(),
                range.missing());
        String condition = intervals.stream()
                .map(interval -> column.within(engine.dialect(), interval.from(), interval.to()))
                .collect(Collectors.joining(" OR "));
        Relation rows = new Relation(
                all.source(), "(SELECT * FROM %s WHERE %s)".formatted(all.sql(), condition), all.columns());
        long count =
                engine.query("SELECT count(*) AS n FROM " + rows.sql()).get(0).count("n");
        if (count == 0) {
            throw new InvalidInputException("%s has no rows %sfrom %s to %s; its column '%s' goes from %s to %s"
                    .formatted(
                            all.source().shown(),
                            compared.weekdays().isEmpty()
                                    ? ""
                                    : "of a %s ".formatted(String.join(" or ", compared.weekdays())),
                            compared.from(),
                            compared.to(),
                            window.column(),
                            range.oldest(),
                            range.newest()));
        }
        return new WindowedRows(rows, compared);
    }

    private static Days resolve(DataEngine engine, TimeWindow window, Range range) throws InterruptedException {
        if (window.span() instanceof TimeWindow.SameWeekday weekday) {
            return weekdays(weekday.weeks(), current(engine, weekday.current(), window), window.zone());
        }
        Interval one = window.span() instanceof TimeWindow.Last last
                ? last(engine, last, window, range)
                : between((TimeWindow.Between) window.span(), range);
        return new Days(List.of(one), Set.of());
    }

    private static Interval between(TimeWindow.Between span, Range range) {
        return new Interval(span.from().orElse(range.oldest()), span.to().orElseGet(() -> after(range.newest())));
    }

    private static Interval last(DataEngine engine, TimeWindow.Last span, TimeWindow window, Range range)
            throws InterruptedException {
        Instant to;
        if (span.end() instanceof TimeWindow.Before before) {
            to = before.instant();
        } else if (span.end() instanceof TimeWindow.BeforeCurrent before) {
            to = current(engine, before.current(), window).from();
        } else {
            to = span.length() instanceof Period
                    ? LocalDate.ofInstant(range.newest(), window.zone())
                            .plusDays(1)
                            .atStartOfDay(window.zone())
                            .toInstant()
                    : after(range.newest());
        }
        return new Interval(to.atZone(window.zone()).minus(span.length()).toInstant(), to);
    }

    /** From when to when the current data are. */
    private static Interval current(DataEngine engine, DriftSide.Raw current, TimeWindow reference)
            throws InterruptedException {
        Relation relation = engine.open(current.source());
        if (current.window().isPresent()) {
            ComparedWindow window =
                    WindowedRows.of(engine, relation, current.window().get()).window();
            return new Interval(window.from(), window.to());
        }
        Range range =
                TimeColumn.of(relation, reference.column(), reference.zone()).range(engine);
        return new Interval(range.oldest(), after(range.newest()));
    }

    /** No data have times that are closer to each other. */
    private static Instant after(Instant newest) {
        return newest.plus(1, ChronoUnit.MICROS);
    }

    private static Days weekdays(int weeks, Interval current, ZoneId zone) {
        LocalDate first = LocalDate.ofInstant(current.from(), zone);
        LocalDate last = LocalDate.ofInstant(current.to().minus(1, ChronoUnit.MICROS), zone);
        Set<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
        for (LocalDate day = first; !day.isAfter(last) && weekdays.size() < WEEK; day = day.plusDays(1)) {
            weekdays.add(day.getDayOfWeek());
        }
        List<Interval> intervals = new ArrayList<>();
        for (LocalDate day = first.minusDays((long) WEEK * weeks); day.isBefore(first); day = day.plusDays(1)) {
            if (weekdays.contains(day.getDayOfWeek())) {
                add(
                        intervals,
                        day.atStartOfDay(zone).toInstant(),
                        day.plusDays(1).atStartOfDay(zone).toInstant());
            }
        }
        return new Days(intervals, weekdays.size() == WEEK ? Set.of() : weekdays);
    }

    private static void add(List<Interval> intervals, Instant from, Instant to) {
        int last = intervals.size() - 1;
        if (last >= 0 && intervals.get(last).to().equals(from)) {
            intervals.set(last, new Interval(intervals.get(last).from(), to));
        } else {
            intervals.add(new Interval(from, to));
        }
    }
}
