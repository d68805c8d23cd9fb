package io.jenkins.plugins.mlcicd.trend;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as cells of a table show them. */
final class Figures {

    private static final int DIGITS = 4;
    private static final double PLAIN_FROM = 1e-3;
    private static final double PLAIN_BELOW = 1e9;

    private Figures() {}

    static String text(double value) {
        double size = Math.abs(value);
        if (size == 0 || Double.isNaN(size) || Double.isInfinite(size)) {
            return size == 0 ? "0" : String.valueOf(value);
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(DIGITS)).stripTrailingZeros();
        return size >= PLAIN_FROM && size < PLAIN_BELOW ? rounded.toPlainString() : rounded.toString();
    }
}
