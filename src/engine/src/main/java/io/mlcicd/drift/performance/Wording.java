package io.mlcicd.drift.performance;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers and values as people read them. */
final class Wording {

    private static final int LONGEST = 60;

    private Wording() {}

    /** Four significant digits. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e15)) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        int digits = size >= 1000 ? (int) Math.log10(size) + 2 : 4;
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(digits));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** "1 row" or "1,096 rows". */
    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    /** The start of a value on one line. */
    static String shown(String value) {
        String line = value.replace("\n", "\\n").replace("\r", "\\r");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
