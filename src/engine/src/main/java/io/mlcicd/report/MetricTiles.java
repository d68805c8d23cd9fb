package io.mlcicd.report;

import static io.mlcicd.report.Markup.element;

import java.util.List;

/** The main metrics, large, each with its interval and what has become of it since the champion. */
final class MetricTiles {

    private static final int MOST = 8;

    private MetricTiles() {}

    static Markup draw(Evaluation evaluation) {
        List<JudgedMetric> main = evaluation.main(MOST);
        if (main.isEmpty()) {
            return Markup.NONE;
        }
        Markup tiles = element(
                "div class=\"tiles\"",
                Markup.join(main.stream().map(MetricTiles::tile).toList()));
        boolean judged = main.stream().anyMatch(metric -> metric.interval().isPresent());
        return judged
                ? Markup.join(List.of(
                        tiles,
                        element(
                                "p class=\"soft\"",
                                "In brackets: the " + evaluation.confidence() + " confidence interval"
                                        + (evaluation.details().champion().isPresent()
                                                ? ", of the metric and of its change against the champion."
                                                : "."))))
                : tiles;
    }

    private static Markup tile(JudgedMetric metric) {
        Markup limits = metric.interval().isPresent() ? element("small", " (" + metric.limits() + ")") : Markup.NONE;
        return element(
                "div class=\"tile\"",
                element("b", Markup.text(metric.rounded()), limits),
                element("span", metric.name()),
                metric.shift().map(shift -> change(metric, shift)).orElse(Markup.NONE));
    }

    private static Markup change(JudgedMetric metric, Shift shift) {
        return element("p class=\"change\"", shift.badge(), Markup.text(" "), element("span", metric.changeText()));
    }
}
