package io.mlcicd.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as people write it: a whole number and {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}. */
public record HumanDuration(@JsonValue String text) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    /** Any other text is refused with an {@link IllegalArgumentException}. */
    @JsonCreator
    public HumanDuration {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a length of time; write a whole number and ms, s, m, h or d, such as 30s");
        }
    }

    /** The length of time. */
    public Duration value() {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new AssertionError("the constructor let " + text + " pass");
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
