package io.jenkins.plugins.mlcicd.trend;

import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.history.Measured;
import io.jenkins.plugins.mlcicd.result.MainMetrics;
import io.jenkins.plugins.mlcicd.result.WatchedMetric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
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
        Set<String> names = names(points);
        return Stream.of(MainMetrics.values())
                .map(chart -> new TrendChart(chart, lines(chart, names, points)))
                .filter(chart -> !chart.lines.isEmpty())
                .toList();
    }

    /** The names of all metrics that any of these builds has, in their order. */
    static Set<String> names(List<TrendPoint> points) {
        Set<String> names = new TreeSet<>();
        points.forEach(point -> names.addAll(point.metrics().keySet()));
        return names;
    }

    private static List<Line> lines(MainMetrics chart, Set<String> names, List<TrendPoint> points) {
        return names.stream()
                .filter(chart::has)
                .sorted(Comparator.comparingInt((String name) -> place(chart, name))
                        .thenComparing(TrendChart::subject)
                        .thenComparing(Comparator.reverseOrder()))
                .map(name -> new Line(name, points))
                .toList();
    }

    /** What the line is of, be it measured or estimated. */
    private static String subject(String metric) {
        return WatchedMetric.of(metric).map(WatchedMetric::name).orElse(metric);
    }

    /** The chart names the most telling metrics first, an estimate beside its metric. */
    private static int place(MainMetrics chart, String metric) {
        int place = chart.metrics().indexOf(subject(metric));
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
            case WATCHED -> Messages.TrendChart_watched();
            case WATCHED_ERROR -> Messages.TrendChart_watchedError();
            case WATCHED_LOSS -> Messages.TrendChart_watchedLoss();
            case SERVICE_LATENCY -> Messages.TrendChart_serviceLatency();
            case SERVICE_ERRORS -> Messages.TrendChart_serviceErrors();
            case SERVICE_LOAD -> Messages.TrendChart_serviceLoad();
            case LATENCY -> Messages.TrendChart_latency();
            case SIZE -> Messages.TrendChart_size();
        };
    }

    /** Whether retrainings and deployments are marked in it. */
    @Exported
    public boolean isMarked() {
        return metrics.tellsOfTheModel();
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

        /** What people are told: the metric's name, and whether it is an estimate. */
        @Exported
        public String getTitle() {
            return WatchedMetric.of(metric)
                    .map(found -> found.estimated()
                            ? Messages.TrendChart_estimated(found.name())
                            : Messages.TrendChart_measured(found.name()))
                    .orElse(metric);
        }

        /** What it is of, be it measured or estimated. */
        @Exported
        public String getSubject() {
            return subject(metric);
        }

        /** Whether the values are estimates without labels. */
        @Exported
        public boolean isEstimated() {
            return WatchedMetric.of(metric).filter(WatchedMetric::estimated).isPresent();
        }

        /** A value for each build; null where the build has none. */
        @Exported
        public List<Double> getValues() {
            return values(measured -> OptionalDouble.of(measured.value()));
        }

        /** The lower limit of each value's confidence interval; null where there is none. */
        @Exported
        public List<Double> getLower() {
            return values(Measured::lower);
        }

        /** The upper limit of each value's confidence interval; null where there is none. */
        @Exported
        public List<Double> getUpper() {
            return values(Measured::upper);
        }

        private List<Double> values(Function<Measured, OptionalDouble> of) {
            List<Double> values = new ArrayList<>(points.size());
            for (TrendPoint point : points) {
                Measured measured = point.metrics().get(metric);
                OptionalDouble value = measured == null ? OptionalDouble.empty() : of.apply(measured);
                values.add(value.isPresent() ? Double.valueOf(value.getAsDouble()) : null);
            }
            return values;
        }
    }
}
