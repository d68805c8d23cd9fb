package io.mlcicd.report;

import static io.mlcicd.report.Markup.element;

import io.mlcicd.evaluation.EvaluationDetails.Change;

/** What a change against the champion means, in a word. */
enum Shift {
    BETTER("better", "▲", "PASSED"),
    WORSE("worse", "▼", "FAILED"),
    /** The interval of the change holds 0: chance may have made it. */
    UNDECIDED("undecided", "≈", "NOTE"),
    /** There is no interval to tell the change from chance by. */
    SEEMS_BETTER("seems better", "△", "NOTE"),
    SEEMS_WORSE("seems worse", "▽", "NOTE"),
    /** Nobody knows which way is better. */
    CHANGED("changed", "≠", "NOTE"),
    SAME("the same", "=", "NOTE");

    private final String word;
    private final String sign;
    private final String style;

    Shift(String word, String sign, String style) {
        this.word = word;
        this.sign = sign;
        this.style = style;
    }

    static Shift of(Change change) {
        boolean judged = change.lower().isPresent() && change.upper().isPresent();
        double lower = change.lower().orElse(0);
        double upper = change.upper().orElse(0);
        if (change.change() == 0 && lower == 0 && upper == 0) {
            return SAME;
        }
        if (judged && lower <= 0 && upper >= 0) {
            return UNDECIDED;
        }
        if (change.better().isEmpty()) {
            return CHANGED;
        }
        if (judged) {
            return change.better().get() ? BETTER : WORSE;
        }
        return change.better().get() ? SEEMS_BETTER : SEEMS_WORSE;
    }

    /** Such as {@code undecided}. */
    String word() {
        return word;
    }

    /** The sign and the word, which stay on one line. */
    String text() {
        return sign + "\u00A0" + word;
    }

    /** A coloured label; sign and word tell it without colours. */
    Markup badge() {
        return element("span class=\"badge " + style + "\"", text());
    }
}
