package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.numeric;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.attribute;
import static io.mlcicd.report.Markup.element;

import io.mlcicd.evaluation.metric.Pictures.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A curve in the unit square, such as ROC, precision–recall or calibration; its points are a table, too.
 *
 * @param title what it is
 * @param note what to know of it; empty for nothing
 * @param xAxis what goes to the right
 * @param yAxis what goes up
 * @param points its points, both coordinates 0 to 1
 * @param diagonal whether the line from the lower left to the upper right is drawn for comparison
 * @param marked whether each point is marked, as where there are few
 */
record Curve(
        String title, String note, String xAxis, String yAxis, List<Point> points, boolean diagonal, boolean marked) {

    private static final int SIZE = 220;
    private static final int LEFT = 42;
    private static final int TOP = 10;
    private static final int BOTTOM = TOP + SIZE;
    private static final int RIGHT = LEFT + SIZE;

    /** A table of hundreds of rows helps nobody. */
    private static final int MOST_ROWS = 25;

    /** The curve with its points as a table. */
    Markup draw() {
        List<Point> shown = thinned();
        List<Markup> rows = shown.stream()
                .map(point -> element("tr", numeric(Numbers.plain(point.x())), numeric(Numbers.plain(point.y()))))
                .toList();
        String caption = title
                + (shown.size() < points.size()
                        ? ": " + shown.size() + " of " + Numbers.count(points.size(), "point")
                                + "; the result document has them all"
                        : "");
        return draw(table(caption, List.of(xAxis + NUMERIC, yAxis + NUMERIC), rows));
    }

    /** The curve with this table of its points. */
    Markup draw(Markup table) {
        Markup caption = note.isEmpty()
                ? element("figcaption", element("b", title))
                : element("figcaption", element("b", title), Markup.text(" " + note));
        return element(
                "figure", caption, chart(), element("details", element("summary", title + " as a table"), table));
    }

    private List<Point> thinned() {
        if (points.size() <= MOST_ROWS) {
            return points;
        }
        List<Point> thinned = new ArrayList<>();
        for (int i = 0; i < MOST_ROWS; i++) {
            thinned.add(points.get((int) Math.round(i * (points.size() - 1) / (MOST_ROWS - 1.0))));
        }
        return thinned;
    }

    private Markup chart() {
        List<Markup> parts = new ArrayList<>();
        parts.add(element("rect class=\"frame\" x=\"" + LEFT + "\" y=\"" + TOP + "\" width=\"" + SIZE + "\" height=\""
                + SIZE + "\""));
        if (diagonal) {
            parts.add(line("chance", LEFT, BOTTOM, RIGHT, TOP));
        }
        parts.add(element("polyline class=\"line\""
                + attribute(
                        "points",
                        points.stream()
                                .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", x(point), y(point)))
                                .collect(Collectors.joining(" ")))));
        if (marked) {
            points.forEach(point -> parts.add(element(String.format(
                    Locale.ROOT, "circle class=\"mark\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"", x(point), y(point)))));
        }
        for (String tick : List.of("0", "0.5", "1")) {
            double share = Double.parseDouble(tick);
            parts.add(text("middle", LEFT + share * SIZE, BOTTOM + 15, tick));
            parts.add(text("end", LEFT - 5, BOTTOM - share * SIZE + 4, tick));
        }
        parts.add(text("middle", LEFT + SIZE / 2.0, BOTTOM + 31, xAxis));
        parts.add(element(
                "text class=\"axis\" text-anchor=\"middle\" transform=\"translate(11 " + (TOP + SIZE / 2)
                        + ") rotate(-90)\"",
                yAxis));
        return element(
                "svg class=\"square chart\" role=\"img\" viewBox=\"0 0 " + (RIGHT + 10) + " " + (BOTTOM + 36) + "\""
                        + attribute("aria-label", title),
                Markup.join(parts));
    }

    private static double x(Point point) {
        return LEFT + point.x() * SIZE;
    }

    private static double y(Point point) {
        return TOP + (1 - point.y()) * SIZE;
    }

    private static Markup line(String kind, int x1, int y1, int x2, int y2) {
        return element(
                "line class=\"" + kind + "\" x1=\"" + x1 + "\" y1=\"" + y1 + "\" x2=\"" + x2 + "\" y2=\"" + y2 + "\"");
    }

    private static Markup text(String anchor, double x, double y, String text) {
        return element(
                String.format(
                        Locale.ROOT, "text class=\"axis\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\"", anchor, x, y),
                text);
    }
}
