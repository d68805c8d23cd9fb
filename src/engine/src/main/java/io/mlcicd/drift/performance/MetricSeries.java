package io.mlcicd.drift.performance;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A metric over time.
 *
 * @param metric its name, as an evaluation has it
 * @param estimated whether it was estimated without labels, and not measured
 * @param higherIsBetter which way is better; empty where neither is, so that nothing raises an alarm
 * @param limits what alarms are held against; empty where there are none
 * @param latest its value in the latest complete window that is large enough, else over all rows
 * @param latestWindow that window's index
 * @param accepted the accepted model's
 * @param change the latest minus the accepted model's
 * @param points its values, in the order of time
 * @param sentence the finding in words, with numbers
 */
public record MetricSeries(
        String metric,
        boolean estimated,
        Optional<Boolean> higherIsBetter,
        Optional<ControlLimits> limits,
        OptionalDouble latest,
        OptionalInt latestWindow,
        OptionalDouble accepted,
        OptionalDouble change,
        List<SeriesPoint> points,
        String sentence) {

    public MetricSeries {
        points = List.copyOf(points);
    }

    /** How many of its windows raise an alarm. */
    long alarms() {
        return points.stream().filter(SeriesPoint::alarm).count();
    }

    /** Whether its latest window raises an alarm. */
    boolean alarmsNow() {
        return points.stream()
                .anyMatch(point ->
                        point.alarm() && latestWindow.isPresent() && point.window() == latestWindow.getAsInt());
    }
}
