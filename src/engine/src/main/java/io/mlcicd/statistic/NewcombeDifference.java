package io.mlcicd.statistic;

/**
 * The uncertainty of the difference of two shares of independent samples, by the square-and-add limits of their score
 * intervals without continuity correction (R. G. Newcombe, "Interval estimation for the difference between independent
 * proportions: comparison of eleven methods", Statistics in Medicine 17, 1998, method 10).
 *
 * @param first the share that the second is taken from, with its size
 * @param second the other share
 */
public record NewcombeDifference(Wilson first, Wilson second) implements Uncertainty {

    @Override
    public Interval interval(double confidence) {
        double difference = first.share() - second.share();
        Interval one = first.interval(confidence);
        Interval other = second.interval(confidence);
        double below = Math.hypot(first.share() - one.lower(), other.upper() - second.share());
        double above = Math.hypot(one.upper() - first.share(), second.share() - other.lower());
        return new Interval(difference - below, difference + above).within(-1, 1);
    }

    @Override
    public String method() {
        return "newcombe";
    }
}
