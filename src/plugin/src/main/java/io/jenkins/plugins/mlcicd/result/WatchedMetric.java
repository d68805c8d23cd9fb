package io.jenkins.plugins.mlcicd.result;

import java.util.Optional;
import java.util.Set;

/**
 * A metric of the model in use, as a drift check's performance watch names it.
 *
 * @param name the metric's name, such as {@code accuracy}
 * @param estimated whether it was estimated without labels, not measured
 */
public record WatchedMetric(String name, boolean estimated) {

    private static final String MEASURED = "performance.";
    private static final String ESTIMATED = "estimated.";
    private static final Set<String> COUNTS =
            Set.of("labelled", "windows", "alarms", "latestAlarms", "drifts", "warnings");
    private static final String CHANGE = ".change";

    /** What the name stands for; empty when it is no watched metric, but counts something or compares. */
    public static Optional<WatchedMetric> of(String metric) {
        boolean estimated = metric.startsWith(ESTIMATED);
        if (!estimated && !metric.startsWith(MEASURED)) {
            return Optional.empty();
        }
        String name = metric.substring((estimated ? ESTIMATED : MEASURED).length());
        return COUNTS.contains(name) || name.endsWith(CHANGE)
                ? Optional.empty()
                : Optional.of(new WatchedMetric(name, estimated));
    }
}
