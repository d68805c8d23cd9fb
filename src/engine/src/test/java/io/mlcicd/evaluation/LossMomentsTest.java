package io.mlcicd.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Expected p-values are those of scipy 1.17.1: {@code ttest_ind(equal_var=False)}, {@code fisher_exact}, both "greater". */
class LossMomentsTest {

    private static final double[] SLICE = {2.5, 3.1, 4.7, 1.2, 5.5};
    private static final double[] REST = {1.1, 0.4, 2.2, 1.9, 0.7, 1.3, 2.8};

    @Test
    void lossesAreComparedByWelchsTest() {
        assertThat(moments(1, SLICE).notGreater(moments(1, REST), false)).isCloseTo(0.03311328971037919, within(1e-12));
        assertThat(moments(1, REST).notGreater(moments(1, SLICE), false)).isEqualTo(1);
    }

    @Test
    void weightsThatAreAllEqualChangeNothing() {
        assertThat(moments(7, SLICE).notGreater(moments(7, REST), false)).isCloseTo(0.03311328971037919, within(1e-12));
        assertThat(shares(0.25, 8, 20).notGreater(shares(0.25, 12, 80), true))
                .isCloseTo(0.018090410871296387, within(1e-12));
    }

    @Test
    void wrongRowsAreComparedByFishersTest() {
        assertThat(shares(1, 8, 20).notGreater(shares(1, 12, 80), true)).isCloseTo(0.018090410871296387, within(1e-12));
        assertThat(shares(1, 3, 30).notGreater(shares(1, 1, 970), true))
                .isCloseTo(9.574795507744656e-05, within(1e-12));
    }

    @Test
    void whatAFewRowsWeighIsNotTakenForMany() {
        LossMoments heavy = shares(1, 0, 50).plus(shares(100, 1, 1));

        assertThat(heavy.effectiveRows()).isCloseTo(150 * 150 / 10_050.0, within(1e-9));
        assertThat(heavy.notGreater(shares(1, 10, 1000), true)).isGreaterThan(0.01);
    }

    @Test
    void roundingIsNoDifference() {
        LossMoments tenth = moments(1, 0.1, 0.1, 0.1, 0.1);
        LossMoments nearly = moments(1, 0.30000000000000004 - 0.2, 0.1, 0.30000000000000004 - 0.2, 0.1);

        assertThat(nearly.notGreater(tenth, false)).isEqualTo(1);
        assertThat(moments(1, 2, 2, 2).notGreater(moments(1, 1, 1, 1), false)).isZero();
        assertThat(LossMoments.NONE.notGreater(tenth, false)).isEqualTo(1);
    }

    private static LossMoments moments(double weight, double... losses) {
        return new LossMoments(
                losses.length,
                weight * losses.length,
                weight * weight * losses.length,
                weight * Arrays.stream(losses).sum(),
                weight * Arrays.stream(losses).map(loss -> loss * loss).sum());
    }

    private static LossMoments shares(double weight, int wrong, int rows) {
        return new LossMoments(rows, weight * rows, weight * weight * rows, weight * wrong, weight * wrong);
    }
}
