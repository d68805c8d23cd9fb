package io.mlcicd.report;

import static io.mlcicd.report.Markup.attribute;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.contract.Check;

/** What a check means to a reviewer, the worst first. */
enum Judgement {
    BROKEN("✗", "broken", "FAILED"),
    WARNED("✗", "warned", "UNSTABLE"),
    NOTED("✗", "noted", "NOTE"),
    KEPT("✓", "kept", "PASSED"),
    SKIPPED("–", "skipped", "SKIPPED");

    private final String sign;
    private final String word;
    private final String style;

    Judgement(String sign, String word, String style) {
        this.sign = sign;
        this.word = word;
        this.style = style;
    }

    static Judgement of(Check check) {
        return switch (check.outcome()) {
            case PASSED -> KEPT;
            case SKIPPED -> SKIPPED;
            case FAILED ->
                switch (check.criticality()) {
                    case FAILURE -> BROKEN;
                    case UNSTABLE -> WARNED;
                    case NOTE -> NOTED;
                };
        };
    }

    /** Such as {@code kept}. */
    String word() {
        return word;
    }

    /** The class of its colour. */
    String style() {
        return style;
    }

    /** A coloured label; the sign tells the judgements apart without colours. */
    Markup badge(String text) {
        return element("span class=\"badge " + style + "\"", sign + " " + text);
    }

    /** The sign alone. */
    Markup mark() {
        return element("span role=\"img\" class=\"mark " + style + "\"" + attribute("aria-label", word), sign);
    }
}
