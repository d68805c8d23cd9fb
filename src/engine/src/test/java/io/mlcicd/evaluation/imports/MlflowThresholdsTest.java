package io.mlcicd.evaluation.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MlflowThresholdsTest {

    private static final MetricNames BINARY = MetricNames.of(Optional.of(Task.BINARY));

    @TempDir
    Path folder;

    private List<Gate> read(String name, String text, MetricNames names) throws IOException {
        Files.writeString(folder.resolve(name), text);
        return ImportedThresholds.read(folder.resolve(name), "ci/" + name, names);
    }

    @Test
    void everyBoundOfAMetricIsAGate() throws IOException {
        assertThat(read("thresholds.json", """
                {
                  "accuracy_score": {
                    "threshold": 0.8,
                    "min_absolute_change": 0.05,
                    "min_relative_change": 0.03,
                    "greater_is_better": true
                  },
                  "log_loss": {
                    "threshold": 0.4,
                    "min_absolute_change": 0.01,
                    "min_relative_change": 0.02,
                    "greater_is_better": false
                  }
                }
                """, BINARY))
                .containsExactly(
                        Gate.of("accuracy", Comparison.MIN, 0.8),
                        Gate.of("accuracy", Comparison.MIN_CHANGE, 0.05),
                        Gate.of("accuracy", Comparison.MIN_RELATIVE_CHANGE, 0.03),
                        Gate.of("logLoss", Comparison.MAX, 0.4),
                        Gate.of("logLoss", Comparison.MAX_CHANGE, -0.01),
                        Gate.of("logLoss", Comparison.MAX_RELATIVE_CHANGE, -0.02));
    }

    @Test
    void yamlTheOldKeyAndNullsAreRead() throws IOException {
        assertThat(read("thresholds.yml", """
                our_cost:
                  threshold: 12
                  min_absolute_change: null
                  higher_is_better: false
                ndcg_at_5: { min_relative_change: 0, greater_is_better: true }
                """, BINARY))
                .containsExactly(
                        Gate.of("our_cost", Comparison.MAX, 12), Gate.of("ndcg@5", Comparison.MIN_RELATIVE_CHANGE, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "BINARY, precision_score, precision",
        "BINARY, recall_score, recall",
        "BINARY, f1_score, f1",
        "BINARY, roc_auc, rocAuc",
        "BINARY, precision_recall_auc, prAucTrapezoidal",
        "BINARY, score, accuracy",
        "BINARY, example_count, rows",
        "MULTICLASS, accuracy_score, accuracy",
        "MULTICLASS, f1_score, f1.weighted",
        "MULTICLASS, precision_score, precision.weighted",
        "MULTICLASS, roc_auc, rocAuc.ovr.weighted",
        "REGRESSION, score, r2",
        "REGRESSION, r2_score, r2",
        "REGRESSION, mean_absolute_error, mae",
        "REGRESSION, mean_squared_error, mse",
        "REGRESSION, root_mean_squared_error, rmse",
        "REGRESSION, mean_absolute_percentage_error, mape",
        "REGRESSION, max_error, maxError"
    })
    void itsMetricsAreKnownByOurNames(Task task, String theirs, String ours) throws IOException {
        assertThat(read(
                        "t.json",
                        "{\"%s\": {\"threshold\": 1, \"greater_is_better\": true}}".formatted(theirs),
                        MetricNames.of(Optional.of(task))))
                .containsExactly(Gate.of(ours, Comparison.MIN, 1));
    }

    @Test
    void reportedMetricsKeepTheirNames() throws IOException {
        String text = "{\"accuracy_score\": {\"threshold\": 0.8, \"greater_is_better\": true}}";
        assertThat(read("t.json", text, MetricNames.AS_WRITTEN))
                .containsExactly(Gate.of("accuracy_score", Comparison.MIN, 0.8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "  treshold: 0.8 | ci/t.yml:4:3: accuracy_score.treshold: is no key of a threshold (did you mean 'threshold'?)",
                "  threshold: high | ci/t.yml:4:3: accuracy_score.threshold: must be a finite number, not \"high\"",
                "  threshold: .nan | ci/t.yml:4:3: accuracy_score.threshold: must be a finite number",
                "  min_absolute_change: 0 | ci/t.yml:4:3: accuracy_score.min_absolute_change: must be above 0",
                "  min_absolute_change: -0.1 | ci/t.yml:4:3: accuracy_score.min_absolute_change: must be above 0",
                "  min_relative_change: 5 | ci/t.yml:4:3: accuracy_score.min_relative_change: must be from 0 to 1",
                "  higher_is_better: true | ci/t.yml:4:3: accuracy_score.higher_is_better: is the old name",
                "  threshold: null | ci/t.yml:2:1: accuracy_score: has no threshold; give one of"
            })
    void whatItCannotMeanIsToldWithItsPlace(String line, String message) {
        String text = "# ours\naccuracy_score:\n  greater_is_better: true\n  " + line + "\n";
        assertThatThrownBy(() -> read("t.yml", text, BINARY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void theDirectionMustBeSaid() {
        assertThatThrownBy(() -> read("t.json", "{\n\"f1_score\": {\"threshold\": 0.8}}", BINARY))
                .hasMessageStartingWith("ci/t.json:2:1: f1_score: does not say whether more is better");
        assertThatThrownBy(() -> read("t.json", "{\"f1_score\": {\"threshold\": 1, \"greater_is_better\": 1}}", BINARY))
                .hasMessageContaining("f1_score.greater_is_better: must be true or false");
    }

    @Test
    void aMetricThatIsNotComputedHereIsRefused() {
        String text = "{\"false_positives\": {\"threshold\": 10, \"greater_is_better\": false}}";
        assertThatThrownBy(() -> read("t.json", text, BINARY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "ci/t.json:1:2: false_positives: MLflow's false_positives is not computed here");
    }

    @Test
    void aFileOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> read("t.json", "{\"a\": 1}", BINARY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("ci/t.json is no file of thresholds that is known here");
        assertThatThrownBy(() -> read("t.json", "[1, 2]", BINARY)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> read("t.json", "{\"a\": ", BINARY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("ci/t.json:1:");
        assertThatThrownBy(() -> ImportedThresholds.read(folder.resolve("no.json"), "no.json", BINARY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("no.json does not exist");
        assertThatThrownBy(() -> ImportedThresholds.read(folder.resolve("no.pbtxt"), "no.pbtxt", BINARY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("no.pbtxt does not exist");
    }
}
