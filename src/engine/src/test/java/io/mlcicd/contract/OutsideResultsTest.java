package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.FileSource;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.document.ProtoBytes;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes over what other tools found out. The shapes are those of Great Expectations' own tests (0.11 to 1.2) and of
 * {@code anomalies.proto} of TensorFlow Metadata.
 */
class OutsideResultsTest {

    private static final String BETWEEN = """
            {"success": %s,
             "expectation_config": {"type": "expect_column_values_to_be_between", "severity": "%s",
               "kwargs": {"batch_id": "b", "column": "age", "min_value": 0, "max_value": 120, "mostly": %s}, "meta": {}},
             "result": {"element_count": 200, "unexpected_count": 6, "unexpected_percent": 3.1578947368421053,
               "partial_unexpected_list": [130, 130, -1, 999], "missing_count": 10, "missing_percent": 5.0,
               "unexpected_percent_total": 3.0, "unexpected_percent_nonmissing": 3.1578947368421053},
             "meta": {}, "exception_info": {"raised_exception": false, "exception_traceback": null,
               "exception_message": null}}""";

    private static final String SUITE = """
            {"success": %s, "suite_name": "people", "results": [%s],
             "statistics": {"evaluated_expectations": 1}, "meta": {"active_batch_definition": {
               "datasource_name": "pg", "data_asset_name": "customers", "batch_identifiers": {}}}}""";

    @TempDir
    private Path folder;

    private Result<ValidationDetails> validate(String... locations) throws InterruptedException {
        List<FileSource> sources = java.util.Arrays.stream(locations)
                .map(location -> FileSource.below(folder, "results", location, Optional.empty(), ReadOptions.SNIFFED))
                .toList();
        return new ValidateData()
                .run(
                        new ValidationRequest(Optional.empty(), List.of(), List.of(), 5, sources, Optional.empty()),
                        Progress.NONE);
    }

    private Result<ValidationDetails> validateJson(String content) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("result.json"), content);
        return validate("result.json");
    }

    private static List<String> told(Result<ValidationDetails> result, Outcome outcome) {
        return result.gates().stream()
                .filter(gate -> gate.outcome() == outcome)
                .map(gate -> gate.gate().metric() + " " + gate.gate().criticality() + " | " + gate.message())
                .toList();
    }

    @Test
    void aFailedExpectationIsAFindingWithItsNumbers() throws Exception {
        Result<ValidationDetails> result =
                validateJson(SUITE.formatted("false", BETWEEN.formatted("false", "critical", "1.0")));

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(told(result, Outcome.FAILED))
                .containsExactly("customers.age.expect_column_values_to_be_between.violations FAILURE | customers: age:"
                        + " expect_column_values_to_be_between (min_value 0, max_value 120, mostly 1.0): 6 unexpected"
                        + " values (3 % of 200 rows), such as 130, -1, 999");
        assertThat(told(result, Outcome.PASSED))
                .containsExactly("customers.expectations FAILURE | customers: 1 expectation was evaluated");
        assertThat(result.gates().get(0).actual()).hasValue(6);
        Check check = result.details().results().get(0).checks().get(0);
        assertThat(check.violations()).isEqualTo(6);
        assertThat(check.share()).isEqualTo(0.03);
        assertThat(result.metrics()).containsEntry("checks.total", 1.0).containsEntry("checks.failed", 1.0);
        assertThat(result.inputs()).hasSize(1);
    }

    /** With mostly, the share of values that are not null decides: 1 - 6 / 190. */
    @Test
    void mostlyIsHeldAgainstTheShareOfWhatIsNotMissing() throws Exception {
        Result<ValidationDetails> kept =
                validateJson(SUITE.formatted("true", BETWEEN.formatted("true", "critical", "0.95")));

        GateResult gate = kept.gates().get(0);
        assertThat(gate.gate().metric()).isEqualTo("customers.age.expect_column_values_to_be_between.keptShare");
        assertThat(gate.gate().threshold()).isEqualTo(0.95);
        assertThat(gate.actual().getAsDouble()).isCloseTo(1 - 6 / 190.0, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(kept.verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void severitiesBecomeCriticalities() throws Exception {
        assertThat(validateJson(SUITE.formatted("false", BETWEEN.formatted("false", "warning", "1")))
                        .verdict())
                .isEqualTo(Verdict.UNSTABLE);
        assertThat(validateJson(SUITE.formatted("false", BETWEEN.formatted("false", "info", "1")))
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    /** The tool has judged; where its numbers do not tell why, they do not overrule it. */
    @Test
    void theToolsOwnJudgementHolds() throws Exception {
        Result<ValidationDetails> result =
                validateJson(SUITE.formatted("true", BETWEEN.formatted("true", "critical", "1.0")));

        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.gates().get(0).gate().metric())
                .isEqualTo("customers.age.expect_column_values_to_be_between.success");
    }

    @Test
    void checkpointsOfOlderVersionsAreReadWithAllTheirRuns() throws Exception {
        Result<ValidationDetails> result = validateJson("""
                {"run_id": {"run_name": null, "run_time": "2024-01-02T03:04:05+00:00"}, "success": false,
                 "run_results": {
                  "ValidationResultIdentifier::a/__none__/20240102T030405.0Z/x": {
                   "validation_result": {"success": false, "results": [
                     {"success": false, "expectation_config": {
                        "expectation_type": "expect_table_row_count_to_be_between",
                        "kwargs": {"min_value": 27000, "max_value": 33000}, "meta": {}},
                      "result": {"observed_value": 30}, "meta": {},
                      "exception_info": {"raised_exception": false}}],
                    "meta": {"expectation_suite_name": "basic.warning"}},
                   "actions_results": {}},
                  "ValidationResultIdentifier::b/__none__/20240102T030405.0Z/y": {
                   "validation_result": {"success": true, "results": [
                     {"success": true, "expectation_config": {"expectation_type": "expect_column_to_exist",
                        "kwargs": {"column": "id"}, "meta": {}}, "result": {},
                      "exception_info": {"raised_exception": false}}],
                    "meta": {"expectation_suite_name": "other"}}}}}
                """);

        assertThat(told(result, Outcome.FAILED))
                .containsExactly("basic.warning.expect_table_row_count_to_be_between FAILURE | basic.warning:"
                        + " expect_table_row_count_to_be_between (min_value 27000, max_value 33000): observed 30");
        assertThat(result.details().results()).extracting(ToolResults::name).containsExactly("basic.warning", "other");
    }

    @Test
    void whatDescribePrintsIsReadAndErrorsFail() throws Exception {
        Result<ValidationDetails> result = validateJson("""
                {"success": false, "statistics": {"evaluated_validations": 1},
                 "validation_results": [{"success": false, "statistics": {"evaluated_expectations": 1},
                  "expectations": [{"expectation_type": "expect_column_max_to_be_between", "success": false,
                    "kwargs": {"column": "nope", "max_value": 5}, "result": {},
                    "exception_info": {"('column.max', 'a', ())": {"raised_exception": true,
                      "exception_message": "no column 'nope'", "exception_traceback": "Traceback"}}}],
                  "result_url": null}]}
                """);

        assertThat(told(result, Outcome.FAILED))
                .containsExactly("result.nope.expect_column_max_to_be_between.success FAILURE | result: nope:"
                        + " expect_column_max_to_be_between (max_value 5): could not be evaluated: no column 'nope'");
    }

    @Test
    void nothingEvaluatedDoesNotLookLikeAllHeld() throws Exception {
        assertThat(told(validateJson(SUITE.formatted("true", "")), Outcome.FAILED))
                .containsExactly("customers.expectations FAILURE | customers: 0 expectations were evaluated");
    }

    @Test
    void aFailureWithoutAFailedExpectationFails() throws Exception {
        Result<ValidationDetails> result =
                validateJson(SUITE.formatted("false", BETWEEN.formatted("true", "critical", "0.9")));

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    }

    private static ProtoBytes info(String brief, String whole, int severity) {
        return new ProtoBytes()
                .text(2, whole)
                .integer(5, severity)
                .text(6, brief)
                .message(7, new ProtoBytes().integer(1, 14).text(2, brief).text(3, whole))
                .message(8, new ProtoBytes().text(1, "payment_type"));
    }

    private Path anomalies(String name, ProtoBytes message) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, message.toBytes());
    }

    @Test
    void anomaliesOfExampleValidatorAreFindings() throws Exception {
        anomalies(
                "anomalies/5/Split-eval/SchemaDiff.pb",
                new ProtoBytes()
                        .message(1, new ProtoBytes().text(1, "a schema"))
                        .integer(7, 1)
                        .message(
                                2,
                                new ProtoBytes()
                                        .text(1, "payment_type")
                                        .message(
                                                2,
                                                info(
                                                        "Unexpected string values",
                                                        "Examples contain values missing from the schema:\nPrcard (<1%).",
                                                        2)))
                        .message(
                                9,
                                new ProtoBytes()
                                        .message(1, new ProtoBytes().text(1, "company"))
                                        .message(
                                                2,
                                                new ProtoBytes()
                                                        .integer(1, 1)
                                                        .real(2, 0.02)
                                                        .real(3, 0.01))));
        anomalies(
                "anomalies/5/Split-train/SchemaDiff.pb",
                new ProtoBytes().message(1, new ProtoBytes()).integer(7, 1));

        Result<ValidationDetails> result = validate("anomalies/5");

        assertThat(told(result, Outcome.FAILED))
                .containsExactly("eval.payment_type.anomaly FAILURE | eval: payment_type: Unexpected string values:"
                        + " Examples contain values missing from the schema: Prcard (<1%).");
        assertThat(told(result, Outcome.PASSED))
                .containsExactly(
                        "eval.dataMissing FAILURE | eval: the data were there",
                        "train.dataMissing FAILURE | train: the data were there");
        assertThat(result.metrics())
                .containsEntry("eval.company.drift.lInfty", 0.02)
                .containsEntry("eval.anomalies", 1.0)
                .containsEntry("train.anomalies", 0.0);
    }

    @Test
    void warningsOfTensorFlowWarnAndMissingDataFail() throws Exception {
        anomalies("a/warned.pb", new ProtoBytes().message(8, info("Low number of examples", "few", 1)));
        anomalies("b/missing.pb", new ProtoBytes().integer(3, 1));

        assertThat(validate("a/warned.pb").verdict()).isEqualTo(Verdict.UNSTABLE);
        assertThat(told(validate("b/missing.pb"), Outcome.FAILED))
                .containsExactly("missing.dataMissing FAILURE | missing: there were no data to validate");
    }

    @Test
    void anomaliesAsTextSayTheSame() throws Exception {
        Files.writeString(folder.resolve("serving.pbtxt"), """
                anomaly_name_format: SERIALIZED_PATH
                anomaly_info {
                  key: "tips"
                  value {
                    description: "Column is completely missing"
                    severity: ERROR
                    short_description: "Column dropped"
                    path { step: "tips" }
                  }
                }
                """);

        assertThat(told(validate("serving.pbtxt"), Outcome.FAILED))
                .containsExactly(
                        "serving.tips.anomaly FAILURE | serving: tips: Column dropped: Column is completely missing");
    }

    @Test
    void whatIsNoResultIsRefusedByName() throws Exception {
        Files.writeString(folder.resolve("suite.json"), "{\"expectations\": [], \"name\": \"x\"}");
        Files.writeString(folder.resolve("broken.json"), "{\n  \"success\": tru");
        Files.write(folder.resolve("empty.pb"), new byte[0]);
        Files.write(folder.resolve("other.pb"), new byte[] {7, 7, 7});

        assertThatThrownBy(() -> validate("suite.json"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("suite.json is no validation result of Great Expectations");
        assertThatThrownBy(() -> validate("broken.json"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("broken.json:2:");
        assertThatThrownBy(() -> validate("empty.pb"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("holds no anomalies");
        assertThatThrownBy(() -> validate("other.pb"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("other.pb");
        assertThatThrownBy(() -> validate("nowhere.json"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nowhere.json");
    }
}
