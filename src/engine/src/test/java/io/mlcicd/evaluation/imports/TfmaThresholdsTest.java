package io.mlcicd.evaluation.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
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

class TfmaThresholdsTest {

    private static final MetricNames BINARY = MetricNames.of(Optional.of(Task.BINARY));
    private static final MetricNames MULTICLASS = MetricNames.of(Optional.of(Task.MULTICLASS));

    /** In the manner of the tool's taxi example. */
    private static final String TAXI = """
            # the taxi model
            model_specs { name: "candidate" label_key: "big_tipper" }
            model_specs { name: "baseline" is_baseline: true }
            slicing_specs {}
            slicing_specs { feature_keys: ["trip_start_hour"] }
            slicing_specs { feature_keys: ["payment_type", "company"] }
            metrics_specs {
              metrics { class_name: "ExampleCount" }
              metrics {
                class_name: "BinaryAccuracy"
                threshold {
                  value_threshold { lower_bound { value: 0.5 } upper_bound { value: 0.99 } }
                  change_threshold { direction: HIGHER_IS_BETTER absolute { value: -1e-10 } }
                }
              }
              metrics {
                class_name: "AUC" config: '"name": "auc_pr", "curve": "PR", "num_thresholds": 1000'
                per_slice_thresholds {
                  slicing_specs {}
                  slicing_specs { feature_keys: "company" }
                  threshold { value_threshold { lower_bound { value: 0.6 } } }
                }
              }
              thresholds {
                key: "mean_absolute_percentage_error"
                value {
                  value_threshold { upper_bound { value: 15 } }
                  change_threshold { direction: LOWER_IS_BETTER absolute { value: 2 } relative { value: 0.1 } }
                }
              }
            }
            """;

    @TempDir
    Path folder;

    private List<Gate> read(String name, String text, MetricNames names) throws IOException {
        Files.writeString(folder.resolve(name), text);
        return ImportedThresholds.read(folder.resolve(name), "ci/" + name, names);
    }

    private static Gate on(String slice, String metric, Comparison comparison, double threshold) {
        return new Gate(metric, comparison, threshold, Criticality.FAILURE, Optional.of(slice));
    }

    @Test
    void thresholdsHoldOnEverySliceUnlessTheyNameTheirOwn() throws IOException {
        String hour = "trip_start_hour";
        String pair = "payment_type, company";
        assertThat(read("eval.pbtxt", TAXI, BINARY))
                .containsExactly(
                        Gate.of("mape", Comparison.MAX, 0.15),
                        Gate.of("mape", Comparison.MAX_CHANGE, 0.02),
                        Gate.of("mape", Comparison.MAX_RELATIVE_CHANGE, 0.1),
                        on(hour, "mape", Comparison.MAX, 0.15),
                        on(hour, "mape", Comparison.MAX_CHANGE, 0.02),
                        on(hour, "mape", Comparison.MAX_RELATIVE_CHANGE, 0.1),
                        on(pair, "mape", Comparison.MAX, 0.15),
                        on(pair, "mape", Comparison.MAX_CHANGE, 0.02),
                        on(pair, "mape", Comparison.MAX_RELATIVE_CHANGE, 0.1),
                        Gate.of("accuracy", Comparison.MIN, 0.5),
                        Gate.of("accuracy", Comparison.MAX, 0.99),
                        Gate.of("accuracy", Comparison.MIN_CHANGE, -1e-10),
                        on(hour, "accuracy", Comparison.MIN, 0.5),
                        on(hour, "accuracy", Comparison.MAX, 0.99),
                        on(hour, "accuracy", Comparison.MIN_CHANGE, -1e-10),
                        on(pair, "accuracy", Comparison.MIN, 0.5),
                        on(pair, "accuracy", Comparison.MAX, 0.99),
                        on(pair, "accuracy", Comparison.MIN_CHANGE, -1e-10),
                        Gate.of("prAuc", Comparison.MIN, 0.6),
                        on("company", "prAuc", Comparison.MIN, 0.6));
    }

    @Test
    void itsJsonIsReadAsItWritesIt() throws IOException {
        assertThat(read("eval_config.json", """
                {
                  "version": "0.46.0",
                  "evalConfig": {
                    "modelSpecs": [{"labelKey": "y"}],
                    "metricsSpecs": [{
                      "metrics": [{
                        "className": "F1Score",
                        "threshold": {"valueThreshold": {"lowerBound": 0.7}},
                        "perSliceThresholds": [{
                          "slicingSpecs": [{"featureKeys": ["season"]}],
                          "threshold": {"changeThreshold": {"relative": -0.01, "direction": "HIGHER_IS_BETTER"}}
                        }]
                      }],
                      "thresholds": {"auc": {"valueThreshold": {"lowerBound": 0}}}
                    }]
                  }
                }
                """, BINARY))
                .containsExactly(
                        Gate.of("rocAuc", Comparison.MIN, 0),
                        Gate.of("f1", Comparison.MIN, 0.7),
                        on("season", "f1", Comparison.MIN_RELATIVE_CHANGE, -0.01));
        assertThat(read("eval.json", """
                {"metrics_specs": [{"per_slice_thresholds": {"precision": {"thresholds": [
                  {"slicing_specs": [{}], "threshold": {"value_threshold": {"upper_bound": {"value": 0.9}}}}]}}}]}
                """, BINARY)).containsExactly(Gate.of("precision", Comparison.MAX, 0.9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "AUC | | rocAuc",
                "AUCPrecisionRecall | | prAuc",
                "Precision | \"thresholds\": [0.5], \"class_id\": null | precision",
                "FBetaScore | {\"beta\": 2.0} | f2",
                "FBetaScore | {\"beta\": 0.5} | f0.5",
                "BinaryCrossentropy | \"from_logits\": false, \"name\": \"loss\" | logLoss",
                "MeanSquaredError | | mse",
                "RootMeanSquaredError | | rmse",
                "MeanAbsoluteError | \"name\": \"error\" | mae",
                "BalancedAccuracy | | balancedAccuracy",
                "MatthewsCorrelationCoefficient | | mcc",
                "SparseTopKCategoricalAccuracy | \"k\": 3 | top3Accuracy",
                "NDCG | \"gain_key\": \"gain\", \"top_k_list\": [7] | ndcg@7",
                "OurOwnScore | \"name\": \"own\", \"depth\": 3 | own",
                "OurOwnScore | | our_own_score"
            })
    void classesAndTheirSettingsAreMetricsOfOurs(String className, String config, String ours) throws IOException {
        String text =
                "metrics_specs { metrics { class_name: \"%s\" config: '%s' threshold { value_threshold { lower_bound { value: 1 } } } } }"
                        .formatted(className, config == null ? "" : config);
        assertThat(read("t.pbtxt", text, BINARY)).containsExactly(Gate.of(ours, Comparison.MIN, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "Precision, micro_average, precision.micro",
        "Recall, macro_average, recall.macro",
        "F1Score, weighted_macro_average, f1.weighted",
        "AUC, macro_average, rocAuc.ovr",
        "AUC, weighted_macro_average, rocAuc.ovr.weighted",
        "AUCPrecisionRecall, macro_average, prAuc.macro"
    })
    void averagesOverClassesAreNamed(String className, String average, String ours) throws IOException {
        String text = """
                metrics_specs {
                  aggregate { %s: true class_weights { key: 0 value: 1 } class_weights { key: 1 value: 1.0 } }
                  metrics { class_name: "%s" threshold { value_threshold { lower_bound { value: 1 } } } }
                }
                """.formatted(average, className);
        assertThat(read("t.pbtxt", text, MULTICLASS)).containsExactly(Gate.of(ours, Comparison.MIN, 1));
    }

    @Test
    void aThresholdMayNameAConfiguredMetric() throws IOException {
        assertThat(read("t.pbtxt", """
                metrics_specs {
                  metrics { class_name: "BinaryCrossentropy" config: '"name": "loss"' }
                  thresholds { key: "loss" value { value_threshold { upper_bound { value: 0.4 } } } }
                }
                """, BINARY)).containsExactly(Gate.of("logLoss", Comparison.MAX, 0.4));
    }

    @Test
    void reportedMetricsKeepTheirNamesAndUnits() throws IOException {
        assertThat(read("t.pbtxt", """
                metrics_specs {
                  metrics { class_name: "BinaryAccuracy" threshold { value_threshold { lower_bound { value: 0.5 } } } }
                  thresholds { key: "mape" value { value_threshold { upper_bound { value: 15 } } } }
                }
                """, MetricNames.AS_WRITTEN))
                .containsExactly(Gate.of("mape", Comparison.MAX, 15), Gate.of("binary_accuracy", Comparison.MIN, 0.5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "metrics { class_name: \"SpecificityAtSensitivity\" %s } | :3:3: metrics_specs.0.metrics.0: the metric 'specificity_at_sensitivity' is not computed here",
                "metrics { class_name: \"Calibration\" %s } | the metric 'calibration' is not computed here",
                "metrics { class_name: \"Precision\" config: '\"top_k\": 3' %s } | the metric 'precision' with the setting top_k: 3",
                "metrics { class_name: \"Precision\" config: '\"thresholds\": [0.3]' %s } | with the setting thresholds: [0.3]",
                "metrics { class_name: \"Recall\" config: '\"class_id\": 3' %s } | with the setting class_id: 3",
                "metrics { class_name: \"Recall\" config: 'class_id: 3' %s } | metrics_specs.0.metrics.0.config.0: is not valid JSON",
                "metrics { class_name: \"FBetaScore\" config: '\"beta\": \"two\"' %s } | with the setting beta: \"two\"",
                "metrics { class_name: \"BalancedAccuracy\" config: '\"k\": 2' %s } | with the setting k: 2",
                "metrics { class_name: \"BinaryCrossentropy\" config: '\"from_logits\": true' %s } | with the setting from_logits: true",
                "metrics { %s } | has no class_name",
                "metrics { class_name: \"Recall\" tresholds { } } | metrics_specs.0.metrics.0.tresholds: is not known here (did you mean 'threshold'?)",
                "metrics { class_name: \"Recall\" cross_slice_thresholds { } } | no gate compares slices with one another",
                "metrics { class_name: \"Recall\" %s } output_names: \"head\" | :3:95: metrics_specs.0.output_names.0: a gate cannot choose one of several outputs",
                "metrics { class_name: \"Recall\" %s } binarize { class_ids { values: 1 } } | a gate names a class by its label",
                "metrics { class_name: \"Recall\" %s } model_names: [\"a\", \"b\"] | a gate cannot choose one of several models",
                "metrics { class_name: \"AUC\" %s } aggregate { micro_average: true } | the metric 'auc' averaged as micro",
                "metrics { class_name: \"Recall\" %s } aggregate { macro_average: true class_weights { key: 0 value: 1 } class_weights { key: 1 value: 2 } } | averages over classes of different weights",
                "thresholds { key: \"loss\" value { value_threshold { lower_bound { value: 1 } } } } | the metric 'loss' is not computed here",
                "thresholds { key: \"auc\" value { value_threshold { } } } | sets no bound",
                "thresholds { key: \"auc\" value { value_threshold { lower_bound { value: inf } } } } | must be a finite number, not \"inf\"",
                "thresholds { key: \"auc\" value { change_threshold { absolute { value: 1 } } } } | must have the direction",
                "thresholds { key: \"auc\" value { change_threshold { absolute { value: 1 } direction: UNKNOWN } } } | must have the direction HIGHER_IS_BETTER or LOWER_IS_BETTER, not UNKNOWN",
                "per_slice_thresholds { key: \"auc\" value { thresholds { threshold { } } } } | has no slicing_specs",
                "per_slice_thresholds { key: \"auc\" value { thresholds { slicing_specs { feature_values { key: \"sex\" value: \"f\" } } threshold { value_threshold { lower_bound { value: 1 } } } } } } | a gate on slices holds on every value of 'sex', not on one",
                "per_slice_thresholds { key: \"auc\" value { thresholds { slicing_specs { slice_keys_sql: \"SELECT 1\" } threshold { value_threshold { lower_bound { value: 1 } } } } } } | slices in SQL cannot be carried over"
            })
    void whatNoGateCanSayIsToldWithItsPlace(String line, String message) {
        String text = "metrics_specs {\n  # one\n  "
                + line.replace("%s", "threshold { value_threshold { lower_bound { value: 1 } } }") + "\n}\n";
        assertThatThrownBy(() -> read("t.pbtxt", text, BINARY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("ci/t.pbtxt:3:[0-9]+: .*")
                .hasMessageContaining(message);
    }

    @Test
    void metricsOfSeveralClassesNeedAnAverage() {
        String text =
                "metrics_specs { metrics { class_name: \"Precision\" threshold { value_threshold { lower_bound { value: 1 } } } } }";
        assertThatThrownBy(() -> read("t.pbtxt", text, MULTICLASS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the metric 'precision' without an average is not computed here");
    }

    @Test
    void aConfigurationWithoutThresholdsOrThatIsBrokenIsRefused() {
        assertThatThrownBy(() -> read("t.pbtxt", "metrics_specs { metrics { class_name: \"AUC\" } }", BINARY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("ci/t.pbtxt has no threshold");
        assertThatThrownBy(() -> read("t.pbtxt", "metrics_specs {\n metrics {\n  class_name = \"AUC\"\n", BINARY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("ci/t.pbtxt:3: ");
    }
}
