package io.mlcicd.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapDistributionTest {

    /** 400 samples of 100 values, their means' intervals from 400 Poisson resamples; 95 % give or take 3.3 at three sigma. */
    @Test
    void poissonResamplesCoverAMeanAsOftenAsTheySay() {
        Random random = new Random(7);
        int covered = 0;
        int alarms = 0;
        for (int run = 0; run < 400; run++) {
            double[] values = random.doubles(100).map(u -> u - 0.5).toArray();
            double mean = Arrays.stream(values).average().orElseThrow();
            double[] replicates = new double[400];
            for (int r = 0; r < replicates.length; r++) {
                PoissonWeights weights = new PoissonWeights(1000L * run + r);
                double sum = 0;
                double drawn = 0;
                for (double value : values) {
                    double times = weights.next(1);
                    sum += times * value;
                    drawn += times;
                }
                replicates[r] = sum / drawn;
            }
            BootstrapDistribution distribution =
                    BootstrapDistribution.of(mean, mean, replicates).orElseThrow();
            Interval interval = distribution.interval(0.95);
            boolean covers = interval.lower() <= 0 && 0 <= interval.upper();
            covered += covers ? 1 : 0;
            alarms += distribution.pValueOfZero() < 0.05 ? 1 : 0;
        }

        assertThat(covered / 400.0).isCloseTo(0.95, within(0.033));
        assertThat(alarms / 400.0).isCloseTo(0.05, within(0.033));
    }

    @Test
    void undefinedResamplesAreLeftOutAndCounted() {
        double[] replicates = new double[100];
        Arrays.setAll(replicates, i -> i % 4 == 0 ? Double.NaN : i % 2);
        BootstrapDistribution distribution =
                BootstrapDistribution.of(0.5, 0.5, replicates).orElseThrow();

        assertThat(distribution.defined()).isEqualTo(75);
        assertThat(distribution.interval(0.9)).isEqualTo(new Interval(0, 1));
        assertThat(distribution.pValueOfZero()).isCloseTo(2 * 26 / 76.0, within(1e-12));
    }

    @Test
    void aDifferenceThatIsAlwaysZeroIsNone() {
        BootstrapDistribution distribution =
                BootstrapDistribution.of(0, 0, new double[200]).orElseThrow();

        assertThat(distribution.pValueOfZero()).isEqualTo(1);
        assertThat(distribution.interval(0.95)).isEqualTo(new Interval(0, 0));
    }
}
