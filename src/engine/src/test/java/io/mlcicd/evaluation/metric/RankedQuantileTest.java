package io.mlcicd.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankedQuantileTest {

    private static double quantile(double level, double weight, double... rising) {
        RankedQuantile quantile = new RankedQuantile(level, weight * rising.length);
        for (int i = rising.length - 1; i >= 0; i--) {
            quantile.add(rising[i], weight);
        }
        return quantile.value();
    }

    /** Expected: {@code numpy.quantile([1, 2, 4, 8, 16, 32, 64, 128, 256, 512], q, method="averaged_inverted_cdf")}. */
    @Test
    void equalsNumpy() {
        double[] powers = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
        assertThat(quantile(0.5, 1, powers)).isEqualTo(24);
        assertThat(quantile(0.9, 1, powers)).isEqualTo(384);
        assertThat(quantile(0.95, 1, powers)).isEqualTo(512);
        assertThat(quantile(0.5, 1, 1, 2, 4)).isEqualTo(2);
        assertThat(quantile(0.5, 1, 3)).isEqualTo(3);
        assertThat(quantile(0.5, 1)).isNaN();
    }

    @Test
    void isTheUsualMedianForAnyWeightThatAllShare() {
        Random random = new Random(3);
        for (int n = 1; n < 400; n++) {
            double[] values = random.doubles(n).sorted().toArray();
            double median = (values[(n - 1) / 2] + values[n / 2]) / 2;
            for (double weight : new double[] {1, 0.1, 1 / 3.0, 1e-7, 123456.789}) {
                assertThat(quantile(0.5, weight, values)).isEqualTo(median);
            }
        }
    }

    @Test
    void takesAWeightForAsManyRows() {
        Random random = new Random(5);
        for (int trial = 0; trial < 200; trial++) {
            double[] values = random.doubles(1 + random.nextInt(30)).sorted().toArray();
            int[] weights = random.ints(values.length, 1, 5).toArray();
            int total = Arrays.stream(weights).sum();
            for (double level : new double[] {0.5, 0.9, 0.95}) {
                RankedQuantile weighted = new RankedQuantile(level, total);
                RankedQuantile repeated = new RankedQuantile(level, total);
                for (int i = values.length - 1; i >= 0; i--) {
                    weighted.add(values[i], weights[i]);
                    for (int k = 0; k < weights[i]; k++) {
                        repeated.add(values[i], 1);
                    }
                }
                assertThat(weighted.value()).isEqualTo(repeated.value());
            }
        }
    }
}
