package io.mlcicd.drift.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Isotonic regression, against scikit-learn 1.9.1's {@code IsotonicRegression(out_of_bounds="clip")}. */
class IsotonicRegressionTest {

    /** Puts points in order and fits. */
    static IsotonicRegression fit(double[] x, double[] y, double[] weights) {
        int[] order = IntStream.range(0, x.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> x[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        return IsotonicRegression.ofSorted(
                Arrays.stream(order).mapToDouble(i -> x[i]).toArray(),
                Arrays.stream(order).mapToDouble(i -> y[i]).toArray(),
                Arrays.stream(order).mapToDouble(i -> weights[i]).toArray());
    }

    @Test
    void equalsScikitLearnsOfWeightedAndTiedPoints() {
        Lcg random = new Lcg(5);
        double[] x = IntStream.range(0, 60)
                .mapToDouble(i -> Math.rint(random.next() * 40) / 40)
                .toArray();
        double[] y = Arrays.stream(x).map(random::bit).toArray();
        double[] weights = Arrays.stream(x).map(each -> 0.5 + random.next()).toArray();
        IsotonicRegression fitted = fit(x, y, weights);

        double[] at = {-1, 0, .1, .2375, .33, .4125, .5, .61, .7375, .88, .99, 1, 2};
        double[] expected = {
            0,
            0,
            0,
            0.17901082189285178,
            0.47751554440435046,
            0.47751554440435046,
            0.47751554440435046,
            0.7326070501322696,
            0.7874268654102514,
            1,
            1,
            1,
            1
        };
        for (int i = 0; i < at.length; i++) {
            assertThat(fitted.at(at[i])).as("at %s", at[i]).isCloseTo(expected[i], within(1e-9));
        }
    }

    @Test
    void neverFallsAndKeepsTheMean() {
        Random random = new Random(3);
        for (int run = 0; run < 200; run++) {
            int n = 1 + random.nextInt(50);
            double[] x = random.doubles(n).map(value -> Math.rint(value * 30)).toArray();
            double[] y = random.doubles(n).toArray();
            double[] ones = random.doubles(n).map(value -> value + 0.1).toArray();
            IsotonicRegression fitted = fit(x, y, ones);

            double[] sorted = Arrays.stream(x).sorted().map(fitted::at).toArray();
            double sum = 0;
            for (int i = 0; i < n; i++) {
                assertThat(i == 0 || sorted[i] >= sorted[i - 1]).isTrue();
                sum += ones[i] * (fitted.at(x[i]) - y[i]);
            }
            assertThat(sum).isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void ofOnePointIsConstant() {
        IsotonicRegression fitted = fit(new double[] {3}, new double[] {0.25}, new double[] {2});

        assertThat(fitted.at(-5)).isEqualTo(0.25);
        assertThat(fitted.at(3)).isEqualTo(0.25);
        assertThat(fitted.at(99)).isEqualTo(0.25);
    }
}
