package io.mlcicd.drift.multivariate;

import io.mlcicd.document.Figures;
import io.mlcicd.operation.InvalidInputException;

/**
 * How all columns together are compared, and when they count as drifted.
 *
 * @param sample how many rows of a side are looked at, at most; 100 to 200,000
 * @param seed of the draws of rows, folds and columns
 * @param aucThreshold the sides drifted when the lower limit of the domain classifier's area under the ROC curve is above
 *     it; 0.5 to 1
 * @param variance the share of the variance that principal components keep, above 0 and below 1
 * @param sigmas the sides drifted when the reconstruction error is more than so many standard deviations from the
 *     reference's, above 0
 * @param correlationThreshold the sides drifted when a correlation changed significantly and by at least that much; above
 *     0, up to 2
 * @param alpha the share of false findings among the pairs of columns said to have changed; above 0 and below 1
 */
public record MultivariateRequest(
        int sample,
        long seed,
        double aucThreshold,
        double variance,
        double sigmas,
        double correlationThreshold,
        double alpha) {

    /** 20,000 rows of a side; drifted above an area of 0.55, beyond 3 sigma, or from a change of correlation of 0.1 on. */
    public static final MultivariateRequest USUAL = new MultivariateRequest(20_000, 0, 0.55, 0.65, 3, 0.1, 0.05);

    /** @throws InvalidInputException when a number is out of its range; the message names the key */
    public MultivariateRequest {
        require(sample >= 100 && sample <= 200_000, "sample", sample, "from 100 to 200000");
        require(aucThreshold >= 0.5 && aucThreshold <= 1, "aucThreshold", aucThreshold, "from 0.5 to 1");
        require(variance > 0 && variance < 1, "variance", variance, "above 0 and below 1");
        require(sigmas > 0 && sigmas < Double.POSITIVE_INFINITY, "sigmas", sigmas, "above 0");
        require(
                correlationThreshold > 0 && correlationThreshold <= 2,
                "correlationThreshold",
                correlationThreshold,
                "above 0, up to 2");
        require(alpha > 0 && alpha < 1, "alpha", alpha, "above 0 and below 1");
    }

    private static void require(boolean holds, String key, double value, String range) {
        if (!holds) {
            throw new InvalidInputException(
                    "'drift.multivariate.%s' is %s and must be %s".formatted(key, Figures.number(value), range));
        }
    }

    public MultivariateRequest withSample(int rows) {
        return new MultivariateRequest(rows, seed, aucThreshold, variance, sigmas, correlationThreshold, alpha);
    }

    public MultivariateRequest withSeed(long other) {
        return new MultivariateRequest(sample, other, aucThreshold, variance, sigmas, correlationThreshold, alpha);
    }
}
