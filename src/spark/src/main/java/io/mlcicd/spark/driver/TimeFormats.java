package io.mlcicd.spark.driver;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads times in formats of C's {@code strptime} (POSIX.1-2017), as the engine in our own process does: what a format
 * leaves out is that of 1900-01-01T00:00, and an offset is taken off.
 */
final class TimeFormats {

    private static final String LETTERS = "YymdHIMSjfbBaApzcxXTwuUWV%";

    /** Those that may be written without a zero in front. */
    private static final String UNPADDED = "ymdHIMSj";

    private static final int LONGEST_YEAR = 366;

    private static final Set<String> CHECKED = ConcurrentHashMap.newKeySet();

    private static final String[] MONTHS = new String[12];
    private static final String[] DAYS = new String[7];

    static {
        for (int i = 0; i < MONTHS.length; i++) {
            MONTHS[i] = java.time.Month.of(i + 1).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        }
        for (int i = 0; i < DAYS.length; i++) {
            DAYS[i] = java.time.DayOfWeek.of(i + 1).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        }
    }

    private final String text;
    private int at;
    private int year = 1900;
    private int month = 1;
    private int day = 1;
    private int dayOfYear;
    private int hour;
    private int minute;
    private int second;
    private int nanos;
    private int offsetSeconds;
    private boolean twelve;
    private boolean afternoon;

    private TimeFormats(String text) {
        this.text = text;
    }

    /**
     * A text as an ISO timestamp; null where it is in none of the formats.
     *
     * @param formats one a line
     * @throws UnknownFormatException when a format is none
     */
    static String parsed(String text, String formats) {
        if (text == null) {
            return null;
        }
        for (String format : formats.split("\n", -1)) {
            if (!CHECKED.contains(format)) {
                refuseUnknown(format);
                CHECKED.add(format);
            }
            TimeFormats time = new TimeFormats(text);
            if (time.fits(format)) {
                try {
                    return time.value().toString();
                } catch (DateTimeException e) {
                    // There is no such day; another format may fit.
                }
            }
        }
        return null;
    }

    private static void refuseUnknown(String format) {
        for (int i = format.indexOf('%'); i >= 0; i = format.indexOf('%', i + 1)) {
            boolean unpadded = format.startsWith("%-", i);
            i += unpadded ? 2 : 1;
            if (i >= format.length() || (unpadded ? UNPADDED : LETTERS).indexOf(format.charAt(i)) < 0) {
                throw new UnknownFormatException(format);
            }
        }
    }

    /** A format that is none. */
    static final class UnknownFormatException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        UnknownFormatException(String format) {
            super(format + " is not a format of dates");
        }
    }

    private LocalDateTime value() {
        if (dayOfYear > LONGEST_YEAR) {
            throw new DateTimeException("no year has so many days");
        }
        LocalDate date =
                dayOfYear > 0 ? LocalDate.of(year, 1, 1).plusDays(dayOfYear - 1L) : LocalDate.of(year, month, day);
        if (twelve && (hour < 1 || hour > 12)) {
            throw new DateTimeException("an hour of twelve is from 1 to 12");
        }
        int hours = twelve ? hour % 12 + (afternoon ? 12 : 0) : hour;
        return date.atTime(hours, minute, second, nanos).minusSeconds(offsetSeconds);
    }

    private boolean fits(String format) {
        spaces();
        if (!take(format)) {
            return false;
        }
        spaces();
        return at == text.length();
    }

    private void spaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean take(String format) {
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                if (at >= text.length() || text.charAt(at) != c) {
                    return false;
                }
                at++;
                continue;
            }
            i += i + 1 < format.length() && format.charAt(i + 1) == '-' ? 2 : 1;
            if (!part(format.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean part(char letter) {
        switch (letter) {
            case 'Y' -> year = digits(4);
            case 'y' -> {
                int found = digits(2);
                year = found < 0 ? found : found + (found < 69 ? 2000 : 1900);
            }
            case 'm' -> month = digits(2);
            case 'd' -> day = digits(2);
            case 'H' -> hour = digits(2);
            case 'I' -> {
                hour = digits(2);
                twelve = true;
            }
            case 'M' -> minute = digits(2);
            case 'S' -> second = digits(2);
            case 'j' -> dayOfYear = digits(3);
            case 'f' -> nanos = fraction();
            case 'b', 'B' -> month = name(MONTHS, letter == 'B') + 1;
            case 'a', 'A' -> {
                return name(DAYS, letter == 'A') >= 0;
            }
            case 'p' -> {
                return half();
            }
            case 'z' -> {
                return offset();
            }
            case 'c' -> {
                return take("%Y-%m-%d %H:%M:%S");
            }
            case 'x' -> {
                return take("%Y-%m-%d");
            }
            case 'X', 'T' -> {
                return take("%H:%M:%S");
            }
            case 'w', 'u' -> {
                return digits(1) >= 0;
            }
            case 'U', 'W', 'V' -> {
                return digits(2) >= 0;
            }
            case '%' -> {
                return take('%');
            }
            default -> throw new UnknownFormatException("%" + letter);
        }
        return Math.min(Math.min(Math.min(year, month - 1), Math.min(day, hour)), Math.min(minute, second)) >= 0
                && Math.min(dayOfYear, nanos) >= 0;
    }

    private boolean take(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private boolean atDigit() {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    /** A number of at most so many digits; negative when there is none. */
    private int digits(int most) {
        int start = at;
        int number = 0;
        while (at - start < most && atDigit()) {
            number = number * 10 + text.charAt(at++) - '0';
        }
        return at == start ? -1 : number;
    }

    private int fraction() {
        int start = at;
        int found = digits(6);
        for (int i = at - start; found > 0 && i < 9; i++) {
            found *= 10;
        }
        return found;
    }

    /** Which of some names stands here, whole or by its first three letters; negative when none does. */
    private int name(String[] names, boolean whole) {
        for (int i = 0; i < names.length; i++) {
            int length = whole ? names[i].length() : 3;
            if (text.regionMatches(true, at, names[i], 0, length)) {
                at += length;
                return i;
            }
        }
        return -2;
    }

    private boolean half() {
        afternoon = text.regionMatches(true, at, "pm", 0, 2);
        boolean there = afternoon || text.regionMatches(true, at, "am", 0, 2);
        at += there ? 2 : 0;
        return there;
    }

    private boolean offset() {
        if (take('Z')) {
            return true;
        }
        boolean west = take('-');
        if (!west && !take('+')) {
            return false;
        }
        int hours = digits(2);
        take(':');
        int minutes = atDigit() ? digits(2) : 0;
        offsetSeconds = (west ? -1 : 1) * (hours * 3600 + minutes * 60);
        return hours >= 0;
    }
}
