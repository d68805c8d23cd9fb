package io.mlcicd.drift.performance;

import java.util.Optional;

/**
 * A detector that is wanted.
 *
 * @param method how it finds a change
 * @param metric the metric whose values per window it hears; empty for the errors of single rows: 0 or 1 of a class, the
 *     absolute error of a number
 */
public record DetectorSpec(DetectorMethod method, Optional<String> metric) {

    /** What findings call the errors of single rows. */
    public static final String ROW_ERRORS = "rowErrors";

    /** A detector that hears the errors of single rows. */
    public static DetectorSpec ofRows(DetectorMethod method) {
        return new DetectorSpec(method, Optional.empty());
    }

    /** A detector that hears a metric's values per window. */
    public static DetectorSpec ofWindows(DetectorMethod method, String metric) {
        return new DetectorSpec(method, Optional.of(metric));
    }

    /** What it hears: a metric's name, or {@link #ROW_ERRORS}. */
    String hears() {
        return metric.orElse(ROW_ERRORS);
    }
}
