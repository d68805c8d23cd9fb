package io.mlcicd.statistic;

import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The test of whether two scores of the same rows have the same area under the ROC curve (E. R. DeLong, D. M. DeLong and D.
 * L. Clarke-Pearson, Biometrics 44, 1988), in the time of sorting (X. Sun and W. Xu, IEEE Signal Processing Letters 21,
 * 2014). Components, and what weights make of them, are those of {@link DeLong}.
 *
 * @param first area of the first score
 * @param second area of the second score
 * @param firstError standard error of the first area
 * @param secondError standard error of the second area
 * @param standardError of the first area minus the second
 */
public record PairedDeLong(double first, double second, double firstError, double secondError, double standardError) {

    /** Nearer than this, areas and errors differ by the rounding of sums of weights alone. */
    private static final double ROUNDING = 1e-12;

    /** The test of rows of equal weight. */
    public static Optional<PairedDeLong> of(boolean[] positive, double[] a, double[] b) {
        return of(positive, a, b, new double[0]);
    }

    /**
     * The test.
     *
     * @param positive which rows are positive
     * @param a the first score of each row, not NaN
     * @param b the second score
     * @param weights of each row, above 0; none when all weigh the same
     * @return empty unless there are two rows' worth of each class; and empty when the areas differ but no row's
     *     components do, as when one score separates the classes wholly and the other is constant: how far that may be
     *     chance, components cannot tell
     * @throws IllegalArgumentException when the arrays differ in length or a score is NaN
     */
    public static Optional<PairedDeLong> of(boolean[] positive, double[] a, double[] b, double[] weights) {
        int size = positive.length;
        if (a.length != size || b.length != size || (weights.length != size && weights.length != 0)) {
            throw new IllegalArgumentException(
                    "%d rows with %d and %d scores and %d weights".formatted(size, a.length, b.length, weights.length));
        }
        double[] ofFirst = components(positive, a, weights);
        double[] ofSecond = components(positive, b, weights);
        Moments positives = new Moments();
        Moments negatives = new Moments();
        for (int i = 0; i < size; i++) {
            (positive[i] ? positives : negatives).add(ofFirst[i], ofSecond[i], weight(weights, i));
        }
        return of(positives, negatives);
    }

    /**
     * What is summed over the rows of one class: for each score the number of rows of the other class above it, those of the
     * same score counting half, and its square; and the first number minus the second, and the square of that.
     *
     * @param rows how many there are
     */
    public record Sums(
            long rows,
            double first,
            double firstSquares,
            double second,
            double secondSquares,
            double difference,
            double differenceSquares) {

        /** Of no rows. */
        public static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * The test of rows of equal weight, from sums over them.
     *
     * @return as of the rows themselves
     */
    public static Optional<PairedDeLong> of(Sums positive, Sums negative) {
        // Of a positive row, the negative ones above it are those that it is on the wrong side of.
        return of(new Moments(positive, 1, -1.0 / negative.rows()), new Moments(negative, 0, 1.0 / positive.rows()));
    }

    private static Optional<PairedDeLong> of(Moments positives, Moments negatives) {
        double error = Math.hypot(positives.difference.standardError(), negatives.difference.standardError());
        PairedDeLong test = new PairedDeLong(
                positives.first.value(),
                positives.second.value(),
                Math.hypot(positives.first.standardError(), negatives.first.standardError()),
                Math.hypot(positives.second.standardError(), negatives.second.standardError()),
                error < ROUNDING ? 0 : error);
        boolean told = test.standardError > 0 || (test.standardError == 0 && test.difference() == 0);
        return told ? Optional.of(test) : Optional.empty();
    }

    /** The first area minus the second. */
    public double difference() {
        double difference = first - second;
        return Math.abs(difference) < ROUNDING ? 0 : difference;
    }

    /** The covariance of the two areas. */
    public double covariance() {
        return (firstError * firstError + secondError * secondError - standardError * standardError) / 2;
    }

    /** The difference by its standard error; 0 when both are. */
    public double statistic() {
        return difference() == 0 ? 0 : difference() / standardError;
    }

    /** The two-sided p-value, by the normal distribution. */
    public double pValue() {
        return Math.min(1, 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(statistic())));
    }

    /** The uncertainty of the difference. */
    public NormalError uncertainty() {
        return new NormalError(difference(), standardError, -1, 1, "delong");
    }

    /** Of one class' components. */
    private static final class Moments {
        final WeightedMean first = new WeightedMean();
        final WeightedMean second = new WeightedMean();
        final WeightedMean difference = new WeightedMean();

        Moments() {}

        /** Components that are a number plus a multiple of what is summed. */
        Moments(Sums sums, double start, double factor) {
            add(first, sums.rows(), start, factor, sums.first(), sums.firstSquares());
            add(second, sums.rows(), start, factor, sums.second(), sums.secondSquares());
            add(difference, sums.rows(), 0, factor, sums.difference(), sums.differenceSquares());
        }

        private static void add(WeightedMean mean, long rows, double start, double factor, double sum, double squares) {
            if (rows > 0) {
                double all = factor * sum;
                double count = (double) rows;
                mean.addSums(
                        count,
                        count,
                        count * start + all,
                        count * start * start + 2 * start * all + factor * factor * squares);
            }
        }

        void add(double a, double b, double weight) {
            first.add(a, weight);
            second.add(b, weight);
            difference.add(a - b, weight);
        }
    }

    /** For each row, the share of rows of the other class that it is on the right side of, ties counting half. */
    private static double[] components(boolean[] positive, double[] scores, double[] weights) {
        int[] order = ScoreOrder.falling(scores);
        double allPositives = 0;
        double allNegatives = 0;
        for (int i = 0; i < scores.length; i++) {
            if (positive[i]) {
                allPositives += weight(weights, i);
            } else {
                allNegatives += weight(weights, i);
            }
        }
        double[] components = new double[scores.length];
        double positivesAbove = 0;
        double negativesAbove = 0;
        int end;
        for (int start = 0; start < order.length; start = end) {
            double tiedPositives = 0;
            double tiedNegatives = 0;
            for (end = start; end < order.length && scores[order[end]] == scores[order[start]]; end++) {
                if (positive[order[end]]) {
                    tiedPositives += weight(weights, order[end]);
                } else {
                    tiedNegatives += weight(weights, order[end]);
                }
            }
            double ofPositive = 1 - (negativesAbove + tiedNegatives / 2) / allNegatives;
            double ofNegative = (positivesAbove + tiedPositives / 2) / allPositives;
            for (int i = start; i < end; i++) {
                components[order[i]] = positive[order[i]] ? ofPositive : ofNegative;
            }
            positivesAbove += tiedPositives;
            negativesAbove += tiedNegatives;
        }
        return components;
    }

    private static double weight(double[] weights, int row) {
        return weights.length == 0 ? 1 : weights[row];
    }
}
