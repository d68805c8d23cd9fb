package io.mlcicd.deployment.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.deployment.target.SeenPredictions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PredictionDriftTest {

    private static SeenPredictions numbers(long seed, double mean, int count) {
        Random random = new Random(seed);
        return new SeenPredictions(
                Stream.generate(() -> mean + random.nextGaussian()).limit(count).toList(), Map.of());
    }

    @Test
    void equalPredictionsDoNotDriftAndShiftedOnesDo() {
        PredictionDrift same = PredictionDrift.between(numbers(1, 0, 2000), numbers(2, 0, 2000))
                .orElseThrow();
        assertThat(same.psi()).isLessThan(0.03);
        assertThat(same.pValue()).isGreaterThan(0.01);

        PredictionDrift shifted = PredictionDrift.between(numbers(1, 0, 2000), numbers(2, 1, 2000))
                .orElseThrow();
        // The PSI of two normals of one variance is the squared distance of their means; bins lose a little of it.
        assertThat(shifted.psi()).isBetween(0.75, 1.1);
        assertThat(shifted.pValue()).isLessThan(1e-12);
    }

    /** scipy.stats.chi2_contingency([[30, 70], [45, 55]], correction=False): 4.8, p = 0.0284597... */
    @Test
    void categoriesAreTestedAsInScipy() {
        PredictionDrift drift = PredictionDrift.between(
                        new SeenPredictions(List.of(), Map.of("sun", 30L, "rain", 70L)),
                        new SeenPredictions(List.of(), Map.of("sun", 45L, "rain", 55L)))
                .orElseThrow();
        assertThat(drift.pValue()).isCloseTo(0.028459736916310638, within(1e-12));
        double psi = (0.45 - 0.3) * Math.log(0.45 / 0.3) + (0.55 - 0.7) * Math.log(0.55 / 0.7);
        assertThat(drift.psi()).isCloseTo(psi, within(1e-12));
    }

    @Test
    void tooFewSayNothing() {
        assertThat(PredictionDrift.between(numbers(1, 0, 19), numbers(2, 0, 2000)))
                .isEmpty();
        assertThat(PredictionDrift.between(SeenPredictions.NONE, SeenPredictions.NONE))
                .isEmpty();
    }
}
