package io.mlcicd.report;

import static io.mlcicd.report.Markup.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Values with their intervals on one scale, a row each, and a line at the value of the whole (S. Lewis, M. Clarke, "Forest
 * plots: trying to see the wood and the trees", BMJ 322, 2001). Its rows are drawn as cells of a table that has the
 * numbers, too.
 */
final class ForestPlot {

    private static final double WIDTH = 200;
    private static final double PADDING = 0.04;

    private final double least;
    private final double greatest;
    private final OptionalDouble whole;

    /**
     * A plot of these values.
     *
     * @param whole where the line stands; empty for none
     */
    ForestPlot(List<JudgedMetric> values, OptionalDouble whole) {
        List<Double> all = new ArrayList<>();
        for (JudgedMetric value : values) {
            all.add(value.value());
            value.interval().ifPresent(limits -> {
                all.add(limits.lower());
                all.add(limits.upper());
            });
        }
        whole.ifPresent(all::add);
        this.least = all.stream().filter(Double::isFinite).min(Double::compare).orElse(0.0);
        this.greatest =
                all.stream().filter(Double::isFinite).max(Double::compare).orElse(1.0);
        this.whole = whole;
    }

    /** The head of the column of pictures: where the scale begins and ends. */
    Markup head() {
        Digits digits = Digits.of(least, least + (greatest - least) / 5);
        return element(
                "td class=\"scale\" aria-hidden=\"true\"",
                element("span", digits.text(least)),
                element("span", digits.text(greatest)));
    }

    /** One value's picture; an empty cell for none. */
    Markup cell(Optional<JudgedMetric> value) {
        List<Markup> lines = new ArrayList<>();
        whole.ifPresent(place -> lines.add(line("whole", place, 0, place, 20)));
        value.ifPresent(metric -> {
            metric.interval().ifPresent(limits -> lines.add(line("limits", limits.lower(), 10, limits.upper(), 10)));
            lines.add(line("point", metric.value(), 10, metric.value(), 10));
        });
        return element(
                "td class=\"forest\" aria-hidden=\"true\"",
                element("svg viewBox=\"0 0 200 20\" preserveAspectRatio=\"none\"", Markup.join(lines)));
    }

    private Markup line(String kind, double x1, int y1, double x2, int y2) {
        return element(String.format(
                Locale.ROOT,
                "line class=\"%s\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"",
                kind,
                place(x1),
                y1,
                // A line without any length is drawn by no browser, not even its round ends.
                place(x2) + (kind.equals("point") ? 0.1 : 0),
                y2));
    }

    private double place(double value) {
        double span = greatest - least;
        double share = span > 0 ? (value - least) / span : 0.5;
        return (PADDING + Math.max(0, Math.min(1, share)) * (1 - 2 * PADDING)) * WIDTH;
    }
}
