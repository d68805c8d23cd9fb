package io.mlcicd.statistic;

/**
 * The uncertainty of a share, by the score interval of E. B. Wilson, "Probable inference, the law of succession, and
 * statistical inference", JASA 22 (1927), without continuity correction, as in statsmodels' {@code
 * proportion_confint(method="wilson")}.
 *
 * @param share 0 to 1
 * @param size number of rows, above 0; of weighted rows their effective number, (sum of weights)² / sum of squared
 *     weights (L. Kish, Survey Sampling, 1965)
 */
public record Wilson(double share, double size) implements Uncertainty {

    @Override
    public Interval interval(double confidence) {
        // Sums of weights may miss 0 or 1 by their rounding.
        double share = Math.max(0, Math.min(1, this.share));
        double z = NormalError.quantile(confidence);
        double z2 = z * z;
        double centre = (share + z2 / (2 * size)) / (1 + z2 / size);
        double half = z / (1 + z2 / size) * Math.sqrt(share * (1 - share) / size + z2 / (4 * size * size));
        // At a share of 0 or 1 the interval ends there exactly; rounding must not say otherwise.
        double lower = share == 0 ? 0 : Math.max(0, centre - half);
        double upper = share == 1 ? 1 : Math.min(1, centre + half);
        return new Interval(Math.min(lower, share), Math.max(upper, share));
    }

    @Override
    public String method() {
        return "wilson";
    }
}
