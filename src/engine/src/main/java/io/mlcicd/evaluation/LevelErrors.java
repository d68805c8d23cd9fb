package io.mlcicd.evaluation;

import io.mlcicd.document.Figures;
import java.util.Optional;

/**
 * By how much areas under curves may be off because scores of one level were taken as equal. Whatever the order of a
 * level's rows, its p positive and n negative ones change the number of pairs in order by at most half of pn, and the
 * precision at each positive one stays between that of all negative ones first and that of all positive ones first.
 */
final class LevelErrors {

    private final double[] above;
    private final double[] pairs;
    private final double[] precisions;
    private final double[] ofLevel;
    private final double[] othersOfLevel;
    private double total;

    /** Of rows of so many classes. */
    LevelErrors(int classes) {
        above = new double[classes];
        pairs = new double[classes];
        precisions = new double[classes];
        ofLevel = new double[classes];
        othersOfLevel = new double[classes];
    }

    /** Adds a level, which is below those before it: the weight of the rows of each class. */
    void add(double[] weights) {
        double all = 0;
        for (double weight : weights) {
            all += weight;
        }
        for (int c = 0; c < weights.length; c++) {
            double positive = weights[c];
            double negative = all - positive;
            if (positive > 0 && negative > 0) {
                pairs[c] += positive * negative / 2;
                ofLevel[c] = Math.max(ofLevel[c], positive);
                othersOfLevel[c] = Math.max(othersOfLevel[c], negative);
                double best = (above[c] + positive) / (total + positive);
                double worst = above[c] / (total + negative);
                precisions[c] += positive * (best - worst);
            }
            above[c] += positive;
        }
        total += all;
    }

    /** The greatest error of a class's area under the ROC curve. */
    double rocAuc() {
        double greatest = 0;
        for (int c = 0; c < above.length; c++) {
            double product = above[c] * (total - above[c]);
            greatest = product > 0 ? Math.max(greatest, pairs[c] / product) : greatest;
        }
        return greatest;
    }

    /** The greatest error of a class's area under the precision–recall curve. */
    double prAuc() {
        double greatest = 0;
        for (int c = 0; c < above.length; c++) {
            greatest = above[c] > 0 ? Math.max(greatest, precisions[c] / above[c]) : greatest;
        }
        return greatest;
    }

    /**
     * The greatest error of the distance between a class's distribution of scores and that of the others: within a level
     * either grows by no more than what it has there.
     */
    double ks() {
        double greatest = 0;
        for (int c = 0; c < above.length; c++) {
            if (above[c] > 0 && total > above[c]) {
                greatest = Math.max(greatest, Math.max(ofLevel[c] / above[c], othersOfLevel[c] / (total - above[c])));
            }
        }
        return greatest;
    }

    /** What a reader must know; empty when no level has rows of two classes. */
    Optional<String> sentence() {
        return rocAuc() > 0
                ? Optional.of(
                        "scores were taken as equal where they are very near, for they are more than %,d different ones: areas under ROC curves are off by at most %s, under precision–recall curves by at most %s, distances of distributions (ks) by at most %s"
                                .formatted(
                                        ScoreLevels.MOST,
                                        Figures.number(rocAuc()),
                                        Figures.number(prAuc()),
                                        Figures.number(ks())))
                : Optional.empty();
    }
}
