package io.mlcicd.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.operation.Task;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tells the weightiest metrics first. */
class MainMetricsTest {

    @Test
    void aTasksOwnMetricsComeInTheOrderOfTheirWeight() {
        assertThat(MainMetrics.of(Optional.of(Task.BINARY), List.of("brier", "errors.share", "rocAuc", "rows")))
                .containsExactly("rocAuc", "brier", "errors.share");
    }

    @Test
    void theBaselinesNumbersAreNotTakenForTheModels() {
        assertThat(MainMetrics.of(
                        Optional.of(Task.BINARY),
                        List.of("baseline.binary_accuracy", "binary_accuracy", "binary_accuracy.diff")))
                .containsExactly("binary_accuracy", "binary_accuracy.diff", "baseline.binary_accuracy");
    }
}
