package io.jenkins.plugins.mlcicd.trend;

import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.mlcicd.history.BuildEntry;
import io.jenkins.plugins.mlcicd.history.Measured;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * What charts are drawn from: builds and lines of values, to seven digits, without the limits of intervals where there are
 * none. A request names the charts that it wants by {@code charts}, single metrics by {@code metric}, and the number of
 * builds by {@code builds}.
 */
final class TrendSeries {

    private static final int MOST_METRICS = 30;
    private static final int MOST_DIGITS = 6;

    private final List<TrendPoint> points;
    private final Set<String> charts;
    private final Set<String> metrics;

    private TrendSeries(List<TrendPoint> points, Set<String> charts, Set<String> metrics) {
        this.points = points;
        this.charts = charts;
        this.metrics = metrics;
    }

    /** What that request asks for. */
    static TrendSeries of(StaplerRequest2 request, IntFunction<List<BuildEntry>> newest) {
        List<TrendPoint> points = newest.apply(builds(request.getParameter("builds"))).stream()
                .map(TrendPoint::new)
                .toList();
        String charts = request.getParameter("charts");
        String[] metrics = request.getParameterValues("metric");
        return new TrendSeries(
                points,
                charts == null ? Set.of() : Set.copyOf(Arrays.asList(charts.split(" ", -1))),
                metrics == null
                        ? Set.of()
                        : new LinkedHashSet<>(
                                Arrays.asList(metrics).subList(0, Math.min(MOST_METRICS, metrics.length))));
    }

    private static int builds(String asked) {
        boolean number = asked != null && asked.matches("[1-9][0-9]*") && asked.length() <= MOST_DIGITS;
        return number ? Math.min(ModelTrendAction.SHOWN, Integer.parseInt(asked)) : ModelTrendAction.SHOWN;
    }

    void write(OutputStream out) throws IOException {
        try (JsonGenerator json = Json.mapper().getFactory().createGenerator(out)) {
            json.writeStartObject();
            builds(json);
            json.writeArrayFieldStart("charts");
            if (metrics.isEmpty()) {
                for (TrendChart chart : TrendChart.of(points)) {
                    if (charts.isEmpty() || charts.contains(chart.getId())) {
                        chart(json, chart.getId(), chart.getTitle(), chart.isMarked(), chart.getLines());
                    }
                }
            }
            Set<String> names = TrendChart.names(points);
            for (String metric : metrics) {
                if (names.contains(metric)) {
                    TrendChart.Line line = new TrendChart.Line(metric, points);
                    chart(json, metric, line.getTitle(), true, List.of(line));
                }
            }
            json.writeEndArray();
            json.writeArrayFieldStart("metrics");
            for (String name : names) {
                json.writeString(name);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void builds(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("builds");
        for (TrendPoint point : points) {
            json.writeStartObject();
            json.writeNumberField("number", point.getNumber());
            json.writeStringField("displayName", point.getDisplayName());
            if (point.getRetraining() != null) {
                json.writeStringField("retraining", point.getRetraining());
            }
            if (point.isDeployed()) {
                json.writeBooleanField("deployed", true);
                json.writeArrayFieldStart("deployedTo");
                for (String place : point.getDeployedTo()) {
                    json.writeString(place);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void chart(JsonGenerator json, String id, String title, boolean marked, List<TrendChart.Line> lines)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("title", title);
        json.writeBooleanField("marked", marked);
        json.writeArrayFieldStart("lines");
        for (TrendChart.Line line : lines) {
            json.writeStartObject();
            json.writeStringField("metric", line.getMetric());
            json.writeStringField("title", line.getTitle());
            json.writeStringField("subject", line.getSubject());
            json.writeBooleanField("estimated", line.isEstimated());
            values(json, "values", line.getMetric(), Measured::value);
            boolean limited = points.stream()
                    .map(point -> point.metrics().get(line.getMetric()))
                    .anyMatch(measured -> measured != null && measured.lower().isPresent());
            if (limited) {
                values(
                        json,
                        "lower",
                        line.getMetric(),
                        measured -> measured.lower().orElse(Double.NaN));
                values(
                        json,
                        "upper",
                        line.getMetric(),
                        measured -> measured.upper().orElse(Double.NaN));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void values(JsonGenerator json, String name, String metric, Function<Measured, Double> of)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (TrendPoint point : points) {
            Measured measured = point.metrics().get(metric);
            double value = measured == null ? Double.NaN : of.apply(measured);
            if (Double.isNaN(value)) {
                json.writeNull();
            } else if (value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE) {
                json.writeNumber((long) value);
            } else {
                json.writeNumber((float) value);
            }
        }
        json.writeEndArray();
    }
}
