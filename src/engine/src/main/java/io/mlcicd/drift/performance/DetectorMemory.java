package io.mlcicd.drift.performance;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that a detector must remember to go on in the next run.
 *
 * @param detector what it knows
 * @param limits of a metric: the control limits by which values are put on one scale, as they were when it began
 * @param unit of rows: the error that counts as 1
 * @param through the end of the last window that it heard; earlier ones are not heard again
 * @param changes where the last windows began in which it found a change for the worse, newest last
 */
public record DetectorMemory(
        DetectorState detector,
        Optional<ControlLimits> limits,
        OptionalDouble unit,
        Position through,
        List<Position> changes) {

    public DetectorMemory {
        changes = List.copyOf(changes);
    }
}
