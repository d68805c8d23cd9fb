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
        private final double[] scores;
        private final double[] truths;
        private final double[] weights;
        private final boolean[] heldOut;
        private int size;

        Scored(int most) {
            scores = new double[most];
            truths = new double[most];
            weights = new double[most];
            heldOut = new boolean[most];
        }

        /** Adds a row whose score is not below the last one's; one of no weight tells nothing. */
        void add(double score, boolean truth, double weight, boolean held) {
            if (weight > 0) {
                scores[size] = score;
                truths[size] = truth ? 1 : 0;
                weights[size] = weight;
                heldOut[size++] = held;
            }
        }

        int size() {
            return size;
        }

        private Scored where(IntPredicate chosen) {
            Scored some = new Scored(size);
            for (int i = 0; i < size; i++) {
                if (chosen.test(i)) {
                    some.add(scores[i], truths[i] > 0, weights[i], heldOut[i]);
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
                variance[bin] += weights[i] * weights[i] * p * (1 - p);
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
        boolean probabilities = rows.size > 0 && rows.scores[0] >= 0 && rows.scores[rows.size - 1] <= 1;
        Scored learned = rows.where(i -> !rows.heldOut[i]);
        Scored held = rows.where(i -> rows.heldOut[i]);
        if (!probabilities || learned.size == 0 || held.size == 0) {
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
