package io.mlcicd.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.evaluation.metric.Pictures.ResidualBin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResidualHistogramTest {

    private static List<ResidualBin> bins(List<Double> values) {
        ResidualHistogram histogram = new ResidualHistogram();
        values.forEach(value -> histogram.add(value, 2));
        return histogram.bins();
    }

    @Test
    void countsEveryNumberInItsBinWhateverTheRange() {
        Random random = new Random(11);
        for (int trial = 0; trial < 300; trial++) {
            double scale = Math.pow(10, random.nextInt(40) - 20);
            double shift =
                    random.nextBoolean() ? 0 : scale * Math.pow(10, random.nextInt(8)) * (random.nextDouble() - 0.5);
            List<Double> values = new ArrayList<>();
            int count = 2 + random.nextInt(200);
            for (int i = 0; i < count; i++) {
                values.add(shift + scale * random.nextGaussian());
            }
            List<ResidualBin> bins = bins(values);
            assertThat(bins).hasSizeBetween(17, 32);
            double end = bins.get(0).from();
            for (ResidualBin bin : bins) {
                assertThat(bin.from()).isEqualTo(end);
                assertThat(bin.rows())
                        .isEqualTo(2.0
                                * values.stream()
                                        .filter(value -> value >= bin.from() && value < bin.to())
                                        .count());
                end = bin.to();
            }
            assertThat(bins.stream().mapToDouble(ResidualBin::rows).sum()).isEqualTo(2.0 * count);
            Collections.shuffle(values, random);
            assertThat(bins(values)).isEqualTo(bins);
        }
    }

    @Test
    void showsEqualNumbersAsOneBin() {
        assertThat(bins(List.of(0.0, -0.0, 0.0))).containsExactly(new ResidualBin(0, 0, 6));
        assertThat(bins(List.of(-2.5, -2.5))).containsExactly(new ResidualBin(-2.5, -2.5, 4));
        assertThat(bins(List.of())).isEmpty();
    }

    @Test
    void survivesTheRangeOfADouble() {
        List<ResidualBin> bins = bins(List.of(
                Double.MIN_VALUE, 1.0, -Double.MAX_VALUE, 0.0, Double.POSITIVE_INFINITY, Double.MAX_VALUE, -1e-300));
        assertThat(bins).hasSizeBetween(17, 32);
        assertThat(bins.stream().mapToDouble(ResidualBin::rows).sum()).isEqualTo(12);
    }
}
