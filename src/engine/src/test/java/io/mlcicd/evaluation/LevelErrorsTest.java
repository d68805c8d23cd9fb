package io.mlcicd.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Areas under curves of every order that a level's rows may have, counted by hand, are within the errors. */
class LevelErrorsTest {

    @Test
    void areasOfAnyOrderAreWithin() {
        LevelErrors errors = new LevelErrors(2);
        errors.add(new double[] {0, 2});
        errors.add(new double[] {1, 1});
        errors.add(new double[] {3, 0});
        // 3 positive and 4 negative rows: of 12 pairs one is of one level, which counts half.
        assertThat(errors.rocAuc()).isCloseTo(0.5 / 12, within(1e-15));
        // The positive row of that level is the third of three or of four rows: precision from above 2/3 to 1.
        assertThat(errors.prAuc()).isGreaterThanOrEqualTo((1.0 - 2.0 / 3) / 3);
        assertThat(errors.ks()).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(errors.sentence()).isPresent();
    }

    @Test
    void levelsOfOneClassHideNothing() {
        LevelErrors errors = new LevelErrors(2);
        errors.add(new double[] {0, 2});
        errors.add(new double[] {3, 0});
        assertThat(errors.sentence()).isEmpty();
    }
}
