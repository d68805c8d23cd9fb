package io.mlcicd.deployment.strategy;

import java.util.Map;

/**
 * What a stage of a strategy saw, and how it ended.
 *
 * @param share of the requests that went to the new release, 0 to 1; 0 for copies only
 * @param seconds how long it lasted
 * @param outcome {@code passed}, {@code failed}, {@code quiet} when too few requests came, or {@code skipped}
 * @param message why, in a sentence with the numbers
 * @param figures the live metrics at its end
 */
public record StageReport(double share, double seconds, String outcome, String message, Map<String, Double> figures) {

    public StageReport {
        figures = Map.copyOf(figures);
    }
}
