package io.jenkins.plugins.mlcicd.trend;

import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.result.MainMetrics;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
        return points.stream()
                .flatMap(point -> point.metrics().keySet().stream())
                .filter(chart::has)
                .distinct()
                .sorted(Comparator.comparingInt((String name) -> place(chart, name))
                        .thenComparing(Comparator.naturalOrder()))
                .map(name -> new Line(name, points))
                .toList();
    }

    /** The chart names the most telling metrics first. */
    private static int place(MainMetrics chart, String metric) {
        int place = chart.metrics().indexOf(metric);
        return place < 0 ? chart.metrics().size() : place;
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
            case FAIRNESS -> Messages.TrendChart_fairness();
            case BEHAVIOUR -> Messages.TrendChart_behaviour();
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
        private final List<TrendPoint> points;

        Line(String metric, List<TrendPoint> points) {
            this.metric = metric;
            this.points = points;
        }

        @Exported
        public String getMetric() {
            return metric;
        }

        /** A value for each build; null where the build has none. */
        @Exported
        public List<Double> getValues() {
            return values(TrendPoint::metrics);
        }

        /** The lower limit of each value's confidence interval; null where there is none. */
        @Exported
        public List<Double> getLower() {
            return values(TrendPoint::lower);
        }

        /** The upper limit of each value's confidence interval; null where there is none. */
        @Exported
        public List<Double> getUpper() {
            return values(TrendPoint::upper);
        }

        private List<Double> values(Function<TrendPoint, Map<String, Double>> of) {
            return points.stream().map(point -> of.apply(point).get(metric)).toList();
        }
    }
}
