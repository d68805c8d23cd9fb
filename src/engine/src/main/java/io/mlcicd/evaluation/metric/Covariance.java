package io.mlcicd.evaluation.metric;

/**
 * Weighted variances and covariance of two numbers, from pairs added one by one (D. West, Communications of the ACM 22,
 * 1979; for the covariance P. Pébay, SAND2008-6212). Values are taken relative to the first pair, so that numbers of
 * large size and small spread keep their digits, and constant ones have a variance of exactly 0.
 */
final class Covariance {

    private double firstX;
    private double firstY;
    private double weights;
    private double meanX;
    private double meanY;
    private double squaresX;
    private double squaresY;
    private double products;

    void add(double x, double y, double weight) {
        if (weights == 0) {
            firstX = x;
            firstY = y;
        }
        weights += weight;
        double part = weight / weights;
        double deltaX = x - firstX - meanX;
        double deltaY = y - firstY - meanY;
        meanX += deltaX * part;
        meanY += deltaY * part;
        double weightedX = weight * deltaX;
        double restY = y - firstY - meanY;
        squaresX += weightedX * (x - firstX - meanX);
        squaresY += weight * deltaY * restY;
        products += weightedX * restY;
    }

    /** The population variance of the first number; NaN without pairs. */
    double varianceX() {
        return squaresX / weights;
    }

    /** Whether either number is the same in all pairs. */
    boolean constant() {
        return !(squaresX > 0 && squaresY > 0);
    }

    /** Pearson's correlation coefficient, -1 to 1; NaN where either number is constant. */
    double correlation() {
        if (constant()) {
            return Double.NaN;
        }
        return Math.max(-1, Math.min(1, products / Math.sqrt(squaresX) / Math.sqrt(squaresY)));
    }
}
