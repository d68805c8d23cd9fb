package io.mlcicd.drift.performance;

import io.mlcicd.document.Figures;
import io.mlcicd.evaluation.metric.MetricDirection;
import io.mlcicd.statistic.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;

/**
 * Puts together a metric's values over time and holds them against its control limits.
 *
 * @param windows all windows
 * @param mute why a window raises no alarm, by index; those that are not named may
 * @param size how many rows of a window count
 * @param estimated whether values are estimates
 * @param baselineWindows without other limits, how many of the first windows make them
 */
record SeriesBuilder(
        List<WatchedWindow> windows,
        Map<Integer, String> mute,
        ToLongFunction<WatchedWindow> size,
        boolean estimated,
        int baselineWindows) {

    /**
     * The series of a metric.
     *
     * @param values by window
     * @param whole over all rows
     * @param known limits that are known beforehand
     * @param accepted the accepted model's value
     */
    MetricSeries of(
            String metric,
            Map<Integer, EstimatedValue> values,
            Optional<EstimatedValue> whole,
            Optional<ControlLimits> known,
            OptionalDouble accepted) {
        List<WatchedWindow> judged = windows.stream()
                .filter(window -> values.containsKey(window.index()) && !mute.containsKey(window.index()))
                .toList();
        Optional<ControlLimits> limits = known;
        int baseline = 0;
        if (known.isEmpty() && !estimated && judged.size() > baselineWindows) {
            baseline = baselineWindows;
            List<WatchedWindow> first = judged.subList(0, baseline);
            limits = ControlLimits.of(
                    first.stream()
                            .map(window -> values.get(window.index()).value())
                            .toList(),
                    ControlLimits.Source.WINDOWS,
                    first.stream().mapToLong(size).average().orElseThrow(),
                    false);
        }
        int before = baseline > 0 ? judged.get(baseline - 1).index() : -1;
        List<SeriesPoint> points = new ArrayList<>();
        for (WatchedWindow window : windows) {
            if (values.containsKey(window.index())) {
                points.add(point(metric, window, values.get(window.index()), limits, window.index() <= before));
            }
        }
        Optional<WatchedWindow> last = judged.isEmpty() ? Optional.empty() : Optional.of(judged.get(judged.size() - 1));
        OptionalDouble latest = last.map(window -> values.get(window.index()))
                .or(() -> whole)
                .map(value -> OptionalDouble.of(value.value()))
                .orElse(OptionalDouble.empty());
        OptionalDouble change = latest.isPresent() && accepted.isPresent()
                ? OptionalDouble.of(latest.getAsDouble() - accepted.getAsDouble())
                : OptionalDouble.empty();
        return new MetricSeries(
                metric,
                estimated,
                MetricDirection.higherIsBetter(metric),
                limits,
                latest,
                last.map(window -> OptionalInt.of(window.index())).orElse(OptionalInt.empty()),
                accepted,
                change,
                points,
                sentence(metric, points, last, latest, accepted, limits));
    }

    private SeriesPoint point(
            String metric,
            WatchedWindow window,
            EstimatedValue value,
            Optional<ControlLimits> limits,
            boolean inBaseline) {
        Optional<Interval> bounds =
                limits.map(all -> all.at((double) size.applyAsLong(window), MetricRange.of(metric)));
        Optional<Boolean> higher = MetricDirection.higherIsBetter(metric);
        boolean below = bounds.isPresent() && value.value() < bounds.get().lower();
        boolean above = bounds.isPresent() && value.value() > bounds.get().upper();
        boolean worse = higher.isPresent() && (higher.get() ? below : above);
        boolean muted = mute.containsKey(window.index()) || inBaseline;
        Optional<String> note = Optional.ofNullable(mute.get(window.index()))
                .or(() -> inBaseline ? Optional.of("one of the windows that make the limits") : Optional.empty())
                .or(() -> (below || above) && !worse
                        ? Optional.of(higher.isPresent() ? "better than the limits" : "beyond the limits")
                        : Optional.empty());
        return new SeriesPoint(
                window.index(),
                value.value(),
                bound(value.interval().map(Interval::lower)),
                bound(value.interval().map(Interval::upper)),
                bound(muted && !inBaseline ? Optional.empty() : bounds.map(Interval::lower)),
                bound(muted && !inBaseline ? Optional.empty() : bounds.map(Interval::upper)),
                worse && !muted,
                note);
    }

    private static OptionalDouble bound(Optional<Double> value) {
        return value.isPresent() && Double.isFinite(value.get())
                ? OptionalDouble.of(value.get())
                : OptionalDouble.empty();
    }

    private String sentence(
            String metric,
            List<SeriesPoint> points,
            Optional<WatchedWindow> last,
            OptionalDouble latest,
            OptionalDouble accepted,
            Optional<ControlLimits> limits) {
        if (latest.isEmpty()) {
            return "%s is not known in any window".formatted(metric);
        }
        StringBuilder sentence = new StringBuilder("%s is %s%s %s"
                .formatted(
                        metric,
                        estimated ? "estimated, without labels, at " : "",
                        Figures.number(latest.getAsDouble()),
                        last.map(window -> "in " + window.label()).orElse("over all rows")));
        accepted.ifPresent(
                value -> sentence.append(", where the accepted model had ").append(Figures.number(value)));
        long alarms = points.stream().filter(SeriesPoint::alarm).count();
        if (limits.isEmpty()) {
            sentence.append("; there are no control limits to hold it against");
        } else {
            List<String> where = points.stream()
                    .filter(SeriesPoint::alarm)
                    .map(point -> label(point.window()))
                    .toList();
            sentence.append(
                    alarms == 0
                            ? "; no window is beyond its control limit"
                            : "; beyond its control limit in %s: %s%s"
                                    .formatted(
                                            Wording.count(alarms, "window"),
                                            String.join(", ", where.subList(0, Math.min(5, where.size()))),
                                            where.size() > 5 ? " and others" : ""));
        }
        return sentence.toString();
    }

    private String label(int index) {
        return windows.stream()
                .filter(window -> window.index() == index)
                .findFirst()
                .orElseThrow()
                .label();
    }
}
