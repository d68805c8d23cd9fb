package io.mlcicd.report;

import static io.mlcicd.report.Markup.element;

import io.mlcicd.drift.performance.DetectorFinding;
import io.mlcicd.drift.performance.MetricSeries;
import io.mlcicd.drift.performance.PerformanceFindings;
import io.mlcicd.drift.performance.SeriesPoint;
import io.mlcicd.drift.performance.WatchedWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How well the model does over time: each metric with its control limits, and what detectors of change say. */
final class PerformanceSection {

    private PerformanceSection() {}

    static Markup draw(PerformanceFindings performance) {
        Map<Integer, WatchedWindow> windows =
                performance.windows().stream().collect(Collectors.toMap(WatchedWindow::index, Function.identity()));
        List<Markup> parts = new ArrayList<>();
        parts.add(element("h3", "Performance over time"));
        parts.add(element(
                "p class=\"soft\"",
                "%s: %s, %s of them with a label, in windows of %s. Dashed: control limits; a ring beyond them is an alarm."
                        .formatted(
                                performance.data(),
                                Numbers.count(performance.rows(), "row"),
                                Numbers.plain(performance.labelled()),
                                performance.window())));
        parts.add(element(
                "div class=\"figures\"",
                Markup.join(performance.series().stream()
                        .filter(series -> !series.points().isEmpty())
                        .map(series -> figure(series, windows))
                        .toList())));
        if (!performance.detectors().isEmpty()) {
            parts.add(element(
                    "ul class=\"findings\"",
                    Markup.join(performance.detectors().stream()
                            .map(PerformanceSection::detector)
                            .toList())));
        }
        performance.notes().forEach(note -> parts.add(element("p class=\"soft\"", note)));
        return Markup.join(parts);
    }

    private static Markup figure(MetricSeries series, Map<Integer, WatchedWindow> windows) {
        String title = series.metric() + (series.estimated() ? ", estimated without labels" : "");
        long alarms = series.points().stream().filter(SeriesPoint::alarm).count();
        String color = alarms > 0 ? "UNSTABLE" : "PASSED";
        String word =
                series.limits().isEmpty() ? "no limits" : alarms > 0 ? Numbers.count(alarms, "alarm") : "within limits";
        List<ControlChart.Point> points = series.points().stream()
                .map(point -> point(point, windows.get(point.window())))
                .toList();
        return element(
                "figure",
                element(
                        "figcaption",
                        element("b", series.metric()),
                        Markup.text(" "),
                        series.estimated() ? element("span class=\"badge NOTE\"", "an estimate") : Markup.NONE,
                        element("span class=\"badge " + (series.limits().isEmpty() ? "NOTE" : color) + "\"", word)),
                new ControlChart(title, points).draw(),
                element("p class=\"soft\"", series.sentence()));
    }

    private static ControlChart.Point point(SeriesPoint point, WatchedWindow window) {
        return new ControlChart.Point(
                window == null ? String.valueOf(point.window()) : window.label(),
                point.value(),
                point.lower(),
                point.upper(),
                point.lowerLimit(),
                point.upperLimit(),
                point.alarm(),
                point.note().orElse(""));
    }

    private static Markup detector(DetectorFinding finding) {
        String color = finding.drift() ? "UNSTABLE" : finding.warning() ? "NOTE" : "PASSED";
        String word = finding.drift() ? "change" : finding.warning() ? "warning" : "no change";
        return element("li", element("span class=\"badge " + color + "\"", word), Markup.text(" " + finding.message()));
    }
}
