package io.mlcicd.deployment.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

    /** Against the nearest-rank percentile of the sorted values themselves. */
    @Test
    void percentilesAreWithinTheStatedError() {
        Random random = new Random(1);
        LatencyHistogram histogram = new LatencyHistogram();
        double[] millis = new double[20_000];
        for (int i = 0; i < millis.length; i++) {
            long nanos = (long) Math.exp(13 + 3 * random.nextGaussian()) + 1000;
            millis[i] = nanos / 1e6;
            histogram.add(nanos);
        }
        Arrays.sort(millis);
        for (double level : new double[] {0.01, 0.5, 0.95, 0.99, 1}) {
            double exact = millis[(int) Math.ceil(level * millis.length) - 1];
            assertThat(histogram.percentileMillis(level)).isCloseTo(exact, withinPercentage(1.0));
        }
    }

    @Test
    void nothingHasNoPercentile() {
        assertThat(new LatencyHistogram().percentileMillis(0.5)).isNaN();
    }
}
