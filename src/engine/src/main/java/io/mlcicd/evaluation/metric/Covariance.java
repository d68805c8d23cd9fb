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

    /**
     * Adds many pairs at once, by weighted sums of both numbers minus a centre, which is the same in all calls (P. Pébay).
     *
     * @param sumX of the first, {@code squareX} of its squares, {@code product} of products
     */
    void addSums(
            double centre, double weight, double sumX, double sumY, double squareX, double squareY, double product) {
        if (weights == 0) {
            firstX = centre;
            firstY = centre;
        }
        weights += weight;
        double part = weight / weights;
        double ofX = sumX / weight;
        double ofY = sumY / weight;
        double deltaX = ofX - meanX;
        double deltaY = ofY - meanY;
        meanX += deltaX * part;
        meanY += deltaY * part;
        double restY = ofY - meanY;
        squaresX += Math.max(0, squareX - sumX * ofX) + weight * deltaX * (ofX - meanX);
        squaresY += Math.max(0, squareY - sumY * ofY) + weight * deltaY * restY;
        products += product - sumX * ofY + weight * deltaX * restY;
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
