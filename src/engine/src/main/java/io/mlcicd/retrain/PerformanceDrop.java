package io.mlcicd.retrain;

import java.util.OptionalDouble;

/**
 * How much worse than the accepted model's a metric may become before it calls for a new model.
 *
 * @param metric the metric's name, such as {@code accuracy}
 * @param drop the least absolute drop that counts, in the metric's own unit, above 0
 * @param relativeDrop the least drop that counts as a share of the accepted model's value, above 0
 * @param higherIsBetter whether more of the metric is better; if not, a rise is the drop
 */
public record PerformanceDrop(String metric, OptionalDouble drop, OptionalDouble relativeDrop, boolean higherIsBetter) {

    /** Refuses bounds that are not above 0, and none at all, with an {@link IllegalArgumentException}. */
    public PerformanceDrop {
        if (metric.isBlank()) {
            throw new IllegalArgumentException("a performance drop needs a metric, such as accuracy");
        }
        if (drop.isEmpty() && relativeDrop.isEmpty()) {
            throw new IllegalArgumentException(
                    "give a drop or a relativeDrop of '%s', or it can never ask for a new model".formatted(metric));
        }
        require(metric, "drop", drop);
        require(metric, "relativeDrop", relativeDrop);
    }

    private static void require(String metric, String key, OptionalDouble bound) {
        if (bound.isPresent() && !(bound.getAsDouble() > 0 && Double.isFinite(bound.getAsDouble()))) {
            throw new IllegalArgumentException("the %s of '%s' must be a number above 0".formatted(key, metric));
        }
    }

    /** How much worse {@code now} is; negative when it is better. */
    double worseBy(double now, double accepted) {
        return higherIsBetter ? accepted - now : now - accepted;
    }

    /** A drop by exactly the bound counts; so much is rounding. */
    private static final double ROUNDING = 1e-12;

    boolean reached(double now, double accepted) {
        double worse = worseBy(now, accepted);
        boolean absolute = drop.isPresent() && worse >= drop.getAsDouble() - ROUNDING;
        boolean relative = relativeDrop.isPresent()
                && worse > 0
                && worse >= (relativeDrop.getAsDouble() - ROUNDING) * Math.abs(accepted);
        return absolute || relative;
    }
}
