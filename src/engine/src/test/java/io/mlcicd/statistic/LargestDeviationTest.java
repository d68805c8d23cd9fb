package io.mlcicd.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LargestDeviationTest {

    @Test
    void reachesAsFarAsTheQuantileOfTheDeviationsAndNotBeyondWhatIsPossible() {
        double[] deviations =
                IntStream.rangeClosed(1, 100).mapToDouble(i -> i / 100.0).toArray();

        LargestDeviation wide = LargestDeviation.of(0.3, deviations, 1).orElseThrow();

        assertThat(wide.interval(0.2)).isEqualTo(new Interval(0.3 - 0.2, 0.5));
        assertThat(wide.interval(0.9)).isEqualTo(new Interval(0, 1));
    }

    @Test
    void fewDefinedResamplesTellNothing() {
        double[] undefined = new double[100];
        Arrays.fill(undefined, 0, 51, Double.NaN);

        assertThat(LargestDeviation.of(0.3, undefined, 1)).isEmpty();
        assertThat(LargestDeviation.of(0.3, new double[19], 1)).isEmpty();
    }

    /** The quantiles of the distance itself would never cover 0. */
    @Test
    void coversEqualRatesAsOftenAsItSays() {
        Random random = new Random(5);
        int covered = 0;
        for (int trial = 0; trial < 400; trial++) {
            double first = random.nextGaussian();
            double second = random.nextGaussian();
            double[] deviations = IntStream.range(0, 400)
                    .mapToDouble(i -> Math.sqrt(2) * Math.abs(random.nextGaussian()))
                    .toArray();
            LargestDeviation deviation = LargestDeviation.of(
                            Math.abs(first - second), deviations, Double.POSITIVE_INFINITY)
                    .orElseThrow();
            covered += deviation.interval(0.9).lower() <= 0 ? 1 : 0;
        }

        assertThat(covered / 400.0).isCloseTo(0.9, within(0.04));
    }
}
