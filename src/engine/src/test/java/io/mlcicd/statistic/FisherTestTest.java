package io.mlcicd.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected p-values are those of scipy 1.17.1: {@code fisher_exact(alternative="greater")}. */
class FisherTestTest {

    @ParameterizedTest
    @CsvSource({
        "8, 20, 12, 80, 0.018090410871296387",
        "3, 30, 1, 970, 9.574795507744656e-05",
        "0, 5, 3, 20, 1",
        "5, 5, 10, 40, 0.002457931556059746",
        "2, 30, 200, 1000, 0.9889394007161136",
        "1, 10, 5, 50, 0.6825913942712368",
        "120300, 400000, 179700, 600000, 0.09109653651254268",
        "120000, 400000, 170000, 600000, 1.602987934656935e-72",
    })
    void equalsScipy(int found, int size, int otherFound, int otherSize, double expected) {
        assertThat(FisherTest.greater(found, size, otherFound, otherSize)).isCloseTo(expected, withinPercentage(1e-6));
    }

    @Test
    void bothTailsShareTheObservedTable() {
        for (int found = 0; found <= 12; found++) {
            double greater = FisherTest.greater(found, 12, 9, 30);
            double less = FisherTest.greater(12 - found, 12, 21, 30);
            assertThat(greater + less).isBetween(1.0, 2.0);
        }
        assertThat(FisherTest.greater(0, 0, 9, 30)).isEqualTo(1);
    }

    @Test
    void moreThanThereAreIsRefused() {
        assertThatThrownBy(() -> FisherTest.greater(6, 5, 0, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
