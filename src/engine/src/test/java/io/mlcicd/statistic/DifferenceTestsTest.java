package io.mlcicd.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected statistics and p-values were computed with scipy, statsmodels 0.15.0 and, where they have none, numpy. */
class DifferenceTestsTest {

    private static final Offset<Double> EXACTLY = within(1e-9);

    private static final double[] LOSSES = {1.2, -0.4, 0.3, 0.9, -1.1, 0.6, 0.8, -0.2, 1.5, 0.1, 0.7, -0.3};

    /** {@code scipy.stats.ttest_ind_from_stats(5.1, 1.3, 20, 4.2, 2.1, 35, equal_var=False)}. */
    @Test
    void welchsTestComparesMeansOfUnequalVariance() {
        WelchTest test =
                WelchTest.of(new WelchTest.Moments(20, 5.1, 1.3 * 1.3), new WelchTest.Moments(35, 4.2, 2.1 * 2.1));

        assertThat(test.statistic()).isCloseTo(1.9616271301204768, EXACTLY);
        assertThat(test.pValue()).isCloseTo(0.05511020101679963, EXACTLY);
        assertThat(test.pValueGreater()).isCloseTo(0.027555100508399814, EXACTLY);
    }

    /** {@code ttest_ind_from_stats(..., equal_var=False)} of scipy 1.17, degrees of freedom by their formula in numpy. */
    @ParameterizedTest
    @CsvSource({
        "2, 1, 0.5, 2, 3, 0.1, -5.547001962252291, 1.0798722044728435, 0.1005846288430895, 0.9497076855784552",
        "1000000, 1.001, 1, 500000, 1, 2, 0.3333333333332966, 627905.7257977237, 0.7388827916633329, 0.36944139583166646",
        "5, 1, 0, 7, 1.5, 2, -0.6614378277661477, 6, 0.5328942333188577, 0.7335528833405711"
    })
    void welchsTestCopesWithFewAndManyRows(
            double n1,
            double mean1,
            double s1,
            double n2,
            double mean2,
            double s2,
            double t,
            double df,
            double p,
            double greater) {
        WelchTest test =
                WelchTest.of(new WelchTest.Moments(n1, mean1, s1 * s1), new WelchTest.Moments(n2, mean2, s2 * s2));

        assertThat(test.statistic()).isCloseTo(t, EXACTLY);
        assertThat(test.degreesOfFreedom()).isCloseTo(df, within(df * 1e-12));
        assertThat(test.pValue()).isCloseTo(p, EXACTLY);
        assertThat(test.pValueGreater()).isCloseTo(greater, EXACTLY);
    }

    @Test
    void welchsTestDoesNotDependOnTheUnit() {
        WelchTest tiny = WelchTest.of(
                new WelchTest.Moments(20, 5.1e-120, 1.69e-240), new WelchTest.Moments(35, 4.2e-120, 4.41e-240));

        assertThat(tiny.pValue()).isCloseTo(0.05511020101679963, EXACTLY);
        assertThatThrownBy(() -> new WelchTest.Moments(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void samplesThatDoNotVaryDifferCertainlyOrNotAtAll() {
        WelchTest.Moments five = new WelchTest.Moments(10, 5, 0);

        assertThat(WelchTest.of(five, five).pValue()).isEqualTo(1);
        assertThat(WelchTest.of(five, new WelchTest.Moments(10, 4, 0)).pValueGreater())
                .isZero();
        assertThat(WelchTest.of(new WelchTest.Moments(10, 4, 0), five).pValueGreater())
                .isEqualTo(1);
    }

    /** {@code statsmodels.stats.contingency_tables.mcnemar}, exact below 25 rows, else with its correction. */
    @ParameterizedTest
    @CsvSource({
        "3, 9, 3, 0.14599609375",
        "40, 21, 5.311475409836065, 0.021185407615737752",
        "0, 0, 0, 1",
        "0, 24, 0, 1.1920928955078125e-07",
        "0, 25, 23.04, 1.5866563039511885e-06",
        "15, 15, 0.03333333333333333, 0.8551321405847059",
        "1000, 1100, 4.667142857142857, 0.030745034758993192",
        "12, 12, 12, 1"
    })
    void mcNemarCountsTheRowsOnWhichOneAloneIsRight(long first, long second, double statistic, double p) {
        McNemar test = new McNemar(first, second);

        assertThat(test.statistic()).isCloseTo(statistic, EXACTLY);
        assertThat(test.pValue()).isCloseTo(p, EXACTLY);
        assertThat(new McNemar(second, first).pValue()).isEqualTo(test.pValue());
    }

    /** {@code statsmodels.stats.multitest.multipletests} with holm and fdr_bh. */
    @Test
    void manyTestsAreCorrectedFor() {
        double[] pValues = {0.01, 0.04, 0.03, 0.005, 0.2, 0.03};

        assertThat(MultipleTesting.holm(pValues))
                .containsExactly(new double[] {0.05, 0.12, 0.12, 0.03, 0.2, 0.12}, EXACTLY);
        assertThat(MultipleTesting.benjaminiHochberg(pValues))
                .containsExactly(new double[] {0.03, 0.048, 0.045, 0.03, 0.2, 0.045}, EXACTLY);
        double[] tied = {0.001, 0.001, 0.04, 0.9, 0.04, 0.6, 0.2, 0.01};
        assertThat(MultipleTesting.holm(tied))
                .containsExactly(new double[] {0.008, 0.008, 0.2, 1, 0.2, 1, 0.6, 0.06}, EXACTLY);
        assertThat(MultipleTesting.benjaminiHochberg(tied))
                .containsExactly(
                        new double[] {0.004, 0.004, 0.064, 0.9, 0.064, 0.6857142857142857, 0.8 / 3, 0.08 / 3}, EXACTLY);
        assertThat(MultipleTesting.holm(new double[] {1, 1, 0, 0.5})).containsExactly(1, 1, 0, 1);
        assertThat(MultipleTesting.holm(new double[0])).isEmpty();
        assertThatThrownBy(() -> MultipleTesting.holm(new double[] {Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The formulas of Diebold and Mariano and of Harvey, Leybourne and Newbold in numpy, p-values of scipy's t. */
    @ParameterizedTest
    @CsvSource({
        "1, 1.577878241239372, 0.14289819650828775, -0.13492477326638913, 0.8182581065997225",
        "3, 6.610610660916708, 3.808659650262222e-05, 0.22790966272188623, 0.45542367061144723"
    })
    void dieboldAndMarianoCompareForecasts(int horizon, double statistic, double p, double lower, double upper) {
        DieboldMariano test = DieboldMariano.of(LOSSES.length, i -> LOSSES[i], horizon);

        assertThat(test.statistic()).isCloseTo(statistic, EXACTLY);
        assertThat(test.pValue()).isCloseTo(p, EXACTLY);
        assertThat(test.meanDifference()).isCloseTo(0.34166666666666673, EXACTLY);
        assertThat(test.uncertainty().interval(0.95).lower()).isCloseTo(lower, EXACTLY);
        assertThat(test.uncertainty().interval(0.95).upper()).isCloseTo(upper, EXACTLY);
        DieboldMariano swapped = DieboldMariano.of(LOSSES.length, i -> -LOSSES[i], horizon);
        assertThat(swapped.statistic()).isCloseTo(-statistic, EXACTLY);
    }

    /** Their sum is -0.95 here; the reference is {@code scipy.stats.ttest_1samp}. */
    @Test
    void autocovariancesThatSumBelowZeroAreLeftOut() {
        double[] zigzag = {1, -1, 1.5, -1, 1, -1.25, 1, -1};
        DieboldMariano test = DieboldMariano.of(zigzag.length, i -> zigzag[i], 2);

        assertThat(test.statistic()).isCloseTo(0.07468392894745085, EXACTLY);
        assertThat(test.pValue()).isCloseTo(0.9425556734024274, EXACTLY);
    }

    @Test
    void forecastsWhoseLossesAreTheSameDoNotDiffer() {
        assertThat(DieboldMariano.of(10, i -> 0, 2).pValue()).isEqualTo(1);
        assertThat(DieboldMariano.of(10, i -> 0.1, 3).pValue()).isZero();
        assertThat(DieboldMariano.of(10, i -> 0.1, 3).statistic()).isInfinite();
        assertThatThrownBy(() -> DieboldMariano.of(3, i -> i, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DieboldMariano.of(3, i -> i, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
