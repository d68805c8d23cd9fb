package io.mlcicd.drift.performance;

import java.util.Optional;

/**
 * What a sequential detector found.
 *
 * @param name the method
 * @param metric what it hears: a metric by window, or {@link DetectorSpec#ROW_ERRORS}
 * @param state what it must remember; empty while it has heard nothing
 * @param drift whether there was a change for the worse in the windows that it heard in this run; when there were no new
 *     ones, as it was said before
 * @param warning whether a change is near at the end of what it heard
 * @param since where the window begins in which it last found a change for the worse, in this run or before
 * @param message the finding in words
 */
public record DetectorFinding(
        DetectorMethod name,
        String metric,
        Optional<DetectorMemory> state,
        boolean drift,
        boolean warning,
        Optional<Position> since,
        String message) {}
