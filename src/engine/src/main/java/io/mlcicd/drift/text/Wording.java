package io.mlcicd.drift.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Numbers and lists in words. */
final class Wording {

    private Wording() {}

    /** Four significant digits, as people write numbers. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e15)) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        int digits = size >= 1000 ? (int) Math.log10(size) + 2 : 4;
        String text = BigDecimal.valueOf(value)
                .round(new MathContext(digits))
                .stripTrailingZeros()
                .toPlainString();
        return text.equals("-0") ? "0" : text;
    }

    static String percent(double share) {
        return number(Math.round(share * 1000) / 10.0) + "%";
    }

    /** Items in a row: "a, b and c". */
    static String listed(List<String> items) {
        int last = items.size() - 1;
        return last < 1
                ? String.join("", items)
                : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }
}
