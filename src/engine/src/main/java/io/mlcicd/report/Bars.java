package io.mlcicd.report;

import static io.mlcicd.report.Markup.element;

import java.util.List;
import java.util.Locale;

/** Named values as horizontal bars with their numbers. */
final class Bars {

    /**
     * One bar.
     *
     * @param label its name
     * @param value its length, 0 or more
     * @param text the value as text
     */
    record Bar(String label, double value, String text) {}

    private Bars() {}

    /**
     * Draws the bars in their order.
     *
     * @param caption what they are
     * @param full the value of a bar over the whole width; the greatest value when it is 0
     */
    static Markup draw(String caption, List<Bar> bars, double full) {
        double top =
                full > 0 ? full : bars.stream().mapToDouble(Bar::value).max().orElse(1);
        List<Markup> rows = bars.stream()
                .map(bar -> element(
                        "tr",
                        element("th scope=\"row\"", bar.label()),
                        element("td class=\"bar\"", line(top == 0 ? 0 : bar.value() / top)),
                        element("td class=\"number\"", bar.text())))
                .toList();
        return element("table class=\"bars\"", element("caption", caption), element("tbody", Markup.join(rows)));
    }

    private static Markup line(double share) {
        String width = String.format(Locale.ROOT, "%.1f", Math.min(1, Math.max(0, share)) * 100);
        return element(
                "svg viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\"",
                element("rect class=\"track\" width=\"100\" height=\"8\""),
                element("rect class=\"current\" height=\"8\" width=\"" + width + "\""));
    }
}
