package io.mlcicd.drift;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Chooses a test by the kind of a column and the number of its values. While two samples of one distribution may well be
 * as far apart as the threshold of a distance, a p-value tells drift from chance; with more values a distance tells drift
 * that matters from drift that does not.
 */
final class AutomaticChoice {

    /**
     * From this effective size {@code nm / (n + m)} on, that is from 5,000 values on either side, the Wasserstein distance
     * of two samples of one distribution is below 0.1 standard deviations: the chance that even their means are as far
     * apart is below one in a million, for these differ by {@code 1 / sqrt(effective size)} of one.
     */
    private static final double ENOUGH_NUMBERS = 2500;

    /** How often equal distributions may be taken for different ones by a distance. */
    private static final double CHANCE = 1e-5;

    private AutomaticChoice() {}

    /** The test for that comparison, with its customary threshold. */
    static ColumnTest of(Comparison comparison) {
        double n = comparison.reference().values();
        double m = comparison.current().values();
        boolean numeric = comparison.kind() == ColumnKind.NUMERIC;
        if (numeric && (n == 0 || m == 0 || comparison.table().isEmpty())) {
            return ColumnTest.of(n * m / (n + m) >= ENOUGH_NUMBERS ? TestMethod.WASSERSTEIN : TestMethod.KS);
        }
        Contingency table = comparison.table().orElseGet(comparison::contingency);
        if (numeric && n * m / (n + m) >= ENOUGH_NUMBERS) {
            return ColumnTest.of(TestMethod.WASSERSTEIN);
        }
        if (!numeric && distanceCanBeTrusted(table)) {
            return ColumnTest.of(TestMethod.JS);
        }
        return ColumnTest.of(table.leastExpected() < FisherExact.ENOUGH_EXPECTED ? TestMethod.FISHER : TestMethod.CHI2);
    }

    /**
     * Of equal distributions the squared Jensen–Shannon distance in nats is {@code chi2 / (8 nm / (n + m))} to the first
     * order, where {@code chi2} has a chi-square distribution.
     */
    private static boolean distanceCanBeTrusted(Contingency table) {
        double n = table.referenceRows();
        double m = table.currentRows();
        double threshold = TestMethod.JS.defaultThreshold();
        double atThreshold = threshold * threshold * Math.log(2) * 8 * (n * m / (n + m));
        int degrees = table.cells().size() - 1;
        return degrees == 0 || ChiSquaredDistribution.of((double) degrees).survivalProbability(atThreshold) <= CHANCE;
    }
}
