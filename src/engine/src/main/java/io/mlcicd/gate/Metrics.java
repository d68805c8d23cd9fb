package io.mlcicd.gate;

import java.util.Map;

/**
 * The metrics that gates are held against.
 *
 * @param overall metric name to value, over the whole data set
 * @param slices slice column to slice value to metric name to value
 */
public record Metrics(Map<String, Double> overall, Map<String, Map<String, Map<String, Double>>> slices) {

    /** Metrics of a data set that was not sliced. */
    public static Metrics of(Map<String, Double> overall) {
        return new Metrics(overall, Map.of());
    }
}
