package io.mlcicd.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers and values as people read them. */
final class Wording {

    private static final int LONGEST_VALUE = 60;

    private Wording() {}

    /** "1 row" or "1,096 rows". */
    static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** A whole number with its thousands apart. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number with all its digits. */
    static String exact(double value) {
        return exact(BigDecimal.valueOf(value));
    }

    private static String exact(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** A share in percent; two digits are enough to see how much it is. */
    static String percent(double share) {
        return exact(BigDecimal.valueOf(share * 100).round(new MathContext(share >= 0.9995 ? 3 : 2))) + " %";
    }

    /** A p-value: "p = 0.004" or "p < 0.001". */
    static String pValue(double p) {
        return p < 0.001 ? "p < 0.001" : "p = " + exact(BigDecimal.valueOf(p).round(new MathContext(p < 0.01 ? 1 : 2)));
    }

    /** The start of a value on one line. */
    static String shown(String value) {
        String line = value.replace("\n", "\\n").replace("\r", "\\r");
        return line.length() > LONGEST_VALUE ? line.substring(0, LONGEST_VALUE) + "..." : line;
    }
}
