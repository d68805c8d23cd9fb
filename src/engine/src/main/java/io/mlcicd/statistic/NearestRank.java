package io.mlcicd.statistic;

/**
 * The nearest-rank percentile: the least value that so many of the values do not exceed. Source: R. J. Hyndman and Y. Fan,
 * The American Statistician 50, 1996, definition 1.
 */
public final class NearestRank {

    private NearestRank() {}

    /**
     * The percentile of sorted values.
     *
     * @param sorted at least one value, ascending
     * @param level above 0, at most 1
     */
    public static double of(double[] sorted, double level) {
        return sorted[(int) Math.ceil(level * sorted.length) - 1];
    }
}
