package io.mlcicd.report;

import static io.mlcicd.report.HtmlReport.NUMERIC;
import static io.mlcicd.report.HtmlReport.numeric;
import static io.mlcicd.report.HtmlReport.table;
import static io.mlcicd.report.Markup.attribute;
import static io.mlcicd.report.Markup.element;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A number over time windows with its control limits; the same as a table.
 *
 * @param title what it is
 * @param points its values, in the order of time
 */
record ControlChart(String title, List<Point> points) {

    private static final int WIDTH = 360;
    private static final int HEIGHT = 130;
    private static final int LEFT = 46;
    private static final int FOOT = 18;
    private static final int MARGIN = 8;

    /** Beyond that many, marks would run into each other. */
    private static final int MOST_MARKS = 60;

    /**
     * A value in a window.
     *
     * @param label the window
     * @param value the number
     * @param lower lower limit of its confidence interval
     * @param upper upper limit of it
     * @param lowerLimit the control limit below
     * @param upperLimit the control limit above
     * @param alarm whether it is beyond a control limit on the side that is worse
     * @param note what else there is to say
     */
    record Point(
            String label,
            double value,
            OptionalDouble lower,
            OptionalDouble upper,
            OptionalDouble lowerLimit,
            OptionalDouble upperLimit,
            boolean alarm,
            String note) {}

    Markup draw() {
        return Markup.join(List.of(chart(), element("details", element("summary", title + " as a table"), asTable())));
    }

    private Markup asTable() {
        List<Markup> rows = points.stream()
                .map(point -> element(
                        "tr",
                        element("th scope=\"row\"", point.label()),
                        numeric(Numbers.plain(point.value())),
                        element("td", between(point.lower(), point.upper())),
                        element("td", between(point.lowerLimit(), point.upperLimit())),
                        element("td", (point.alarm() ? "alarm " : "") + point.note())))
                .toList();
        return table(title, List.of("Window", "Value" + NUMERIC, "95 % interval", "Control limits", ""), rows);
    }

    private static String between(OptionalDouble low, OptionalDouble high) {
        if (low.isEmpty() && high.isEmpty()) {
            return "";
        }
        return edge(low) + " to " + edge(high);
    }

    private static String edge(OptionalDouble value) {
        return value.isPresent() ? Numbers.plain(value.getAsDouble()) : "…";
    }

    private Markup chart() {
        DoubleSummaryStatistics range = points.stream()
                .flatMapToDouble(point -> DoubleStream.concat(
                        DoubleStream.of(point.value()),
                        Stream.of(point.lowerLimit(), point.upperLimit()).flatMapToDouble(OptionalDouble::stream)))
                .summaryStatistics();
        double spread = range.getMax() - range.getMin();
        double low = spread > 0
                ? range.getMin() - spread * 0.05
                : range.getMin() - Math.max(1e-9, Math.abs(range.getMin()) * 0.1);
        double high = spread > 0
                ? range.getMax() + spread * 0.05
                : range.getMax() + Math.max(1e-9, Math.abs(range.getMax()) * 0.1);
        Scale scale = new Scale(low, high, points.size());
        List<Markup> parts = new ArrayList<>();
        limit(scale, Point::lowerLimit).ifPresent(parts::add);
        limit(scale, Point::upperLimit).ifPresent(parts::add);
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            line.append(String.format(
                    Locale.ROOT, "%.1f,%.1f ", scale.x(i), scale.y(points.get(i).value())));
        }
        parts.add(element(
                "polyline class=\"line\"" + attribute("points", line.toString().trim())));
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            if (point.alarm() || points.size() <= MOST_MARKS) {
                parts.add(mark(scale, i, point));
            }
        }
        parts.add(axis("end", LEFT - 6, MARGIN + 8, Numbers.plain(high)));
        parts.add(axis("end", LEFT - 6, HEIGHT, Numbers.plain(low)));
        parts.add(axis("start", LEFT, HEIGHT + FOOT - 3, points.get(0).label()));
        if (points.size() > 1) {
            parts.add(axis(
                    "end",
                    WIDTH,
                    HEIGHT + FOOT - 3,
                    points.get(points.size() - 1).label()));
        }
        return element(
                "svg class=\"chart\" role=\"img\" viewBox=\"0 0 " + (WIDTH + MARGIN) + " " + (HEIGHT + FOOT) + "\""
                        + attribute("aria-label", title),
                Markup.join(parts));
    }

    private Optional<Markup> limit(Scale scale, Function<Point, OptionalDouble> limit) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            OptionalDouble at = limit.apply(points.get(i));
            if (at.isPresent()) {
                line.append(String.format(Locale.ROOT, "%.1f,%.1f ", scale.x(i), scale.y(at.getAsDouble())));
            }
        }
        return line.isEmpty()
                ? Optional.empty()
                : Optional.of(element("polyline class=\"limit\""
                        + attribute("points", line.toString().trim())));
    }

    private static Markup mark(Scale scale, int i, Point point) {
        String circle = String.format(
                Locale.ROOT,
                "circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"",
                point.alarm() ? "mark alarm" : "mark",
                scale.x(i),
                scale.y(point.value()),
                point.alarm() ? "4.5" : "2.5");
        String tip = point.label() + ": " + Numbers.plain(point.value()) + (point.alarm() ? ", alarm" : "");
        return element(circle, element("title", tip));
    }

    private static Markup axis(String anchor, double x, double y, String text) {
        return element(
                String.format(
                        Locale.ROOT, "text class=\"axis\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\"", anchor, x, y),
                text);
    }

    /** Where a value of a window is drawn. */
    private record Scale(double low, double high, int windows) {

        double x(int window) {
            return windows == 1
                    ? LEFT + (WIDTH - LEFT) / 2.0
                    : LEFT + MARGIN + window * (WIDTH - LEFT - 2.0 * MARGIN) / (windows - 1);
        }

        double y(double value) {
            return MARGIN + (high - value) / (high - low) * (HEIGHT - MARGIN);
        }
    }
}
