package io.mlcicd.evaluation;

import io.mlcicd.data.Row;
import io.mlcicd.statistic.FisherTest;
import io.mlcicd.statistic.WelchTest;
import java.util.List;

/**
 * What tests need to know of the losses of some rows.
 *
 * @param rows how many there are
 * @param weight the sum of their weights
 * @param squaredWeights the sum of their squared weights
 * @param sum the weighted sum of their losses
 * @param squares the weighted sum of their squared losses
 */
record LossMoments(long rows, double weight, double squaredWeights, double sum, double squares) {

    static final LossMoments NONE = new LossMoments(0, 0, 0, 0, 0);

    /** The exact test counts no further than this; the rest of so many rows adds nothing. */
    private static final double MOST_COUNTED = 1e9;

    /** Differences that are smaller, as a share of the losses, come from rounding. */
    private static final double ROUNDING = 1e-9;

    /** The aggregates, in SQL, of rows with a {@code loss} and a {@code weight}. */
    static final String AGGREGATES = "COUNT(*) AS n, SUM(weight) AS w, SUM(weight * weight) AS ww,"
            + " SUM(weight * loss) AS s, SUM(weight * loss * loss) AS ss";

    static LossMoments of(Row row) {
        return new LossMoments(
                row.count("n"), number(row, "w"), number(row, "ww"), number(row, "s"), number(row, "ss"));
    }

    private static double number(Row row, String name) {
        return row.number(name).orElse(0);
    }

    static LossMoments sum(List<LossMoments> all) {
        return all.stream().reduce(NONE, LossMoments::plus);
    }

    LossMoments plus(LossMoments other) {
        return new LossMoments(
                rows + other.rows,
                weight + other.weight,
                squaredWeights + other.squaredWeights,
                sum + other.sum,
                squares + other.squares);
    }

    LossMoments minus(LossMoments part) {
        return new LossMoments(
                rows - part.rows,
                weight - part.weight,
                squaredWeights - part.squaredWeights,
                sum - part.sum,
                squares - part.squares);
    }

    double mean() {
        return sum / weight;
    }

    /** Kish's effective number of rows. */
    double effectiveRows() {
        return weight * weight / squaredWeights;
    }

    /** The variance of a loss, by the sample as an estimate of where it comes from. */
    double variance() {
        double n = effectiveRows();
        return n > 1 ? Math.max(0, squares / weight - mean() * mean()) * n / (n - 1) : 0;
    }

    /**
     * The one-sided p-value that these losses are not greater than the others': of losses that are 1 or 0 by Fisher's exact
     * test, of weighted ones with effective numbers; else by Welch's, which errs on the safe side for losses with a long tail
     * upwards. 1 where nothing can be told.
     *
     * @param wrongOrRight whether a loss is 1 or 0
     */
    double notGreater(LossMoments others, boolean wrongOrRight) {
        if (rows == 0 || others.rows == 0 || !(mean() > others.mean())) {
            return 1;
        }
        return wrongOrRight ? fisher(others) : welch(others);
    }

    private double fisher(LossMoments others) {
        double scale = Math.min(1, MOST_COUNTED / (effectiveRows() + others.effectiveRows()));
        int size = (int) Math.rint(effectiveRows() * scale);
        int otherSize = (int) Math.rint(others.effectiveRows() * scale);
        // Effective numbers are no whole ones; they are rounded so that the difference does not grow.
        int found = (int) Math.floor(Math.min(1, mean()) * size + ROUNDING * size);
        int otherFound = (int) Math.ceil(Math.max(0, others.mean()) * otherSize - ROUNDING * otherSize);
        return FisherTest.greater(found, size, Math.min(otherFound, otherSize), otherSize);
    }

    private double welch(LossMoments others) {
        double difference = mean() - others.mean();
        double scale = Math.sqrt(squares / weight) + Math.sqrt(others.squares / others.weight);
        return effectiveRows() <= 1 || others.effectiveRows() <= 1 || difference <= ROUNDING * scale
                ? 1
                : WelchTest.of(sample(), others.sample()).pValueGreater();
    }

    private WelchTest.Moments sample() {
        return new WelchTest.Moments(effectiveRows(), mean(), variance());
    }
}
