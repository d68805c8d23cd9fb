package io.mlcicd.drift.performance;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.mlcicd.lineage.Artifact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a performance watch found.
 *
 * @param inputs the files that were read, by content
 * @param data the watched file, as the user named it
 * @param rows number of its rows that have a place in time
 * @param labelled number of those with a label
 * @param window how long windows are, as {@link WindowLength#of} reads it
 * @param windows those with rows, in the order of time
 * @param series measured metrics, then estimated ones
 * @param detectors what detectors found, and what they must remember for the next run
 * @param notes what to mind
 */
public record PerformanceFindings(
        List<Artifact> inputs,
        String data,
        long rows,
        long labelled,
        String window,
        List<WatchedWindow> windows,
        List<MetricSeries> series,
        List<DetectorFinding> detectors,
        List<String> notes) {

    public PerformanceFindings {
        inputs = List.copyOf(inputs);
        windows = List.copyOf(windows);
        series = List.copyOf(series);
        detectors = List.copyOf(detectors);
        notes = List.copyOf(notes);
    }

    /**
     * The numbers that gates can name. Of each measured metric {@code performance.<metric>}, in the latest complete window
     * that is large enough, else over all rows, and {@code performance.<metric>.change} against the accepted model; {@code
     * performance.windows}, of which metrics were held against limits; {@code performance.alarms}, alarms in all windows,
     * and {@code performance.latestAlarms}, in the latest; {@code performance.labelled}, the share of rows with a label; so
     * too {@code estimated.<metric>}, {@code estimated.<metric>.change}, {@code estimated.windows}, {@code
     * estimated.alarms} and {@code estimated.latestAlarms}. {@code performance.drifts} and {@code performance.warnings}
     * count the detectors that found a change or warn of one.
     */
    @JsonIgnore
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("performance.labelled", rows > 0 ? (double) labelled / rows : 0);
        side(metrics, "performance", false);
        side(metrics, "estimated", true);
        if (!detectors.isEmpty()) {
            metrics.put("performance.drifts", (double)
                    detectors.stream().filter(DetectorFinding::drift).count());
            metrics.put("performance.warnings", (double)
                    detectors.stream().filter(DetectorFinding::warning).count());
        }
        return metrics;
    }

    /** What raises an alarm now, with a sentence: metrics beyond their limits, and detectors that found a change. */
    public Map<String, String> alarms() {
        Map<String, String> alarms = new LinkedHashMap<>();
        series.stream()
                .filter(MetricSeries::alarmsNow)
                .forEach(each -> alarms.put((each.estimated() ? "estimated." : "") + each.metric(), each.sentence()));
        detectors.stream()
                .filter(DetectorFinding::drift)
                .forEach(each -> alarms.put(each.name().key() + "." + each.metric(), each.message()));
        return alarms;
    }

    private void side(Map<String, Double> metrics, String prefix, boolean estimated) {
        List<MetricSeries> own =
                series.stream().filter(each -> each.estimated() == estimated).toList();
        if (own.isEmpty()) {
            return;
        }
        for (MetricSeries each : own) {
            each.latest().ifPresent(value -> metrics.put(prefix + "." + each.metric(), value));
            each.change().ifPresent(value -> metrics.put(prefix + "." + each.metric() + ".change", value));
        }
        metrics.put(prefix + ".windows", (double) own.stream()
                .flatMap(each -> each.points().stream())
                .filter(point -> point.lowerLimit().isPresent())
                .mapToInt(SeriesPoint::window)
                .distinct()
                .count());
        metrics.put(prefix + ".alarms", (double)
                own.stream().mapToLong(MetricSeries::alarms).sum());
        metrics.put(prefix + ".latestAlarms", (double)
                own.stream().filter(MetricSeries::alarmsNow).count());
    }
}
