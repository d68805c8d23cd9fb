package io.mlcicd.report;

import java.util.Locale;

/**
 * How many decimals a number and its interval deserve: as many as the interval's half width has significant ones, by the
 * rounding rule of the Particle Data Group (Review of Particle Physics, Introduction, 5.3).
 *
 * @param decimals number of decimals; 0 or more
 */
record Digits(int decimals) {

    private static final double TWO_DIGITS_BELOW = 3.55;
    private static final int MOST = 10;
    private static final int PLAIN = 4;

    /** The decimals for an interval; those of a number without one when it has no width or no end. */
    static Digits of(double lower, double upper) {
        double half = (upper - lower) / 2;
        if (!(half > 0) || Double.isInfinite(half)) {
            return new Digits(PLAIN);
        }
        int exponent = (int) Math.floor(Math.log10(half));
        int further = half / Math.pow(10, exponent) < TWO_DIGITS_BELOW ? 1 : 0;
        return new Digits(Math.max(0, Math.min(MOST, further - exponent)));
    }

    String text(double value) {
        return Double.isFinite(value)
                ? String.format(Locale.ROOT, "%,." + decimals + "f", value)
                : String.valueOf(value);
    }

    /** With a sign also when it is positive. */
    String signed(double value) {
        return (value > 0 ? "+" : "") + text(value);
    }

    /** From one limit to the other; a dash would be taken for a minus where there is one. */
    String range(double lower, double upper) {
        return lower < 0 ? text(lower) + " to " + text(upper) : text(lower) + "–" + text(upper);
    }
}
