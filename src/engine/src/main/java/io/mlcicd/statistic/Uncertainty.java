package io.mlcicd.statistic;

/** How far an estimate may be from the truth, at any confidence that is asked for. */
public interface Uncertainty {

    /**
     * The two-sided confidence interval.
     *
     * @param confidence the share of samples whose interval covers the truth, above 0 and below 1, such as 0.95
     */
    Interval interval(double confidence);

    /** How the interval is found, as reports name it: {@code wilson}, {@code delong}, {@code bootstrap} ... */
    String method();
}
