package io.mlcicd.report;

import static io.mlcicd.report.Markup.attribute;
import static io.mlcicd.report.Markup.element;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A curve in the unit square, such as ROC, precision–recall or calibration. */
final class Curve {

    private static final int SIZE = 220;
    private static final int MARGIN = 34;

    /** A point; both coordinates 0 to 1. */
    record Point(double x, double y) {}

    private Curve() {}

    /**
     * Draws the curve.
     *
     * @param diagonal whether the line from the lower left to the upper right is drawn for comparison
     */
    static Markup draw(String title, String xAxis, String yAxis, List<Point> points, boolean diagonal) {
        String line = points.stream()
                .map(point -> String.format(
                        Locale.ROOT, "%.1f,%.1f", MARGIN + point.x() * SIZE, MARGIN / 2.0 + (1 - point.y()) * SIZE))
                .collect(Collectors.joining(" "));
        int bottom = MARGIN / 2 + SIZE;
        int right = MARGIN + SIZE;
        Markup chance = diagonal
                ? element("line class=\"chance\" x1=\"" + MARGIN + "\" y1=\"" + bottom + "\" x2=\"" + right + "\" y2=\""
                        + MARGIN / 2 + "\"")
                : Markup.NONE;
        Markup chart = element(
                "svg class=\"square chart\" role=\"img\" viewBox=\"0 0 " + (right + 10) + " " + (bottom + 34) + "\""
                        + attribute("aria-label", title),
                element("rect class=\"frame\" x=\"" + MARGIN + "\" y=\"" + MARGIN / 2 + "\" width=\"" + SIZE
                        + "\" height=\"" + SIZE + "\""),
                chance,
                element("polyline class=\"line\"" + attribute("points", line)),
                element(
                        "text class=\"axis\" text-anchor=\"middle\" x=\"" + (MARGIN + SIZE / 2) + "\" y=\""
                                + (bottom + 28) + "\"",
                        xAxis),
                element(
                        "text class=\"axis\" text-anchor=\"middle\" transform=\"translate(10 " + (MARGIN / 2 + SIZE / 2)
                                + ") rotate(-90)\"",
                        yAxis),
                element("text class=\"axis\" x=\"" + MARGIN + "\" y=\"" + (bottom + 14) + "\"", "0"),
                element(
                        "text class=\"axis\" text-anchor=\"end\" x=\"" + right + "\" y=\"" + (bottom + 14) + "\"",
                        "1"));
        return element("figure", element("figcaption", title), chart);
    }
}
