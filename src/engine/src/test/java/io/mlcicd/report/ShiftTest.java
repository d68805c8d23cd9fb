package io.mlcicd.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.evaluation.EvaluationDetails.Change;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ShiftTest {

    private static Shift of(double change, double lower, double upper, Optional<Boolean> better) {
        return Shift.of(new Change(
                change,
                OptionalDouble.of(lower),
                OptionalDouble.of(upper),
                OptionalDouble.empty(),
                Optional.of("bootstrap"),
                better));
    }

    @Test
    void onlyAnIntervalWithoutZeroDecides() {
        assertThat(of(0.03, 0.01, 0.05, Optional.of(true))).isEqualTo(Shift.BETTER);
        assertThat(of(0.03, 0.01, 0.05, Optional.of(false))).isEqualTo(Shift.WORSE);
        assertThat(of(0.03, -0.01, 0.07, Optional.of(true))).isEqualTo(Shift.UNDECIDED);
        assertThat(of(0.03, 0, 0.06, Optional.of(true))).isEqualTo(Shift.UNDECIDED);
        assertThat(of(-0.03, -0.06, 0, Optional.of(false))).isEqualTo(Shift.UNDECIDED);
    }

    @Test
    void noChangeInTheSampleMayStillBeOneBeyondIt() {
        assertThat(of(0, -0.02, 0.02, Optional.empty())).isEqualTo(Shift.UNDECIDED);
        assertThat(of(0, 0, 0, Optional.empty())).isEqualTo(Shift.SAME);
    }

    @Test
    void whereNobodyKnowsWhichWayIsBetterItIsOnlyAChange() {
        assertThat(of(0.03, 0.01, 0.05, Optional.empty())).isEqualTo(Shift.CHANGED);
    }
}
