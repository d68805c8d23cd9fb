package io.mlcicd.statistic;

import java.util.function.IntToDoubleFunction;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The test of F. X. Diebold and R. S. Mariano (Journal of Business and Economic Statistics 13, 1995) of whether two
 * forecasts lose equally much, with the correction for small samples of D. Harvey, S. Leybourne and P. Newbold
 * (International Journal of Forecasting 13, 1997). A forecast h steps ahead errs alike at up to h - 1 steps' distance; so
 * the long-run variance takes in as many autocovariances, each in full (the rectangular window of the papers). Should these
 * sum to 0 or less, which a variance cannot be, they are left out, as if the horizon were 1. At a horizon of 1 the test is
 * the paired t-test, scipy's {@code ttest_rel}.
 *
 * @param meanDifference mean loss of the first minus that of the second
 * @param standardError of the mean difference, with the correction; 0 when the difference never varies
 * @param size number of forecasts
 */
public record DieboldMariano(double meanDifference, double standardError, long size) {

    /**
     * The test.
     *
     * @param size number of forecasts, in the order of time; 2 or more
     * @param difference the loss of the first minus that of the second, of the forecast of that index; finite
     * @param horizon how many steps ahead forecasts are, 1 or more and below the size
     * @throws IllegalArgumentException when there are too few forecasts for the horizon
     */
    public static DieboldMariano of(int size, IntToDoubleFunction difference, int horizon) {
        if (horizon < 1 || size <= horizon) {
            throw new IllegalArgumentException(size + " forecasts of horizon " + horizon);
        }
        WeightedMean differences = new WeightedMean();
        for (int i = 0; i < size; i++) {
            differences.add(difference.applyAsDouble(i), 1);
        }
        double mean = differences.value();
        double variance = differences.variance();
        for (int lag = 1; lag < horizon && differences.variance() > 0; lag++) {
            variance += 2 * autocovariance(size, difference, mean, lag);
        }
        boolean usable = variance > 0;
        double longRun = usable ? variance : differences.variance();
        double error = Math.sqrt(longRun / size) / correction(size, usable ? horizon : 1);
        return new DieboldMariano(mean, error, size);
    }

    /**
     * The test at a horizon of 1, where the order of the forecasts does not matter.
     *
     * @param size number of forecasts, 2 or more
     * @param mean of the differences of losses
     * @param variance of them, divided by their number, 0 or more
     * @throws IllegalArgumentException when there are too few forecasts
     */
    public static DieboldMariano of(long size, double mean, double variance) {
        if (size < 2) {
            throw new IllegalArgumentException(size + " forecasts");
        }
        return new DieboldMariano(mean, Math.sqrt(variance / (double) size) / correction((double) size, 1), size);
    }

    private static double autocovariance(int size, IntToDoubleFunction difference, double mean, int lag) {
        double sum = 0;
        for (int i = lag; i < size; i++) {
            sum += (difference.applyAsDouble(i) - mean) * (difference.applyAsDouble(i - lag) - mean);
        }
        return sum / size;
    }

    /** The factor of Harvey, Leybourne and Newbold; above 0 while the size is above the horizon. */
    private static double correction(double n, double h) {
        return Math.sqrt((n + 1 - 2 * h + h * (h - 1) / n) / n);
    }

    /** Positive when the first loses more; infinite when the difference never varies and is not 0. */
    public double statistic() {
        return meanDifference == 0 ? 0 : meanDifference / standardError;
    }

    /** Two-sided, by Student's distribution with n - 1 degrees of freedom. */
    public double pValue() {
        return Double.isInfinite(statistic())
                ? 0
                : Math.min(1, 2 * TDistribution.of(size - 1.0).survivalProbability(Math.abs(statistic())));
    }

    /** The uncertainty of the mean difference. */
    public StudentError uncertainty() {
        return new StudentError(meanDifference, standardError, size - 1.0, "dieboldMariano");
    }
}
