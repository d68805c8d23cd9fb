package io.mlcicd.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonWeightsTest {

    private static final int DRAWS = 40_000;

    /** Pearson's test of goodness of fit with twenty bins of nearly the same chance, at a fixed seed. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 7.5, 40, 300, 1e5, 1e6})
    void drawsArePoisson(double mean) {
        PoissonDistribution poisson = PoissonDistribution.of(mean);
        int[] bounds = new int[21];
        for (int bin = 0; bin < 20; bin++) {
            bounds[bin] = bin == 0 ? -1 : poisson.inverseCumulativeProbability(bin / 20.0);
        }
        bounds[20] = Integer.MAX_VALUE;
        long[] counts = new long[20];
        for (double draw : draws(mean, 11)) {
            int bin = 0;
            while (draw > bounds[bin + 1]) {
                bin++;
            }
            counts[bin]++;
        }
        double statistic = 0;
        int bins = 0;
        for (int bin = 0; bin < 20; bin++) {
            if (bounds[bin + 1] > bounds[bin]) {
                double expected = DRAWS
                        * (bin == 19
                                ? poisson.survivalProbability(bounds[bin])
                                : poisson.probability(bounds[bin], bounds[bin + 1]));
                statistic += (counts[bin] - expected) * (counts[bin] - expected) / expected;
                bins++;
            }
        }

        assertThat(bins).isGreaterThan(1);
        assertThat(ChiSquaredDistribution.of(bins - 1).survivalProbability(statistic))
                .isGreaterThan(0.001);
    }

    @Test
    void aSeedGivesTheSameDrawsAndItsNeighbourOthers() {
        double[] draws = draws(1, 5);
        double[] others = draws(1, 6);
        double together = 0;
        for (int i = 0; i < DRAWS; i++) {
            together += (draws[i] - 1) * (others[i] - 1) / DRAWS;
        }

        assertThat(draws(1, 5)).isEqualTo(draws);
        assertThat(together).isCloseTo(0, within(4 / Math.sqrt(DRAWS)));
    }

    @Test
    void meansMayChangeFromDrawToDraw() {
        PoissonWeights weights = new PoissonWeights(3);
        double small = 0;
        double large = 0;
        for (int i = 0; i < 10_000; i++) {
            small += weights.next(2);
            large += weights.next(500);
            assertThat(weights.next(0)).isZero();
        }

        assertThat(small / 10_000).isCloseTo(2, within(4 * Math.sqrt(2 / 10_000.0)));
        assertThat(large / 10_000).isCloseTo(500, within(4 * Math.sqrt(500 / 10_000.0)));
        assertThatThrownBy(() -> weights.next(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static double[] draws(double mean, long seed) {
        PoissonWeights weights = new PoissonWeights(seed);
        return DoubleStream.generate(() -> weights.next(mean)).limit(DRAWS).toArray();
    }
}
