package io.mlcicd.evaluation.metric;

import java.util.Map;

/**
 * By how much areas under curves may be off where rows of near scores, a level, were taken as tied. Before a level let there
 * be A positive rows among T, and let it have p positive and n negative ones (or such weights). Whatever the order of its
 * rows and whichever of them are tied:
 *
 * <ul>
 *   <li>The pairs that its rows make with others do not change, and of its own pn pairs, half of which counted as won, at
 *       least none and at most all are. Hence {@code rocAuc} is off by at most the sum of pn / 2 over all pn.
 *   <li>Where x of its positive rows are in, at least none and at most all of its negative ones are: the precision is from
 *       (A + x) / (T + n + x) to (A + x) / (T + x), and ties at most lift it to (A + p) / (T + p). Average precision is the
 *       mean over all positive rows of the precision at each, so that the level's part is from the integral of the first
 *       over x from 0 to p, which is p - (T + n - A) ln(1 + p / (T + n)), to p (A + p) / (T + p). It counted as p (A + p) /
 *       (T + p + n).
 *   <li>Straight lines between points whose heights are within these limits, both of which are concave in x, run within the
 *       chord of the first, whose mean is that of its ends, and the integral of the second, p - (T - A) ln(1 + p / T).
 * </ul>
 */
final class AreaErrors {

    private double positives;
    private double total;
    private double pairs;
    private double precisions;
    private double trapezoids;

    /**
     * Adds the next lower level.
     *
     * @param spread whether its rows have different scores
     * @param positive the weight of its positive rows, and {@code negative} of its negative ones
     */
    void level(boolean spread, double positive, double negative) {
        double all = total + positive + negative;
        if (spread && positive > 0) {
            double end = (positives + positive) / all;
            double start = total > 0 ? positives / total : 1;
            double lowestStart = total + negative > 0 ? positives / (total + negative) : 1;
            double highest = (positives + positive) / (total + positive);
            double line = (start + end) / 2;
            pairs += positive * negative / 2;
            precisions += positive * Math.max(highest - end, end - mean(total + negative, positive));
            trapezoids += positive * Math.max(mean(total, positive) - line, line - (lowestStart + end) / 2);
        }
        positives += positive;
        total = all;
    }

    /** The mean of (A + x) / (before + x) over x from 0 to the weight of the positive rows. */
    private double mean(double before, double positive) {
        return before > 0 ? 1 - (before - positives) * Math.log1p(positive / before) / positive : 1;
    }

    double positives() {
        return positives;
    }

    double total() {
        return total;
    }

    /** Puts the greatest errors of those of the areas that are among the metrics. */
    void put(String rocAuc, String prAuc, Map<String, Double> metrics, Map<String, Double> errors) {
        if (metrics.containsKey(rocAuc)) {
            errors.put(rocAuc, pairs / positives / (total - positives));
        }
        put(prAuc, precisions, metrics, errors);
    }

    /** Puts the greatest error of the area under straight lines. */
    void putTrapezoidal(String name, Map<String, Double> metrics, Map<String, Double> errors) {
        put(name, trapezoids, metrics, errors);
    }

    private void put(String name, double sum, Map<String, Double> metrics, Map<String, Double> errors) {
        if (metrics.containsKey(name)) {
            errors.put(name, Math.max(0, sum) / positives);
        }
    }
}
