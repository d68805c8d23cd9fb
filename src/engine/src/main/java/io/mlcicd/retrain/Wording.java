package io.mlcicd.retrain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

/** How numbers are written in sentences. */
final class Wording {

    private static final int DIGITS = 4;
    private static final int SHOWN = 12;

    private Wording() {}

    /** Four significant digits. */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.valueOf((long) value);
        }
        return BigDecimal.valueOf(value)
                .round(new MathContext(DIGITS))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Days from two days on, hours from two hours on, and so on; rounded down. */
    static String duration(Duration length) {
        if (length.isNegative()) {
            return "0 s";
        }
        if (length.toDays() >= 2) {
            return length.toDays() + " days";
        }
        if (length.toHours() >= 2) {
            return length.toHours() + " hours";
        }
        return length.toMinutes() >= 2 ? length.toMinutes() + " minutes" : length.toSeconds() + " s";
    }

    /** The algorithm and the first twelve digits. */
    static String digest(String digest) {
        int colon = digest.indexOf(':');
        int end = Math.min(digest.length(), colon + 1 + SHOWN);
        return digest.substring(0, end);
    }

    static String drop(PerformanceDrop bound, double now, double accepted) {
        double worse = bound.worseBy(now, accepted);
        String change = worse == 0
                ? "the accepted model's own"
                : "%s %s than the accepted model's %s"
                        .formatted(number(Math.abs(worse)), worse > 0 ? "worse" : "better", number(accepted));
        StringBuilder limits = new StringBuilder();
        bound.drop().ifPresent(limit -> limits.append("a drop of ").append(number(limit)));
        bound.relativeDrop()
                .ifPresent(limit -> limits.append(limits.length() == 0 ? "a drop of " : " or ")
                        .append(number(100 * limit))
                        .append(" %"));
        return "%s is %s, %s; %s counts".formatted(bound.metric(), number(now), change, limits);
    }
}
