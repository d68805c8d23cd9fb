package io.mlcicd.drift.performance;

import java.util.Locale;

/** Numbers and values as people read them. */
final class Wording {

    private static final int LONGEST = 60;

    private Wording() {}

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
