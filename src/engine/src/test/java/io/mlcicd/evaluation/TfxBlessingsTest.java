package io.mlcicd.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.document.ProtoBytes;
import io.mlcicd.evaluation.EvaluationRequest.Judged;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Field numbers are those of metrics_for_slice.proto, validation_result.proto and config.proto of TFMA 0.48. */
class TfxBlessingsTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void metrics() throws IOException {
        write("metrics.json", "{\"accuracy\": 0.9}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private void write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private NamedFile named(String name) {
        return new NamedFile(folder.resolve(name), name);
    }

    private Result<EvaluationDetails> evaluate(String reported, List<Gate> gates, String... blessings)
            throws InterruptedException {
        EvaluationRequest request = EvaluationRequest.of(
                        new Model("taxi", Optional.empty()),
                        new Judged.Reported(Optional.empty(), named(reported)),
                        Roles.NONE)
                .withBlessings(Arrays.stream(blessings).map(this::named).toList())
                .withGates(gates.toArray(Gate[]::new));
        return new EvaluateModel().run(request, Progress.NONE);
    }

    private static List<String> told(Result<EvaluationDetails> result, Outcome outcome) {
        return result.gates().stream()
                .filter(gate -> gate.outcome() == outcome)
                .map(GateResult::message)
                .toList();
    }

    @Test
    void aModelThatIsNotBlessedFails() throws Exception {
        write("Evaluator/blessing/7/BLESSED", new byte[0]);
        write("Evaluator/blessing/12/NOT_BLESSED", new byte[0]);
        write("InfraValidator/blessing/9/INFRA_BLESSED", new byte[0]);

        Result<EvaluationDetails> result =
                evaluate("metrics.json", List.of(), "Evaluator/blessing", "InfraValidator/blessing/9");

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(told(result, Outcome.FAILED)).containsExactly("tfx.blessed is 0, must be at least 1");
        assertThat(told(result, Outcome.PASSED)).containsExactly("tfx.infraBlessed is 1, must be at least 1");
        assertThat(result.inputs())
                .extracting(input -> input.path())
                .contains("Evaluator/blessing/12/NOT_BLESSED", "InfraValidator/blessing/9/INFRA_BLESSED");
    }

    @Test
    void aGateOfOnesOwnTakesItsPlace() throws Exception {
        write("blessing/NOT_BLESSED", new byte[0]);

        assertThat(evaluate("metrics.json", List.of(Gate.of("tfx.blessed", Comparison.MAX, 0)), "blessing")
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    private static ProtoBytes number(double value) {
        return value == 0 ? new ProtoBytes() : new ProtoBytes().real(1, value);
    }

    private static ProtoBytes failure(ProtoBytes key, ProtoBytes threshold, double value) {
        return new ProtoBytes()
                .message(1, key)
                .message(2, threshold)
                .message(3, new ProtoBytes().message(1, number(value)));
    }

    @Test
    void brokenThresholdsAreGatesWithTheirNumbers() throws Exception {
        ProtoBytes least = new ProtoBytes().message(1, new ProtoBytes().message(1, number(0.9)));
        ProtoBytes change = new ProtoBytes()
                .message(2, new ProtoBytes().message(1, number(-0.01)).integer(3, 2));
        ProtoBytes overall = new ProtoBytes()
                .message(3, failure(new ProtoBytes().text(1, "auc"), least, 0.85))
                .message(3, failure(new ProtoBytes().text(1, "auc").integer(5, 1), change, -0.03));
        ProtoBytes sliced = new ProtoBytes()
                .message(
                        2,
                        new ProtoBytes()
                                .message(
                                        1,
                                        new ProtoBytes()
                                                .text(1, "trip_start_hour")
                                                .integer(4, 9)))
                .message(3, failure(new ProtoBytes().text(1, "auc"), least, 0));
        write(
                "evaluation/validations.tfrecord",
                ProtoBytes.records(
                        new ProtoBytes().message(2, overall).message(2, sliced).integer(7, 1)));

        Result<EvaluationDetails> result = evaluate("metrics.json", List.of(), "evaluation");

        assertThat(told(result, Outcome.FAILED))
                .containsExactlyInAnyOrder(
                        "tfx.validationOk is 0, must be at least 1",
                        "tfx.auc is 0.8500, must be at least 0.9000",
                        "tfx.auc.diff is -0.0300, must be at least -0.0100",
                        "tfx.auc[trip_start_hour=9] is 0, must be at least 0.9000");
        assertThat(result.details().notes())
                .contains("TFX: there was no baseline model, so thresholds on changes were not looked at");
    }

    @Test
    void keptThresholdsPass() throws Exception {
        write("evaluation/validations.tfrecord", ProtoBytes.records(new ProtoBytes().integer(1, 1)));

        assertThat(told(evaluate("metrics.json", List.of(), "evaluation"), Outcome.PASSED))
                .containsExactly("tfx.validationOk is 1, must be at least 1");
    }

    private static ProtoBytes entry(ProtoBytes key, ProtoBytes value) {
        return new ProtoBytes().message(1, key).message(2, value);
    }

    @Test
    void theEvaluatorsMetricsAreReported() throws Exception {
        ProtoBytes overall = new ProtoBytes()
                .message(1, new ProtoBytes())
                .message(
                        51,
                        entry(
                                new ProtoBytes().text(1, "auc").text(2, "head"),
                                new ProtoBytes().message(1, number(0.875))))
                .message(
                        51,
                        entry(
                                new ProtoBytes()
                                        .text(1, "precision")
                                        .message(3, new ProtoBytes().message(3, new ProtoBytes().integer(1, 5)))
                                        .message(6, new ProtoBytes().integer(2, 1)),
                                new ProtoBytes().message(2, new ProtoBytes().message(3, number(0.5)))))
                .message(51, entry(new ProtoBytes().text(1, "loss"), new ProtoBytes().message(1, number(0))))
                .message(51, entry(new ProtoBytes().text(1, "curve"), new ProtoBytes().message(5, new ProtoBytes())));
        ProtoBytes sliced = new ProtoBytes()
                .message(
                        1,
                        new ProtoBytes()
                                .message(1, new ProtoBytes().text(1, "day").text(2, "mon")))
                .message(51, entry(new ProtoBytes().text(1, "auc"), new ProtoBytes().message(1, number(0.1))));
        write("Evaluator/evaluation/3/metrics-00000-of-00001.tfrecord", ProtoBytes.records(sliced, overall));

        Result<EvaluationDetails> result =
                evaluate("Evaluator/evaluation/3", List.of(Gate.of("head.auc", Comparison.MIN, 0.9)));

        assertThat(result.metrics())
                .containsOnly(
                        java.util.Map.entry("head.auc", 0.875),
                        java.util.Map.entry("precision@5.macro", 0.5),
                        java.util.Map.entry("loss", 0.0));
        assertThat(told(result, Outcome.FAILED)).containsExactly("head.auc is 0.8750, must be at least 0.9000");
    }

    @Test
    void foldersThatSayNothingAreRefused() throws Exception {
        write("both/BLESSED", new byte[0]);
        write("both/NOT_BLESSED", new byte[0]);
        write("none/readme.txt", new byte[0]);
        write("damaged/validations.tfrecord", new byte[40]);

        for (String name : List.of("both", "none", "damaged", "missing", "metrics.json")) {
            assertThatThrownBy(() -> evaluate("metrics.json", List.of(), name))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(name);
        }
        assertThatThrownBy(() -> evaluate("none", List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("without metrics-*.tfrecord");
    }
}
