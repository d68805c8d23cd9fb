package io.mlcicd.config;

import io.mlcicd.drift.DriftSide;
import io.mlcicd.drift.TimeWindow;
import io.mlcicd.drift.TimeWindow.Before;
import io.mlcicd.drift.TimeWindow.BeforeCurrent;
import io.mlcicd.drift.TimeWindow.Between;
import io.mlcicd.drift.TimeWindow.Last;
import io.mlcicd.drift.TimeWindow.Newest;
import io.mlcicd.drift.TimeWindow.SameWeekday;
import io.mlcicd.drift.TimeWindow.Span;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAmount;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The windows of time that {@code drift.window} describes. */
final class DriftWindows {

    private static final Pattern CALENDAR = Pattern.compile("([0-9]{1,4}) ?(day|week|month)s?");
    private static final String CURRENT = "current";

    private final Project project;
    private final Optional<DriftKeys.Window> keys;

    DriftWindows(Project project, Optional<DriftKeys.Window> keys) {
        this.project = project;
        this.keys = keys;
    }

    /** The window of the current data; empty for all their rows. */
    Optional<TimeWindow> current() {
        return keys.flatMap(
                window -> span("/drift/window", window.length(), window.before(), window.from(), window.to())
                        .map(span -> new TimeWindow(window.timestamp(), span, zone(window))));
    }

    /** The window of the reference; empty for all its rows. */
    Optional<TimeWindow> reference(DriftSide.Raw current) {
        return keys.flatMap(window -> window.reference()
                .map(reference -> new TimeWindow(window.timestamp(), span(reference, current), zone(window))));
    }

    private Span span(DriftKeys.ReferenceWindow keys, DriftSide.Raw current) {
        String pointer = "/drift/window/reference";
        if (keys.sameWeekday().isPresent()) {
            return new SameWeekday(keys.sameWeekday().getAsInt(), current);
        }
        boolean beforeCurrent = keys.before().filter(CURRENT::equals).isPresent();
        if (beforeCurrent && keys.length().isPresent()) {
            return new Last(length(pointer, keys.length().get()), new BeforeCurrent(current));
        }
        return span(pointer, keys.length(), keys.before(), keys.from(), keys.to())
                .orElseThrow(() -> project.error(
                        pointer, "needs a 'length', 'from' and 'to', or 'sameWeekday' with a number of weeks"));
    }

    private Optional<Span> span(
            String pointer,
            Optional<String> length,
            Optional<String> before,
            Optional<String> from,
            Optional<String> to) {
        if (length.isPresent()) {
            return Optional.of(new Last(
                    length(pointer, length.get()),
                    before.<TimeWindow.End>map(text -> new Before(instant(pointer + "/before", text)))
                            .orElse(new Newest())));
        }
        if (from.isEmpty() && to.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Between(
                from.map(text -> instant(pointer + "/from", text)), to.map(text -> instant(pointer + "/to", text))));
    }

    private TemporalAmount length(String pointer, String text) {
        Matcher calendar = CALENDAR.matcher(text);
        if (calendar.matches()) {
            int amount = Integer.parseInt(calendar.group(1));
            return switch (calendar.group(2)) {
                case "day" -> Period.ofDays(amount);
                case "week" -> Period.ofWeeks(amount);
                default -> Period.ofMonths(amount);
            };
        }
        try {
            return new HumanDuration(text).value();
        } catch (IllegalArgumentException e) {
            throw project.error(
                    pointer + "/length",
                    "'%s' is no length of time; write one such as 7 days, 2 weeks, 3 months or 36h".formatted(text));
        }
    }

    private Instant instant(String pointer, String text) {
        try {
            return text.length() == "2026-01-01".length()
                    ? LocalDate.parse(text)
                            .atStartOfDay(zone(keys.orElseThrow()))
                            .toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw project.error(
                    pointer,
                    "'%s' is no time; write a date such as 2026-01-31 or an instant such as 2026-01-31T06:00:00Z"
                            .formatted(text));
        }
    }

    private ZoneId zone(DriftKeys.Window window) {
        return zone(project, "/drift/window/zone", window.zone());
    }

    /** The zone of that name; UTC when none is given. */
    static ZoneId zone(Project project, String pointer, Optional<String> name) {
        try {
            return name.map(ZoneId::of).orElse(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw project.error(
                    pointer, "'%s' is no time zone; write one such as Europe/Vienna".formatted(name.orElse("")));
        }
    }
}
