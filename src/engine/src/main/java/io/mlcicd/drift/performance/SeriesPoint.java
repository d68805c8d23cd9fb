package io.mlcicd.drift.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A metric in a window.
 *
 * @param window the window's index
 * @param value the metric, in its own unit
 * @param lower limits of its confidence interval, where there is one
 * @param lowerLimit the control limits of the window, where there are any
 * @param alarm whether it is beyond the limit on the side that is worse, in a window that may raise alarms
 * @param note what else there is to say
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SeriesPoint(
        int window,
        double value,
        OptionalDouble lower,
        OptionalDouble upper,
        OptionalDouble lowerLimit,
        OptionalDouble upperLimit,
        boolean alarm,
        Optional<String> note) {}
