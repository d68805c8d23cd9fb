package io.mlcicd.statistic;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The uncertainty of an estimate whose standard error is itself estimated from few values, by Student's distribution
 * (Student, "The probable error of a mean", Biometrika 6, 1908).
 *
 * @param value the estimate
 * @param standardError in the estimate's unit, 0 or more
 * @param degreesOfFreedom above 0
 * @param method how the standard error was found
 */
public record StudentError(double value, double standardError, double degreesOfFreedom, String method)
        implements Uncertainty {

    @Override
    public Interval interval(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence of " + confidence);
        }
        double half =
                TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - confidence) / 2) * standardError;
        return new Interval(value - half, value + half);
    }
}
