package io.mlcicd.drift.performance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.operation.InvalidInputException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How long a window is. */
public sealed interface WindowLength {

    /** Units of the calendar; a week begins on Monday, as in ISO 8601. */
    enum Unit {
        HOUR,
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Unit> of(String key) {
            return Arrays.stream(values())
                    .filter(unit -> unit.key().equals(key))
                    .findFirst();
        }
    }

    /** One unit of the calendar after the other. */
    record Calendar(Unit unit) implements WindowLength {
        @Override
        public String text() {
            return unit.key();
        }
    }

    /** Lengths of time, counted from 1970-01-01T00:00Z; one minute or more. */
    record Fixed(Duration length) implements WindowLength {
        @Override
        public String text() {
            long minutes = length.toMinutes();
            long hours = length.toHours();
            if (minutes % 60 != 0) {
                return minutes + "m";
            }
            return hours % 24 == 0 ? hours / 24 + "d" : hours + "h";
        }
    }

    /** So many rows, 1 or more: in the order of their time where that is known, else of the file. */
    record Rows(int size) implements WindowLength {
        @Override
        public String text() {
            return size + " rows";
        }
    }

    /** As {@link #of} reads it. */
    @JsonValue
    String text();

    /**
     * The length of that text: {@code hour}, {@code day}, {@code week}, {@code month}, {@code quarter}, {@code year}; whole
     * minutes, hours or days such as {@code 15m}, {@code 6h} or {@code 10d}; or {@code 500 rows}.
     *
     * @throws InvalidInputException when it is none of these
     */
    @JsonCreator
    static WindowLength of(String text) {
        Optional<Unit> unit = Unit.of(text);
        if (unit.isPresent()) {
            return new Calendar(unit.get());
        }
        Matcher parts = Pattern.compile("([1-9][0-9]{0,7})(m|h|d| rows?)").matcher(text);
        if (!parts.matches()) {
            throw new InvalidInputException(
                    "'%s' is no length of a window; write %s, a length of time such as 6h or 10d, or a number of rows such as '500 rows'"
                            .formatted(
                                    text,
                                    Arrays.stream(Unit.values()).map(Unit::key).collect(Collectors.joining(", "))));
        }
        int amount = Integer.parseInt(parts.group(1));
        return switch (parts.group(2)) {
            case "m" -> new Fixed(Duration.ofMinutes(amount));
            case "h" -> new Fixed(Duration.ofHours(amount));
            case "d" -> new Fixed(Duration.ofDays(amount));
            default -> new Rows(amount);
        };
    }
}
