package io.mlcicd.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit of a metric's confidence interval, on which a gate can be put so that chance cannot let a model pass.
 *
 * @param lower whether it is the lower limit, else the upper one
 * @param percent confidence of the two-sided interval whose limit it is, 50 to 99
 */
public record Bound(boolean lower, int percent) {

    private static final Pattern FORM = Pattern.compile("(lower|upper)([5-9][0-9])");

    /** Reads the form that people write, such as {@code lower95}; anything else is an {@link IllegalArgumentException}. */
    @JsonCreator
    public static Bound of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is no limit of a confidence interval; write lower95 or upper95, or with another percentage"
                    + " from 50 to 99");
        }
        return new Bound(parts.group(1).equals("lower"), Integer.parseInt(parts.group(2)));
    }

    /** The confidence as a share. */
    public double confidence() {
        return percent / 100.0;
    }

    /** The name under which {@link Metrics} hold the limit of that metric. */
    String nameOf(String metric) {
        return metric + "." + this;
    }

    @JsonValue
    @Override
    public String toString() {
        return (lower ? "lower" : "upper") + percent;
    }
}
