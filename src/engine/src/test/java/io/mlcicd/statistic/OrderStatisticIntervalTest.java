package io.mlcicd.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderStatisticIntervalTest {

    /** {@code quantile_test(numpy.arange(1, n + 1), p=level).confidence_interval(confidence)} of scipy 1.17.1. */
    @ParameterizedTest
    @CsvSource({
        "20, 0.5, 0.95, 6, 15",
        "100, 0.9, 0.95, 84, 96",
        "1000, 0.5, 0.99, 459, 542",
        "8, 0.5, 0.95, 1, 8",
        "200, 0.25, 0.9, 40, 61"
    })
    void ranksAreScipys(int size, double level, double confidence, double lower, double upper) {
        Interval interval = OrderStatisticInterval.of(size, level, confidence, rank -> rank)
                .orElseThrow()
                .interval(confidence);

        assertThat(interval).isEqualTo(new Interval(lower, upper));
    }

    /** scipy has NaN as the upper limit of 59 values' 95 % quantile. */
    @Test
    void fewValuesHaveNoInterval() {
        assertThat(OrderStatisticInterval.of(59, 0.95, 0.95, rank -> rank)).isEmpty();
        assertThat(OrderStatisticInterval.of(1, 0.5, 0.95, rank -> rank)).isEmpty();
        OrderStatisticInterval median =
                OrderStatisticInterval.of(8, 0.5, 0.9, rank -> rank).orElseThrow();
        assertThatThrownBy(() -> median.interval(0.999)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OrderStatisticInterval.of(8, 1, 0.9, rank -> rank))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** It is conservative: of 2000 samples, 95 % less 1.5 at three sigma must cover the truth. */
    @Test
    void intervalsCoverTheMedian() {
        Random random = new Random(6);
        int covered = 0;
        for (int run = 0; run < 2000; run++) {
            double[] sorted = random.doubles(41).map(u -> -Math.log(u)).sorted().toArray();
            Interval interval = OrderStatisticInterval.of(sorted.length, 0.5, 0.95, rank -> sorted[rank - 1])
                    .orElseThrow()
                    .interval(0.95);
            covered += interval.lower() <= Math.log(2) && Math.log(2) <= interval.upper() ? 1 : 0;
            assertThat(interval.lower()).isIn(Arrays.stream(sorted).boxed().toArray());
        }

        assertThat(covered / 2000.0).isBetween(0.935, 0.99);
    }
}
