package io.mlcicd.evaluation.metric;

/**
 * By how much areas of a class's score against each other class may be off where rows of near scores were taken as tied:
 * half of the pairs of one level may have been won or lost, of all pairs.
 */
final class PairwiseTies extends PairwiseWins {

    private final int own;

    PairwiseTies(int own, int classes) {
        super(own, classes);
        this.own = own;
    }

    /**
     * Adds the next lower level.
     *
     * @param spread whether its rows have different scores
     * @param weights the weight of the rows of each class
     */
    void level(boolean spread, double[] weights) {
        if (weights[own] > 0) {
            add(own, weights[own]);
            if (!spread) {
                endStep();
            }
        }
        for (int i = 0; i < weights.length; i++) {
            if (i != own && weights[i] > 0) {
                add(i, weights[i]);
            }
        }
        endStep();
    }

    @Override
    double won(double above, double tied) {
        return tied / 2;
    }
}
