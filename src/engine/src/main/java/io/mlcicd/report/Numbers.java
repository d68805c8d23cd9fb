package io.mlcicd.report;

import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {

    private Numbers() {}

    /** Whole numbers with separators, others with four significant decimals. */
    static String plain(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return String.valueOf(value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        double size = Math.abs(value);
        if (size >= 1000) {
            return String.format(Locale.ROOT, "%,.1f", value);
        }
        return size >= 0.001 ? String.format(Locale.ROOT, "%.4f", value) : String.format(Locale.ROOT, "%.2e", value);
    }

    /** A whole number with separators. */
    static String plain(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A measurement that three digits tell enough of. */
    static String rounded(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** A duration in milliseconds. */
    static String millis(double millis) {
        return rounded(millis) + " ms";
    }

    /** A share as a percentage. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /** A number of rows, or their weight, which need not be whole. */
    static String amount(double rows) {
        return rows == Math.rint(rows) ? plain(rows) : String.format(Locale.ROOT, "%,.1f", rows);
    }

    /** A number with its sign, also when it is positive. */
    static String signed(double value) {
        return (value > 0 ? "+" : "") + plain(value);
    }

    /** A probability that chance alone did it, as papers write it. */
    static String chance(double pValue) {
        return pValue < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", pValue);
    }

    /** A size in bytes, in the unit that suits it. */
    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double size = bytes;
        String[] units = {"kB", "MB", "GB", "TB"};
        int unit = -1;
        while (size >= 1000 && unit < units.length - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, units[unit]);
    }

    /** A length of time in seconds, in the unit that suits it. */
    static String seconds(double seconds) {
        if (seconds < 1) {
            return Math.round(seconds * 1000) + " ms";
        }
        return seconds < 120
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%.1f min", seconds / 60);
    }

    /** {@code 1 check}, {@code 2 checks}, {@code 2 classes}. */
    static String count(long number, String noun) {
        String plural = noun.endsWith("s") ? noun + "es" : noun + "s";
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : plural);
    }
}
