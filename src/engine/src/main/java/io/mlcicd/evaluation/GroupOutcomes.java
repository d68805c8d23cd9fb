package io.mlcicd.evaluation;

import io.mlcicd.evaluation.EvaluationDetails.FairnessGroup;
import io.mlcicd.statistic.PoissonWeights;
import java.util.OptionalDouble;

/** What became of a group's rows. */
final class GroupOutcomes {

    private static final int TRUE_NEGATIVE = 0;
    private static final int FALSE_POSITIVE = 1;
    private static final int FALSE_NEGATIVE = 2;
    private static final int TRUE_POSITIVE = 3;

    /** H. Jeffreys' prior for a share. */
    private static final double HALF_A_ROW = 0.5;

    private final String name;
    private final long rows;
    private final double[] counts;
    private final double[] units;

    /**
     * A group.
     *
     * @param counts the total weight of each outcome, in the order of {@link #TRUE_NEGATIVE} and so on
     * @param units of each outcome, the weight that one effective row has
     */
    private GroupOutcomes(String name, long rows, double[] counts, double[] units) {
        this.name = name;
        this.rows = rows;
        this.counts = counts;
        this.units = units;
    }

    /** A rate of the rows, 0 to 1; NaN where it is one of no rows. */
    enum Rate {
        SELECTION,
        TRUE_POSITIVES,
        FALSE_POSITIVES,
        ACCURACY
    }

    /**
     * The outcomes of a group.
     *
     * @param cells for each outcome the sum of weights and that of squared weights
     */
    static GroupOutcomes of(String name, long rows, double[][] cells) {
        double weights = 0;
        double squares = 0;
        for (double[] cell : cells) {
            weights += cell[0];
            squares += cell[1];
        }
        double[] counts = new double[cells.length];
        double[] units = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
            counts[i] = cells[i][0];
            units[i] = cells[i][0] > 0 ? cells[i][1] / cells[i][0] : weights > 0 ? squares / weights : 1;
        }
        return new GroupOutcomes(name, rows, counts, units);
    }

    String name() {
        return name;
    }

    double rate(Rate rate) {
        double negatives = counts[TRUE_NEGATIVE] + counts[FALSE_POSITIVE];
        double positives = counts[FALSE_NEGATIVE] + counts[TRUE_POSITIVE];
        return switch (rate) {
            case SELECTION -> (counts[FALSE_POSITIVE] + counts[TRUE_POSITIVE]) / (negatives + positives);
            case TRUE_POSITIVES -> counts[TRUE_POSITIVE] / positives;
            case FALSE_POSITIVES -> counts[FALSE_POSITIVE] / negatives;
            case ACCURACY -> (counts[TRUE_NEGATIVE] + counts[TRUE_POSITIVE]) / (negatives + positives);
        };
    }

    /**
     * The group that resamples are drawn from: half a row more of each outcome, lest an outcome that has not occurred be
     * taken for one that cannot.
     */
    GroupOutcomes smoothed() {
        double[] more = counts.clone();
        for (int i = 0; i < more.length; i++) {
            more[i] += HALF_A_ROW * units[i];
        }
        return new GroupOutcomes(name, rows, more, units);
    }

    /** A resample of the group: of each outcome a Poisson number of effective rows. */
    GroupOutcomes resampled(PoissonWeights weights) {
        double[] drawn = new double[counts.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = weights.next(counts[i] / units[i]) * units[i];
        }
        return new GroupOutcomes(name, rows, drawn, units);
    }

    FairnessGroup told() {
        return new FairnessGroup(
                name, rows, rate(Rate.SELECTION), defined(Rate.TRUE_POSITIVES), defined(Rate.FALSE_POSITIVES));
    }

    private OptionalDouble defined(Rate rate) {
        double value = rate(rate);
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
