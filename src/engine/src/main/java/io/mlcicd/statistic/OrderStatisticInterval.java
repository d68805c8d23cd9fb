package io.mlcicd.statistic;

import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The uncertainty of a quantile between two of the sorted values, whatever the distribution they come from, since the number
 * of values below the true quantile is binomial (G. J. Hahn and W. Q. Meeker, Statistical Intervals, 1991, section 5.2; H.
 * A. David and H. N. Nagaraja, Order Statistics, 2003, section 7.1), as in scipy's {@code
 * quantile_test(...).confidence_interval}. Conservative: each limit fails at most half as often as the confidence allows.
 */
public final class OrderStatisticInterval implements Uncertainty {

    private final BinomialDistribution below;
    private final IntToDoubleFunction valueOfRank;

    private OrderStatisticInterval(BinomialDistribution below, IntToDoubleFunction valueOfRank) {
        this.below = below;
        this.valueOfRank = valueOfRank;
    }

    /**
     * The uncertainty of a quantile of independent values.
     *
     * @param size number of values, 1 or more
     * @param level of the quantile, above 0 and below 1, such as 0.5 for the median
     * @param confidence the greatest that will be asked for, above 0 and below 1
     * @param valueOfRank the value of a rank, from 1 for the least value to the size for the greatest
     * @return empty when even all the values are too few for an interval of that confidence
     */
    public static Optional<OrderStatisticInterval> of(
            int size, double level, double confidence, IntToDoubleFunction valueOfRank) {
        if (size < 1 || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the quantile of level " + level + " of " + size + " values");
        }
        OrderStatisticInterval interval = new OrderStatisticInterval(BinomialDistribution.of(size, level), valueOfRank);
        return interval.lowerRank(confidence) >= 1 && interval.upperRank(confidence) <= size
                ? Optional.of(interval)
                : Optional.empty();
    }

    /** The rank of the lower limit; 0 when there is none. */
    private int lowerRank(double confidence) {
        return below.inverseCumulativeProbability(tail(confidence));
    }

    /** The rank of the upper limit; beyond the size when there is none. */
    private int upperRank(double confidence) {
        return below.inverseSurvivalProbability(tail(confidence)) + 1;
    }

    private static double tail(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence of " + confidence);
        }
        return (1 - confidence) / 2;
    }

    /**
     * The interval.
     *
     * @throws IllegalArgumentException when there are too few values for a confidence above the one it was made for
     */
    @Override
    public Interval interval(double confidence) {
        int lower = lowerRank(confidence);
        int upper = upperRank(confidence);
        if (lower < 1 || upper > below.getNumberOfTrials()) {
            throw new IllegalArgumentException("too few values for a confidence of " + confidence);
        }
        return new Interval(valueOfRank.applyAsDouble(lower), valueOfRank.applyAsDouble(upper));
    }

    @Override
    public String method() {
        return "orderStatistics";
    }
}
