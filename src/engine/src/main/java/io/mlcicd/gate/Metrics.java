package io.mlcicd.gate;

import java.util.Map;
import java.util.Optional;

/**
 * The metrics that gates are held against.
 *
 * @param overall metrics over the whole data set
 * @param slices slice column to slice value to metrics
 */
public record Metrics(Group overall, Map<String, Map<String, Group>> slices) {

    /**
     * Metrics of the same rows.
     *
     * @param values metric name to value
     * @param limits metric name, dot and {@link Bound} to the limit of the metric's confidence interval; a metric without
     *     an interval has none
     * @param changes metric name, dot and {@link Bound} to the limit of the interval of the metric's change against the
     *     champion
     */
    public record Group(Map<String, Double> values, Map<String, Double> limits, Map<String, Double> changes) {

        /** Values without intervals. */
        public static Group of(Map<String, Double> values) {
            return new Group(values, Map.of(), Map.of());
        }

        Optional<Double> limit(Gate gate) {
            Map<String, Double> from = gate.comparison().againstChampion() ? changes : limits;
            return gate.bound().map(bound -> from.get(bound.nameOf(gate.metric())));
        }
    }

    /** Metrics of a data set that was not sliced. */
    public static Metrics of(Map<String, Double> overall) {
        return new Metrics(Group.of(overall), Map.of());
    }

    /** The name under which a group holds the limit of that metric. */
    public static String limitName(String metric, Bound bound) {
        return bound.nameOf(metric);
    }
}
