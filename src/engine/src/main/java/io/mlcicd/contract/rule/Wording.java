package io.mlcicd.contract.rule;

import io.mlcicd.data.ColumnType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Numbers and names as people read them. */
public final class Wording {

    private static final int MOST_NAMES = 12;
    private static final int LONGEST_VALUE = 60;

    private Wording() {}

    /** Names in one line, the first few of many. */
    public static String some(List<String> names) {
        String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? first + " and " + (names.size() - MOST_NAMES) + " more" : first;
    }

    /** "1 row" or "1,096 rows". */
    public static String count(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** A whole number with its thousands apart. */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number, whole where it is, else with five significant digits. */
    public static String number(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return BigDecimal.valueOf((long) number).toPlainString();
        }
        if (!Double.isFinite(number)) {
            return String.valueOf(number);
        }
        BigDecimal rounded =
                BigDecimal.valueOf(number).round(new MathContext(5)).stripTrailingZeros();
        return Math.abs(rounded.scale()) > 12 ? rounded.toString() : rounded.toPlainString();
    }

    /** A place on the axis of numbers, which of dates and timestamps is in seconds since 1970-01-01T00:00Z. */
    static String place(double place, ColumnType type) {
        if (type == ColumnType.DATE || type == ColumnType.TIMESTAMP) {
            String instant = Instant.ofEpochSecond((long) Math.floor(place)).toString();
            return type == ColumnType.DATE ? instant.substring(0, instant.indexOf('T')) : instant;
        }
        return number(place);
    }

    /** What is said of a quantile whose rank may be off by that share of the values. */
    static String rankError(OptionalDouble error) {
        return error.isPresent() ? " (its rank is off by at most " + percent(error.getAsDouble()) + ")" : "";
    }

    /** A share of nothing is none. */
    public static String percent(long part, long whole) {
        return percent(whole == 0 ? 0 : (double) part / whole);
    }

    /** Two digits are enough to see how much it is. */
    public static String percent(double share) {
        BigDecimal percent = BigDecimal.valueOf(share * 100).round(new MathContext(2));
        return (percent.signum() == 0 ? "0" : percent.stripTrailingZeros().toPlainString()) + " %";
    }

    /** Seconds in the largest unit that leaves at least two of it: "36 hours". */
    public static String span(double seconds) {
        Duration span = Duration.ofMillis(Math.round(seconds * 1000));
        if (span.abs().toDays() >= 2) {
            return count(span.toDays(), "day");
        }
        if (span.abs().toHours() >= 2) {
            return count(span.toHours(), "hour");
        }
        if (span.abs().toMinutes() >= 2) {
            return count(span.toMinutes(), "minute");
        }
        return number(seconds) + " seconds";
    }

    /** The start of a value on one line. */
    public static String shown(String value) {
        String start = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "..." : value;
        return start.replace("\n", "\\n").replace("\r", "\\r");
    }
}
