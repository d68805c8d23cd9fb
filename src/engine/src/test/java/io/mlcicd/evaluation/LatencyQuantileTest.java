package io.mlcicd.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.statistic.Estimate;
import io.mlcicd.statistic.Interval;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Expected intervals are those of scipy 1.17.1, {@code quantile_test(numpy.arange(1, n + 1), p=p).confidence_interval}, and
 * quantiles those of numpy's {@code quantile(method="inverted_cdf")}.
 */
class LatencyQuantileTest {

    @ParameterizedTest
    @CsvSource({
        "20, 0.5, 0.95, 10, 6, 15",
        "20, 0.5, 0.99, 10, 4, 17",
        "200, 0.9, 0.95, 180, 171, 189",
        "200, 0.95, 0.95, 190, 184, 197",
        "1000, 0.99, 0.95, 990, 983, 997",
        "1000, 0.99, 0.99, 990, 981, 998",
        "600, 0.95, 0.9, 570, 561, 580",
        "600, 0.95, 0.99, 570, 555, 584"
    })
    void liesBetweenTheOrderStatisticsThatScipyFinds(
            int n, double level, double confidence, double value, double lower, double upper) {
        Estimate estimate = LatencyQuantile.of(oneUpTo(n), level, confidence);
        assertThat(estimate.value()).isEqualTo(value);
        assertThat(estimate.uncertainty().orElseThrow().interval(confidence)).isEqualTo(new Interval(lower, upper));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 8", "0.9, 51", "0.95, 104", "0.99, 528"})
    void hasAnIntervalFromAsManyValuesOnAsScipy(double level, int least) {
        assertThat(LatencyQuantile.of(oneUpTo(least - 1), level, 0.95).uncertainty())
                .isEmpty();
        assertThat(LatencyQuantile.of(oneUpTo(least), level, 0.95).uncertainty())
                .isPresent();
    }

    @Test
    void ofOneValueIsThatValue() {
        assertThat(LatencyQuantile.of(new double[] {7}, 0.99, 0.95)).isEqualTo(Estimate.certain(7));
    }

    private static double[] oneUpTo(int n) {
        return IntStream.rangeClosed(1, n).asDoubleStream().toArray();
    }
}
