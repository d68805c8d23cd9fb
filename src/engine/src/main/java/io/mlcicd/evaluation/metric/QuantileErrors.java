package io.mlcicd.evaluation.metric;

/**
 * By how much a quantile may be off where near values, a level, were taken as the middle of their range. The same share of
 * the weight is above each level as in truth, so that the quantile is one of its level's values, or the mean of one of it and
 * one of the level above: it is from the quantile of the levels' least values to that of their greatest ones, in the middle
 * of which is that of their middles.
 */
final class QuantileErrors {

    private final RankedQuantile ofLeast;
    private final RankedQuantile ofGreatest;

    QuantileErrors(double level, double totalWeight) {
        ofLeast = new RankedQuantile(level, totalWeight);
        ofGreatest = new RankedQuantile(level, totalWeight);
    }

    void level(double least, double greatest, double weight) {
        ofLeast.add(least, weight);
        ofGreatest.add(greatest, weight);
    }

    double error() {
        return (ofGreatest.value() - ofLeast.value()) / 2;
    }
}
