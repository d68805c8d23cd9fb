package io.jenkins.plugins.mlcicd.trend;

import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.result.MainMetrics;
import java.util.List;
import java.util.stream.Stream;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The metrics of one chart over builds. */
@ExportedBean(defaultVisibility = 3)
public final class TrendChart {

    private final MainMetrics metrics;
    private final List<Line> lines;

    private TrendChart(MainMetrics metrics, List<Line> lines) {
        this.metrics = metrics;
        this.lines = lines;
    }

    /** The charts that these builds have numbers for. */
    static List<TrendChart> of(List<TrendPoint> points) {
        return Stream.of(MainMetrics.values())
                .map(chart -> new TrendChart(chart, lines(chart, points)))
                .filter(chart -> !chart.lines.isEmpty())
                .toList();
    }

    private static List<Line> lines(MainMetrics chart, List<TrendPoint> points) {
        return chart.metrics().stream()
                .filter(name ->
                        points.stream().anyMatch(point -> point.metrics().containsKey(name)))
                .map(name -> new Line(
                        name,
                        points.stream().map(point -> point.metrics().get(name)).toList()))
                .toList();
    }

    /** The chart's name for programs. */
    @Exported
    public String getId() {
        return metrics.name();
    }

    @Exported
    public String getTitle() {
        return switch (metrics) {
            case QUALITY -> Messages.TrendChart_quality();
            case ERROR -> Messages.TrendChart_error();
            case LOSS -> Messages.TrendChart_loss();
            case DRIFT -> Messages.TrendChart_drift();
            case LATENCY -> Messages.TrendChart_latency();
            case SIZE -> Messages.TrendChart_size();
        };
    }

    @Exported
    public List<Line> getLines() {
        return lines;
    }

    /** One metric over builds. */
    @ExportedBean(defaultVisibility = 4)
    public static final class Line {

        private final String metric;
        private final List<Double> values;

        Line(String metric, List<Double> values) {
            this.metric = metric;
            this.values = values;
        }

        @Exported
        public String getMetric() {
            return metric;
        }

        /** A value for each build; null where the build has none. */
        @Exported
        public List<Double> getValues() {
            return values;
        }
    }
}
