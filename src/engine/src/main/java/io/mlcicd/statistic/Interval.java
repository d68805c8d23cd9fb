package io.mlcicd.statistic;

/**
 * A confidence interval.
 *
 * @param lower its lower limit, in the metric's own unit
 * @param upper its upper limit, at least the lower one
 */
public record Interval(double lower, double upper) {

    public Interval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("an interval from " + lower + " to " + upper);
        }
    }

    /** The interval cut to a range of possible values. */
    public Interval within(double least, double greatest) {
        return new Interval(Math.min(Math.max(lower, least), greatest), Math.max(Math.min(upper, greatest), least));
    }
}
