package io.mlcicd.retrain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times of the day, and days of the week, at which nothing is started: {@code 22:00-06:00}, {@code Mon-Fri 08:00-18:00},
 * {@code Sat,Sun 00:00-24:00}, several with {@code ;} between them, and at the end the time zone, if another than UTC is
 * meant: {@code 22:00-06:00 Europe/Berlin}. Days are those on which the hours begin; hours that end before they begin
 * go on into the next day.
 *
 * @param windows the hours, at least one
 * @param zone whose clock counts
 */
public record QuietHours(List<Window> windows, ZoneId zone) {

    private static final Pattern FORM = Pattern.compile(
            "(?:([A-Za-z,-]+)\\s+)?([0-2]?[0-9]:[0-5][0-9])\\s*-\\s*([0-2]?[0-9]:[0-5][0-9])(?:\\s+(\\S+))?");
    private static final Pattern DAYS = Pattern.compile("([A-Za-z]{3})[a-z]*(?:-([A-Za-z]{3})[a-z]*)?");
    private static final int DAYS_OF_WEEK = 7;

    /**
     * One window.
     *
     * @param days on which it begins
     * @param from when it begins
     * @param to when it is over; midnight is the next day's
     */
    public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

        public Window {
            days = Set.copyOf(days);
        }

        private Instant start(LocalDate day, ZoneId zone) {
            return QuietHours.at(day.atTime(from), zone, true);
        }

        private Instant end(LocalDate day, ZoneId zone) {
            return QuietHours.at((to.isAfter(from) ? day : day.plusDays(1)).atTime(to), zone, false);
        }
    }

    /** Refuses hours that never end with an {@link IllegalArgumentException}. */
    public QuietHours {
        windows = List.copyOf(windows);
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("quiet hours need a time, such as 22:00-06:00");
        }
        // Any week of a zone without summer time shows whether there is an hour left.
        if (end(windows, ZoneOffset.UTC, Instant.EPOCH).isEmpty()) {
            throw new IllegalArgumentException(
                    "these quiet hours never end, so nothing could ever start; leave some time of the week free");
        }
    }

    /**
     * Reads hours as people write them; what has no zone is meant in the one given.
     *
     * @throws IllegalArgumentException when the text is no hours; the message says what is wrong
     */
    public static QuietHours of(String text, ZoneId zone) {
        List<Window> windows = new ArrayList<>();
        Optional<ZoneId> written = Optional.empty();
        for (String part : text.split(";")) {
            Matcher form = FORM.matcher(part.trim());
            if (!form.matches()) {
                throw new IllegalArgumentException(
                        "'%s' are no quiet hours; write 22:00-06:00 or Mon-Fri 08:00-18:00".formatted(part.trim()));
            }
            LocalTime from = time(form.group(2), false);
            LocalTime to = time(form.group(3), true);
            if (from.equals(to)
                    && !(from.equals(LocalTime.MIDNIGHT) && form.group(3).startsWith("24"))) {
                throw new IllegalArgumentException(
                        "'%s' begins when it ends; for a whole day write 00:00-24:00".formatted(part.trim()));
            }
            windows.add(new Window(days(form.group(1)), from, to));
            if (form.group(4) != null) {
                written = Optional.of(zone(form.group(4)));
            }
        }
        return new QuietHours(windows, written.orElse(zone));
    }

    /** Reads hours that are in UTC unless they name their zone; see {@link #of(String, ZoneId)}. */
    @JsonCreator
    public static QuietHours of(String text) {
        return of(text, ZoneOffset.UTC);
    }

    /**
     * Reads the name of a time zone, such as {@code Europe/Berlin}.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "there is no time zone '%s'; write one such as Europe/Berlin or UTC".formatted(name), e);
        }
    }

    private static LocalTime time(String text, boolean end) {
        if (end && text.equals("24:00")) {
            return LocalTime.MIDNIGHT;
        }
        int hour = Integer.parseInt(text.substring(0, text.indexOf(':')));
        if (hour > 23) {
            throw new IllegalArgumentException("'%s' is no time of the day; write 00:00 to 23:59".formatted(text));
        }
        return LocalTime.of(hour, Integer.parseInt(text.substring(text.indexOf(':') + 1)));
    }

    private static Set<DayOfWeek> days(String text) {
        if (text == null) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",")) {
            Matcher form = DAYS.matcher(part);
            if (!form.matches()) {
                throw new IllegalArgumentException("'%s' are no days; write Mon-Fri or Sat,Sun".formatted(text));
            }
            DayOfWeek first = day(form.group(1), text);
            DayOfWeek last = form.group(2) == null ? first : day(form.group(2), text);
            for (DayOfWeek day = first; ; day = day.plus(1)) {
                days.add(day);
                if (day == last) {
                    break;
                }
            }
        }
        return days;
    }

    private static DayOfWeek day(String name, String text) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().startsWith(name.toUpperCase(Locale.ROOT))) {
                return day;
            }
        }
        throw new IllegalArgumentException("'%s' are no days; write Mon-Fri or Sat,Sun".formatted(text));
    }

    /** When the quiet hours that this instant is in are over, adjoining ones with them; empty when it is in none. */
    public Optional<Instant> until(Instant now) {
        Optional<Instant> end = end(windows, zone, now);
        return end.filter(found -> found.isAfter(now));
    }

    /** The first instant from this one on that is not quiet; empty when there is none within nine days. */
    private static Optional<Instant> end(List<Window> windows, ZoneId zone, Instant from) {
        Instant at = from;
        Instant last = from.plusSeconds((DAYS_OF_WEEK + 2) * 86_400L);
        while (at.isBefore(last)) {
            Optional<Instant> end = endOfOne(windows, zone, at);
            if (end.isEmpty()) {
                return Optional.of(at);
            }
            at = end.get();
        }
        return Optional.empty();
    }

    private static Optional<Instant> endOfOne(List<Window> windows, ZoneId zone, Instant at) {
        LocalDate today = at.atZone(zone).toLocalDate();
        for (Window window : windows) {
            // One of yesterday may reach into today; one of the day before may where the clock is set back at midnight.
            for (LocalDate day : List.of(today, today.minusDays(1), today.minusDays(2))) {
                boolean within = window.days().contains(day.getDayOfWeek())
                        && !at.isBefore(window.start(day, zone))
                        && at.isBefore(window.end(day, zone));
                if (within) {
                    return Optional.of(window.end(day, zone));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The instant of a local time. A time that the clock leaves out is where it jumps; of one that it shows twice a start
     * is the first and an end the second, so that quiet hours are rather too long than too short.
     */
    private static Instant at(LocalDateTime local, ZoneId zone, boolean start) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition == null) {
            return local.atZone(zone).toInstant();
        }
        if (transition.isGap()) {
            return transition.getInstant();
        }
        return local.toInstant(start ? transition.getOffsetBefore() : transition.getOffsetAfter());
    }

    /** As people write it, with the zone. */
    @JsonValue
    public String text() {
        List<String> parts = new ArrayList<>();
        for (Window window : windows) {
            String days = window.days().size() == DAYS_OF_WEEK
                    ? ""
                    : String.join(
                                    ",",
                                    window.days().stream()
                                            .sorted()
                                            .map(day -> day.name().charAt(0)
                                                    + day.name().substring(1, 3).toLowerCase(Locale.ROOT))
                                            .toList())
                            + " ";
            String to = window.to().equals(LocalTime.MIDNIGHT)
                    ? "24:00"
                    : window.to().toString();
            parts.add(days + window.from() + "-" + to);
        }
        return String.join("; ", parts) + " " + zone;
    }
}
