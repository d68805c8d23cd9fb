package io.mlcicd.drift.service;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Times as logs have them: the Common Log Format's {@code 10/Oct/2000:13:55:36 -0700}, ISO 8601 (without an offset UTC), or
 * seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size. Not safe for several threads.
 */
final class LogTime {

    private static final DateTimeFormatter COMMON =
            DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH);
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd['T'][' ']HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ENGLISH);

    /** Seconds of the year 5138, but milliseconds of 1973. */
    private static final double MILLISECONDS_FROM = 1e11;

    private static final double MICROSECONDS_FROM = 1e14;
    private static final double NANOSECONDS_FROM = 1e17;

    private String last = "";
    private OptionalDouble seconds = OptionalDouble.empty();

    /** Seconds since 1970-01-01T00:00Z; empty when the text is no time. */
    OptionalDouble seconds(String text) {
        if (text == null) {
            return OptionalDouble.empty();
        }
        // Neighbours in a log are often of the same second.
        if (!text.equals(last)) {
            seconds = read(text);
            last = text;
        }
        return seconds;
    }

    private static OptionalDouble read(String text) {
        if (text.length() > 5 && text.indexOf('/') == 2) {
            return parsed(text, COMMON);
        }
        return text.length() > 10 && text.charAt(4) == '-' ? parsed(text, ISO) : epoch(text);
    }

    private static OptionalDouble parsed(String text, DateTimeFormatter format) {
        try {
            TemporalAccessor time = format.parse(text);
            int offset = time.isSupported(ChronoField.OFFSET_SECONDS) ? time.get(ChronoField.OFFSET_SECONDS) : 0;
            LocalDateTime local = LocalDateTime.from(time);
            Instant instant = local.toInstant(ZoneOffset.ofTotalSeconds(offset));
            return OptionalDouble.of(instant.getEpochSecond() + instant.getNano() / 1e9);
        } catch (DateTimeException e) {
            return OptionalDouble.empty();
        }
    }

    private static OptionalDouble epoch(String text) {
        OptionalDouble number = decimal(text);
        if (number.isEmpty() || number.getAsDouble() < 0) {
            return OptionalDouble.empty();
        }
        double amount = number.getAsDouble();
        if (amount >= NANOSECONDS_FROM) {
            return OptionalDouble.of(amount / 1e9);
        }
        if (amount >= MICROSECONDS_FROM) {
            return OptionalDouble.of(amount / 1e6);
        }
        return OptionalDouble.of(amount >= MILLISECONDS_FROM ? amount / 1e3 : amount);
    }

    /** A finite decimal number; empty for any other text. */
    static OptionalDouble decimal(String text) {
        if (text.isEmpty() || text.length() > 40 || "0123456789-.+".indexOf(text.charAt(0)) < 0) {
            return OptionalDouble.empty();
        }
        char end = text.charAt(text.length() - 1);
        if ((end < '0' || end > '9') && end != '.') {
            return OptionalDouble.empty();
        }
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
