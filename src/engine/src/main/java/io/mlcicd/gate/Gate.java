package io.mlcicd.gate;

import java.util.Optional;

/**
 * A bound on one metric; the one thing in ml-cicd that decides.
 *
 * @param metric the metric's name, such as {@code accuracy}, {@code drift.share} or {@code temp_max.psi}
 * @param comparison how the metric is held against the threshold
 * @param threshold the bound, inclusive, in the metric's own unit; finite
 * @param criticality what it means when the gate fails
 * @param slice the column whose every value must satisfy the bound, each on its own; empty for the whole data set
 * @param bound the limit of the metric's (or of its change's) confidence interval that is held against the threshold;
 *     empty for the value itself
 */
public record Gate(
        String metric,
        Comparison comparison,
        double threshold,
        Criticality criticality,
        Optional<String> slice,
        Optional<Bound> bound) {

    public Gate {
        if (metric.isBlank()) {
            throw new IllegalArgumentException("a gate needs a metric");
        }
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("the threshold of gate '" + metric + "' must be a finite number");
        }
    }

    /** A gate on values themselves. */
    public Gate(
            String metric, Comparison comparison, double threshold, Criticality criticality, Optional<String> slice) {
        this(metric, comparison, threshold, criticality, slice, Optional.empty());
    }

    /** A gate on the whole data set with criticality FAILURE. */
    public static Gate of(String metric, Comparison comparison, double threshold) {
        return new Gate(metric, comparison, threshold, Criticality.FAILURE, Optional.empty());
    }
}
