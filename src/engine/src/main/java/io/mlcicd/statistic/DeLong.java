package io.mlcicd.statistic;

import java.util.Optional;

/**
 * The area under the ROC curve of a score with its standard error, from the rows in falling order of the score and in
 * bounded memory (E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson, "Comparing the areas under two or more correlated
 * receiver operating characteristic curves", Biometrics 44, 1988; in one pass over sorted rows as X. Sun and W. Xu, IEEE
 * Signal Processing Letters 21, 2014, have it with midranks). The area equals scikit-learn's {@code roc_auc_score}.
 *
 * <p>A positive row's component V₁₀ is the share, by weight, of negative rows that score below it, ties counting half; a
 * negative row's V₀₁ the share of positive rows that score above it. The variance of the area is S₁₀ / m + S₀₁ / n. With
 * weights, the mean of either class' components is weighted, and S₁₀ / m becomes Σ w (V₁₀ - V̄₁₀)² / Σ w / (m - 1) with
 * Kish's effective number of rows m = (Σ w)² / Σ w²; of equal weights that is the formula of the paper.
 */
public final class DeLong {

    /** Nearer than this, areas and errors differ by the rounding of sums of weights alone. */
    private static final double ROUNDING = 1e-12;

    private final WeightedMean negativesAbovePositives = new WeightedMean();
    private final WeightedMean positivesAboveNegatives = new WeightedMean();
    private double positives;
    private double negatives;
    private double pairsWon;

    /**
     * Adds all rows of the next lower score.
     *
     * @param positive the sum of the weights of its positive rows, 0 or more
     * @param squaredPositive the sum of their squared weights
     * @param negative the sum of the weights of its negative rows, 0 or more
     * @param squaredNegative the sum of their squared weights
     */
    public void step(double positive, double squaredPositive, double negative, double squaredNegative) {
        if (positive > 0) {
            negativesAbovePositives.add(negatives + negative / 2, positive, squaredPositive);
        }
        if (negative > 0) {
            double won = positives + positive / 2;
            positivesAboveNegatives.add(won, negative, squaredNegative);
            pairsWon += negative * won;
        }
        positives += positive;
        negatives += negative;
    }

    /** The weight of the positive rows so far. */
    public double positives() {
        return positives;
    }

    /** The weight of the negative rows so far. */
    public double negatives() {
        return negatives;
    }

    /** The area, 0 to 1: the chance that a positive row scores above a negative one. NaN without rows of both classes. */
    public double area() {
        return pairsWon / (positives * negatives);
    }

    /** The standard error of the area; NaN unless there are two rows' worth of each class. */
    public double standardError() {
        return Math.hypot(
                negativesAbovePositives.standardError() / negatives,
                positivesAboveNegatives.standardError() / positives);
    }

    /**
     * The uncertainty of the area, normal with DeLong's standard error. Of classes that the score separates wholly that is
     * always 0, however few rows there are; {@link NewcombeArea} then tells what so few rows can.
     *
     * @return empty unless there are two rows' worth of each class
     */
    public Optional<Uncertainty> uncertainty() {
        double error = standardError();
        if (!Double.isFinite(error)) {
            return Optional.empty();
        }
        double area = area();
        double nearest = Math.rint(area);
        boolean separated = Math.abs(area - nearest) < ROUNDING && error < ROUNDING;
        return Optional.of(
                separated
                        ? new NewcombeArea(
                                nearest,
                                negativesAbovePositives.effectiveSize(),
                                positivesAboveNegatives.effectiveSize())
                        : new NormalError(area, error, 0, 1, "delong"));
    }
}
