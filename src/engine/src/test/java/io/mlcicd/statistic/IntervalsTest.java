package io.mlcicd.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected limits were computed with statsmodels 0.15.0, scipy and numpy. */
class IntervalsTest {

    /** {@code proportion_confint(x, n, 1 - confidence, method="wilson")}. */
    @ParameterizedTest
    @CsvSource({
        "7, 20, 0.95, 0.18119182410108203, 0.5671457233147638",
        "0, 10, 0.95, 0, 0.27753279986288926",
        "10, 10, 0.9, 0.7870580299165928, 1",
        "512, 1000, 0.99, 0.4713395266216968, 0.5525022854206215",
        "12.5, 33.3, 0.95, 0.23200651516996254, 0.5445235333650325",
        "1, 100000, 0.95, 1.7652477303783092e-06, 5.664709659040968e-05"
    })
    void sharesHaveWilsonsInterval(double hits, double rows, double confidence, double lower, double upper) {
        Interval interval = new Wilson(hits / rows, rows).interval(confidence);

        assertThat(interval.lower()).isCloseTo(lower, within(1e-12));
        assertThat(interval.upper()).isCloseTo(upper, within(1e-12));
    }

    /** Table II of R. G. Newcombe, Statistics in Medicine 17, 1998, pages 873 to 890, method 10. */
    @ParameterizedTest
    @CsvSource({
        "56, 70, 48, 80, 0.0524, 0.3339",
        "9, 10, 3, 10, 0.1705, 0.8090",
        "6, 7, 2, 7, 0.0582, 0.8062",
        "5, 56, 0, 29, -0.0381, 0.1926",
        "0, 10, 0, 20, -0.1611, 0.2775",
        "10, 10, 0, 10, 0.6075, 1.0000"
    })
    void differencesOfSharesHaveNewcombesInterval(
            double hits, double rows, double otherHits, double otherRows, double lower, double upper) {
        Interval interval = new NewcombeDifference(
                        new Wilson(hits / rows, rows), new Wilson(otherHits / otherRows, otherRows))
                .interval(0.95);

        assertThat(interval.lower()).isCloseTo(lower, within(5e-5));
        assertThat(interval.upper()).isCloseTo(upper, within(5e-5));
    }

    /** {@code scipy.stats.sem}, and numpy's weighted average. */
    @Test
    void aMeanKnowsItsStandardErrorWithAndWithoutWeights() {
        double[] values = {3, 1, 4, 1, 5, 9, 2, 6};
        double[] weights = {1, 2, 1, 1, 3, 1, 2, 1};
        WeightedMean plain = new WeightedMean();
        WeightedMean weighted = new WeightedMean();
        for (int i = 0; i < values.length; i++) {
            plain.add(values[i], 7);
            weighted.add(values[i], weights[i]);
        }

        assertThat(plain.value()).isCloseTo(3.875, within(1e-12));
        assertThat(plain.effectiveSize()).isCloseTo(8, within(1e-12));
        assertThat(plain.standardError()).isCloseTo(0.9716977043151993, within(1e-12));
        assertThat(weighted.value()).isCloseTo(3.6666666666666665, within(1e-12));
        assertThat(weighted.effectiveSize()).isCloseTo(6.545454545454546, within(1e-12));
        assertThat(weighted.standardError()).isCloseTo(1.0009103324597926, within(1e-12));
        Interval interval = plain.uncertainty(0, Double.POSITIVE_INFINITY).interval(0.95);
        assertThat(interval.lower()).isCloseTo(3.875 - 1.959963984540054 * 0.9716977043151993, within(1e-9));
    }

    /** {@code statsmodels.stats.weightstats.DescrStatsW(values, weights, ddof=0)}. */
    @Test
    void aWeightedMeanHasItsVarianceAndIsTheSameForGroupsOfEqualValues() {
        WeightedMean mean = new WeightedMean();
        double[] values = {3, 1, 4, 5, 9, 2, 6};
        double[] weights = {1, 3, 1, 3, 1, 2, 1};
        double[] squaredWeights = {1, 5, 1, 9, 1, 4, 1};
        for (int i = 0; i < values.length; i++) {
            mean.add(values[i], weights[i], squaredWeights[i]);
        }

        assertThat(mean.weight()).isEqualTo(12);
        assertThat(mean.value()).isCloseTo(3.6666666666666665, within(1e-12));
        assertThat(mean.variance()).isCloseTo(5.555555555555556, within(1e-12));
        assertThat(mean.standardError()).isCloseTo(1.0009103324597926, within(1e-12));
    }

    @Test
    void fewerThanTwoRowsWorthHaveNoStandardError() {
        WeightedMean mean = new WeightedMean();
        assertThat(mean.value()).isNaN();
        assertThat(mean.hasStandardError()).isFalse();

        mean.add(3, 1);
        mean.add(4, 0.5);
        assertThat(mean.effectiveSize()).isCloseTo(1.8, within(1e-12));
        assertThat(mean.standardError()).isNaN();
        assertThatThrownBy(() -> mean.uncertainty(0, 1)).isInstanceOf(IllegalStateException.class);

        mean.add(5, 1);
        assertThat(mean.hasStandardError()).isTrue();
    }

    @Test
    void equalValuesHaveNoErrorWhateverTheirWeights() {
        Random random = new Random(2);
        WeightedMean mean = new WeightedMean();
        for (int i = 0; i < 1000; i++) {
            mean.add(0.1, random.nextDouble() + 1e-6);
        }

        assertThat(mean.value()).isEqualTo(0.1);
        assertThat(mean.standardError()).isZero();
    }

    @Test
    void theRootOfAMeanHasTheRootsOfItsLimits() {
        Uncertainty square = NormalError.ofMean(4, 1, 0, Double.POSITIVE_INFINITY);
        Interval root = new Transformed(square, Math::sqrt).interval(0.95);

        assertThat(root.lower()).isCloseTo(Math.sqrt(square.interval(0.95).lower()), within(1e-12));
        assertThat(root.upper()).isCloseTo(Math.sqrt(square.interval(0.95).upper()), within(1e-12));
        assertThat(new Transformed(square, x -> -x).interval(0.9).lower())
                .isCloseTo(-square.interval(0.9).upper(), within(1e-12));
    }

    @Test
    void aDifferenceOfIndependentEstimatesAddsTheirVariances() {
        Interval interval = NormalError.ofHalfWidths(0.1, 0.95, 0.03, 0.04).interval(0.95);

        assertThat(interval.upper() - 0.1).isCloseTo(0.05, within(1e-12));
    }

    @Test
    void aConfidenceMustBeAShare() {
        assertThatThrownBy(() -> new Wilson(0.5, 10).interval(1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Quantiles as {@code numpy.quantile} has them, around the estimate and not around the sample's own value. */
    @Test
    void theBootstrapsLimitsAreQuantilesAroundTheEstimate() {
        double[] replicates =
                IntStream.rangeClosed(1, 100).mapToDouble(i -> Math.pow(i, 1.5)).toArray();
        BootstrapDistribution distribution =
                BootstrapDistribution.of(12, 10, replicates).orElseThrow();

        assertThat(distribution.interval(0.95).lower()).isCloseTo(2 + 6.527980021920982, within(1e-9));
        assertThat(distribution.interval(0.95).upper()).isCloseTo(2 + 963.1151377064256, within(1e-9));
        assertThat(distribution.pValueOfZero()).isCloseTo(2 / 101.0, within(1e-12));
        assertThat(distribution.defined()).isEqualTo(100);
        assertThatThrownBy(() -> distribution.interval(1.5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMetricThatFewResamplesHaveHasNoInterval() {
        double[] replicates = new double[100];
        Arrays.fill(replicates, 0, 60, Double.NaN);

        assertThat(BootstrapDistribution.of(1, 1, replicates)).isEmpty();
    }

    /** Of 1000 samples, 95 % of the intervals must cover the truth; a binomial share strays by 0.021 at three sigma. */
    @Test
    void intervalsCoverTheTruthAsOftenAsTheySay() {
        Random random = new Random(5);
        int wilson = 0;
        int normal = 0;
        for (int sample = 0; sample < 1000; sample++) {
            WeightedMean mean = new WeightedMean();
            int hits = 0;
            for (int i = 0; i < 120; i++) {
                hits += random.nextDouble() < 0.2 ? 1 : 0;
                mean.add(random.nextGaussian() + 3, 1);
            }
            Interval share = new Wilson(hits / 120.0, 120).interval(0.95);
            Interval average = mean.uncertainty(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                    .interval(0.95);
            wilson += share.lower() <= 0.2 && 0.2 <= share.upper() ? 1 : 0;
            normal += average.lower() <= 3 && 3 <= average.upper() ? 1 : 0;
        }

        assertThat(wilson / 1000.0).isCloseTo(0.95, within(0.025));
        assertThat(normal / 1000.0).isCloseTo(0.95, within(0.025));
    }
}
