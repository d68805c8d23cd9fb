package io.mlcicd.document;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Numbers and lists in sentences. */
public final class Figures {

    private Figures() {}

    /** Four significant digits, as people write numbers; of 1000 and more one digit after the point. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e15)) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        int digits = size >= 1000 ? (int) Math.log10(size) + 2 : 4;
        return BigDecimal.valueOf(value)
                .round(new MathContext(digits))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** A share as a percentage with at most one digit after the point. */
    public static String percent(double share) {
        return number(Math.round(share * 1000) / 10.0) + "%";
    }

    /** Items in a row: "a, b and c". */
    public static String listed(List<String> items) {
        int last = items.size() - 1;
        return last < 1
                ? String.join("", items)
                : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }
}
