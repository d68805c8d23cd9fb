package io.mlcicd.drift.performance;

import io.mlcicd.document.Figures;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * How a score becomes a probability: by isotonic regression on the reference, where the expected calibration error of
 * held-out rows is greater than chance makes it of true probabilities and the regression makes it smaller; else as it is.
 */
final class Calibration {

    private static final int BINS = 10;

    /** The mean distance from its mean of a standard normal number: the root of 2 / π. */
    private static final double MEAN_DISTANCE = Math.sqrt(2 / Math.PI);

    private final IsotonicRegression regression;
    private final boolean needed;
    private final double before;
    private final double after;

    private Calibration(IsotonicRegression regression, boolean needed, double before, double after) {
        this.regression = regression;
        this.needed = needed;
        this.before = before;
        this.after = after;
    }

    /**
     * An expected calibration error.
     *
     * @param byChance what it seldom exceeds when scores are the true probabilities: its mean and two standard deviations,
     *     each bin's difference being nearly normal
     */
    private record MeasuredError(double value, double byChance) {}

    /** Scores in rising order with what came of them. */
    static final class Scored {
        private double[] scores;
        private double[] truths;
        private double[] weights;
        private double[] squares;
        private boolean[] heldOut;
        private boolean probabilities = true;
        private int size;

        Scored(int expected) {
            int room = Math.max(1, expected);
            scores = new double[room];
            truths = new double[room];
            weights = new double[room];
            squares = new double[room];
            heldOut = new boolean[room];
        }

        /** Adds a row whose score is not below the last one's; one of no weight tells nothing. */
        void add(double score, boolean truth, double weight, boolean held) {
            add(score, truth ? weight : 0, weight, weight * weight, held);
        }

        /**
         * Adds rows of one score at once.
         *
         * @param positive the weight of those that are positive
         * @param weight the sum of all weights
         * @param squaredWeight the sum of the squared weights
         */
        void add(double score, double positive, double weight, double squaredWeight, boolean held) {
            if (!(weight > 0)) {
                return;
            }
            if (size == scores.length) {
                int room = 2 * size;
                scores = Arrays.copyOf(scores, room);
                truths = Arrays.copyOf(truths, room);
                weights = Arrays.copyOf(weights, room);
                squares = Arrays.copyOf(squares, room);
                heldOut = Arrays.copyOf(heldOut, room);
            }
            probabilities &= score >= 0 && score <= 1;
            scores[size] = score;
            truths[size] = positive / weight;
            weights[size] = weight;
            squares[size] = squaredWeight;
            heldOut[size++] = held;
        }

        /** Says between which scores those are that were added at once. */
        void between(double least, double greatest) {
            probabilities &= least >= 0 && greatest <= 1;
        }

        int size() {
            return size;
        }

        private Scored where(IntPredicate chosen) {
            Scored some = new Scored(size);
            for (int i = 0; i < size; i++) {
                if (chosen.test(i)) {
                    some.add(scores[i], truths[i] * weights[i], weights[i], squares[i], heldOut[i]);
                }
            }
            return some;
        }

        private IsotonicRegression fit() {
            return IsotonicRegression.ofSorted(
                    Arrays.copyOf(scores, size), Arrays.copyOf(truths, size), Arrays.copyOf(weights, size));
        }

        /**
         * The expected calibration error over ten bins of equal width (M. P. Naeini, G. F. Cooper and M. Hauskrecht, AAAI
         * 2015): the mean distance of the share of positives from the mean probability.
         */
        private MeasuredError error(Calibration calibration) {
            double[] truth = new double[BINS];
            double[] said = new double[BINS];
            double[] variance = new double[BINS];
            double total = 0;
            for (int i = 0; i < size; i++) {
                double p = calibration.probability(scores[i]);
                int bin = (int) Math.min(BINS - 1, p * BINS);
                truth[bin] += weights[i] * truths[i];
                said[bin] += weights[i] * p;
                variance[bin] += squares[i] * p * (1 - p);
                total += weights[i];
            }
            double error = 0;
            double expected = 0;
            double spread = 0;
            for (int bin = 0; bin < BINS; bin++) {
                error += Math.abs(truth[bin] - said[bin]);
                expected += MEAN_DISTANCE * Math.sqrt(variance[bin]);
                spread += (1 - MEAN_DISTANCE * MEAN_DISTANCE) * variance[bin];
            }
            return new MeasuredError(error / total, (expected + 2 * Math.sqrt(spread)) / total);
        }
    }

    /** The calibration by these rows, half of which are held out to see whether it is needed. */
    static Calibration of(Scored rows) {
        IsotonicRegression all = rows.fit();
        Scored learned = rows.where(i -> !rows.heldOut[i]);
        Scored held = rows.where(i -> rows.heldOut[i]);
        if (!rows.probabilities || learned.size == 0 || held.size == 0) {
            return new Calibration(all, true, Double.NaN, Double.NaN);
        }
        MeasuredError raw = held.error(new Calibration(all, false, 0, 0));
        double calibrated =
                held.error(new Calibration(learned.fit(), true, 0, 0)).value();
        boolean needed = raw.value() > raw.byChance() && calibrated < raw.value();
        return new Calibration(all, needed, raw.value(), calibrated);
    }

    /** The probability that a score means, 0 to 1. */
    double probability(double score) {
        return needed ? regression.at(score) : Math.max(0, Math.min(1, score));
    }

    /**
     * The same in SQL.
     *
     * @param score a finite double, in SQL
     */
    String sql(String score) {
        return needed ? regression.sql(score) : "GREATEST(0E0, LEAST(1E0, " + score + "))";
    }

    /** Why scores are calibrated or not, in words. */
    String sentence(String of) {
        if (Double.isNaN(before)) {
            return "the scores%s are no probabilities; isotonic regression on the reference makes them such"
                    .formatted(of);
        }
        return needed
                ? "the scores%s are calibrated by isotonic regression: their expected calibration error on held-out rows of the reference falls from %s to %s"
                        .formatted(of, Figures.number(before), Figures.number(after))
                : "the scores%s are taken as probabilities: their expected calibration error on held-out rows of the reference is %s, which is chance or what isotonic regression does not mend (%s)"
                        .formatted(of, Figures.number(before), Figures.number(after));
    }
}
