package io.mlcicd.evaluation.metric;

/**
 * Weights of rows by class: how many are of it, were predicted to be, and both; each class is a question by itself, so
 * that the same counts serve exclusive classes and labels that hold together.
 */
final class ClassCounts {

    private final boolean absentToo;
    private final double[] right;
    private final double[] support;
    private final double[] predicted;
    private final double[] supportSquares;
    private final double[] predictedSquares;
    private double total;
    private double totalSquares;

    /**
     * No rows yet.
     *
     * @param classes number of classes
     * @param absentToo whether a class that is neither true nor predicted in any row counts in means over classes
     */
    ClassCounts(int classes, boolean absentToo) {
        this.absentToo = absentToo;
        right = new double[classes];
        support = new double[classes];
        predicted = new double[classes];
        supportSquares = new double[classes];
        predictedSquares = new double[classes];
    }

    /** Adds equal rows; their classes are told by {@link #outcome}. */
    void row(double weight, double squares) {
        total += weight;
        totalSquares += squares;
    }

    /** Tells of the rows added last that they are of that class, or were predicted to be, or both. */
    void outcome(int index, boolean isTrue, boolean isPredicted, double weight, double squares) {
        if (isTrue) {
            support[index] += weight;
            supportSquares[index] += squares;
        }
        if (isPredicted) {
            predicted[index] += weight;
            predictedSquares[index] += squares;
            if (isTrue) {
                right[index] += weight;
            }
        }
    }

    /** Adds weights of many rows: of those of that class, of those predicted to be, of both, and the squares of the first two. */
    void outcomes(
            int index, double ofClass, double ofPredicted, double both, double classSquares, double foundSquares) {
        support[index] += ofClass;
        predicted[index] += ofPredicted;
        right[index] += both;
        supportSquares[index] += classSquares;
        predictedSquares[index] += foundSquares;
    }

    int classes() {
        return right.length;
    }

    /** Whether the class counts in means over classes. */
    boolean included(int index) {
        return absentToo || support[index] > 0 || predicted[index] > 0;
    }

    double right(int index) {
        return right[index];
    }

    double support(int index) {
        return support[index];
    }

    double predicted(int index) {
        return predicted[index];
    }

    double total() {
        return total;
    }

    /** Kish's effective number of all rows. */
    double size() {
        return kish(total, totalSquares);
    }

    /** Kish's effective number of rows of that class; 0 or NaN when there are none, as of the next two. */
    double supportSize(int index) {
        return kish(support[index], supportSquares[index]);
    }

    /** The effective number of rows predicted to be of that class. */
    double predictedSize(int index) {
        return kish(predicted[index], predictedSquares[index]);
    }

    /** The effective number of rows of other classes. */
    double otherSize(int index) {
        return kish(total - support[index], totalSquares - supportSquares[index]);
    }

    static double kish(double weights, double squaredWeights) {
        return weights * weights / squaredWeights;
    }

    /** A part over a whole, 0 to 1 whatever the rounding of their sums; 0 of nothing, as zero_division=0 says. */
    static double share(double part, double whole) {
        return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0;
    }
}
