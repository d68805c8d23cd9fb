package io.mlcicd.evaluation.metric;

/**
 * How often a class's own score is higher in its rows than in those of each other class, from rows in falling order of the
 * score: the one-vs-one areas A(class | other) of D. Hand and R. Till, "A simple generalisation of the area under the ROC
 * curve for multiple class classification problems", Machine Learning 45 (2001), ties counting half. Scikit-learn's {@code
 * roc_auc_score(multi_class="ovo")} is the mean of A(c | j) over all ordered pairs of classes, so that sums over the other
 * classes are all that a class has to tell.
 */
class PairwiseWins {

    private final int own;
    private final double[] weights;
    private final double[] won;
    private final double[] tied;
    private final int[] tiedClasses;
    private int tiedSize;
    private double tiedOwn;

    PairwiseWins(int own, int classes) {
        this.own = own;
        weights = new double[classes];
        won = new double[classes];
        tied = new double[classes];
        tiedClasses = new int[classes];
    }

    /** Adds a row of that class and of the present score. */
    final void add(int actual, double weight) {
        if (actual == own) {
            tiedOwn += weight;
            return;
        }
        if (tied[actual] == 0) {
            tiedClasses[tiedSize++] = actual;
        }
        tied[actual] += weight;
    }

    /** Ends the rows of the present score; those of a lower one follow. */
    final void endStep() {
        double above = won(weights[own], tiedOwn);
        for (int i = 0; i < tiedSize; i++) {
            int other = tiedClasses[i];
            won[other] += tied[other] * above;
            weights[other] += tied[other];
            tied[other] = 0;
        }
        tiedSize = 0;
        weights[own] += tiedOwn;
        tiedOwn = 0;
    }

    /**
     * What a row of another class counts.
     *
     * @param above the weight of the own class's rows of higher scores, and {@code tied} of those of the same score
     */
    double won(double above, double tied) {
        return above + tied / 2;
    }

    /** The weight of the rows of that class. */
    final double weight(int index) {
        return weights[index];
    }

    /** The sum of A(own | other) over the other classes that occur. */
    final double sum() {
        double sum = 0;
        for (int j = 0; j < weights.length; j++) {
            if (j != own && weights[j] > 0) {
                sum += area(j);
            }
        }
        return sum;
    }

    /** The sum of A(own | other), each times the weight of the rows of both classes. */
    final double weightedSum() {
        double sum = 0;
        for (int j = 0; j < weights.length; j++) {
            if (j != own && weights[j] > 0) {
                sum += area(j) * (weights[own] + weights[j]);
            }
        }
        return sum;
    }

    private double area(int other) {
        return won[other] / (weights[own] * weights[other]);
    }
}
