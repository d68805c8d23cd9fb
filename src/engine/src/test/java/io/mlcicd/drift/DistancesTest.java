package io.mlcicd.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.distance.Divergence;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistancesTest {

    private static final double[] REFERENCE = {60, 45, 30, 15, 0};
    private static final double[] CURRENT = {30, 50, 40, 0, 12};

    @Test
    void psiFollowsItsFormulaWithTheLeastShareInEmptyBins() {
        // numpy: p, q clipped from below at 1e-4, sum((q - p) * log(q / p))
        assertThat(Divergence.populationStabilityIndex(shares(REFERENCE), shares(CURRENT)))
                .isCloseTo(1.4675453449884128, within(1e-12));
    }

    @Test
    void jensenShannonEqualsScipy() {
        // scipy.spatial.distance.jensenshannon(p, q, base=2)
        assertThat(Divergence.jensenShannon(shares(REFERENCE), shares(CURRENT)))
                .isCloseTo(0.35185772998994413, within(1e-12));
    }

    @Test
    void distributionsWithNothingInCommonAreOneApartInJensenShannon() {
        assertThat(Divergence.jensenShannon(new double[] {1, 0}, new double[] {0, 1}))
                .isEqualTo(1);
    }

    @Test
    void chiSquareEqualsScipy() {
        // scipy.stats.chi2_contingency([reference, current], correction=False)
        ChiSquare test = ChiSquare.of(REFERENCE, CURRENT);

        assertThat(test.statistic()).isCloseTo(37.69637730690362, within(1e-11));
        assertThat(test.degreesOfFreedom()).isEqualTo(4);
        assertThat(test.pValue()).isCloseTo(1.2943643804642945e-07, within(1e-18));
    }

    @Test
    void aSingleCategoryGivesNoEvidenceAndNoNaN() {
        assertThat(ChiSquare.of(new double[] {5}, new double[] {7})).isEqualTo(new ChiSquare(0, 0, 1));
    }

    /** {@code scipy.stats.kstwo.sf(d, n)} of scipy 1.17; two samples of 2n values each have the effective size n. */
    @ParameterizedTest
    @CsvSource({
        "5, 0.35, 0.46975",
        "50, 0.1697, 0.09962232316382158",
        "500, 0.06, 0.05243463489026223",
        "100000, 0.004, 0.08130148920222469",
        "100001, 0.00475, 0.021871360714306363",
        "1000000, 0.002, 0.0006700277103670718",
        "250000, 0.0005, 0.9999999717717587",
        "250000, 0.0016, 0.5436005730980911",
        "250000, 0.003, 0.02217349052208376",
        "1000000, 0.00083, 0.4959299364145452",
        "25000000, 0.00025, 0.08785177311574266"
    })
    void kolmogorovSmirnovPValueEqualsScipyOnBothSidesOfTheSwitchOfMethods(long n, double statistic, double expected) {
        assertThat(KolmogorovSmirnov.of(statistic, 2 * n, 2 * n).pValue()).isCloseTo(expected, within(1e-9));
    }

    @Test
    void kolmogorovSmirnovRoundsTheEffectiveSizeAsScipyDoes() {
        // scipy.stats.ks_2samp([1,1,2,2,2,3,5,5], [1,2,2,3,3,3,4,5,6], method='asymp'); 72 / 17 is rounded to 4
        assertThat(KolmogorovSmirnov.of(0.2916666666666667, 8, 9).pValue()).isCloseTo(0.7961516203703702, within(1e-9));
    }

    @Test
    void kolmogorovSmirnovStaysInRangeAtItsEnds() {
        assertThat(KolmogorovSmirnov.of(0, 10, 10).pValue()).isEqualTo(1);
        assertThat(KolmogorovSmirnov.of(0, 3_000_000, 3_000_000).pValue()).isEqualTo(1);
        assertThat(KolmogorovSmirnov.of(1, 1, 1).pValue()).isBetween(0.0, 1.0);
        assertThat(KolmogorovSmirnov.of(1, 3_000_000, 3_000_000).pValue()).isZero();
        assertThat(KolmogorovSmirnov.of(0, 0, 0)).isEqualTo(new KolmogorovSmirnov(0, 1));
        assertThat(KolmogorovSmirnov.of(0, 0, 9)).isEqualTo(new KolmogorovSmirnov(1, 0));
    }

    @RepeatedTest(50)
    void distancesAreSymmetricNeverNegativeAndBlindToTheOrderOfBins(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int bins = 1 + random.nextInt(12);
        double[] p = shares(counts(random, bins));
        double[] q = shares(counts(random, bins));

        double psi = Divergence.populationStabilityIndex(p, q);
        double js = Divergence.jensenShannon(p, q);

        assertThat(psi).isFinite().isNotNegative();
        assertThat(js).isBetween(0.0, 1.0);
        assertThat(Divergence.populationStabilityIndex(q, p)).isCloseTo(psi, within(1e-12));
        assertThat(Divergence.jensenShannon(q, p)).isCloseTo(js, within(1e-12));
        assertThat(Divergence.populationStabilityIndex(p, p)).isZero();
        assertThat(Divergence.jensenShannon(q, q)).isZero();
        assertThat(Divergence.populationStabilityIndex(reversed(p), reversed(q)))
                .isCloseTo(psi, within(1e-12));
        assertThat(Divergence.jensenShannon(reversed(p), reversed(q))).isCloseTo(js, within(1e-9));
    }

    private static double[] counts(Random random, int bins) {
        double[] counts = new double[bins];
        Arrays.setAll(counts, i -> random.nextInt(4) == 0 ? 0 : random.nextInt(1000));
        counts[random.nextInt(bins)]++;
        return counts;
    }

    private static double[] shares(double[] counts) {
        double sum = Arrays.stream(counts).sum();
        return Arrays.stream(counts).map(count -> count / sum).toArray();
    }

    private static double[] reversed(double[] values) {
        double[] reversed = new double[values.length];
        Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
        return reversed;
    }
}
