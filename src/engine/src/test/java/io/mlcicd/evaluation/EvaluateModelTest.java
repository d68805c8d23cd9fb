package io.mlcicd.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.DataSource;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected metrics were computed with scikit-learn 1.9.1. */
class EvaluateModelTest {

    private static final String BINARY = """
            y,p,s
            0,0,0.1
            0,0,0.4
            1,0,0.35
            1,1,0.8
            0,0,0.4
            1,0,0.4
            0,0,0.2
            1,1,0.9
            1,1,0.6
            0,1,0.6
            0,0,0.05
            1,0,0.35
            """;

    private static final String WEATHER = """
            y,p
            sun,sun
            rain,rain
            fog,sun
            sun,sun
            rain,sun
            snow,snow
            sun,hail
            fog,rain
            rain,rain
            sun,sun
            """;

    @TempDir
    Path folder;

    @Test
    void binaryMetricsWithTiedScoresEqualScikitLearn() throws Exception {
        Map<String, Double> metrics = run(scored(binary(BINARY))).metrics();

        assertMetrics(
                metrics,
                Map.ofEntries(
                        Map.entry("rows", 12.0),
                        Map.entry("accuracy", 0.6666666666666666),
                        Map.entry("balancedAccuracy", 0.6666666666666667),
                        Map.entry("precision", 0.75),
                        Map.entry("recall", 0.5),
                        Map.entry("specificity", 0.8333333333333334),
                        Map.entry("f1", 0.6),
                        Map.entry("mcc", 0.3535533905932738),
                        Map.entry("cohenKappa", 0.33333333333333337),
                        Map.entry("rocAuc", 0.7638888888888888),
                        Map.entry("prAuc", 0.7757936507936507),
                        Map.entry("logLoss", 0.5144170010312716),
                        Map.entry("brier", 0.17895833333333333)));
        assertThat(metrics).containsKeys("ece", "ks", "liftTop10", "prAucTrapezoidal");
    }

    @Test
    void withoutPredictionsAScoreOfAtLeastOneHalfIsPositive() throws Exception {
        EvaluationRequest request = scoredOnly(binary(BINARY));

        assertThat(run(request).metrics().get("precision")).isEqualTo(0.75);
        assertThat(run(request).metrics().get("recall")).isEqualTo(0.5);
    }

    @Test
    void certainAndWrongScoresAreClippedAsInScikitLearn() throws Exception {
        EvaluationRequest request = scoredOnly(binary("y,s\n0,1\n1,0\n1,1\n"));

        assertThat(run(request).metrics().get("logLoss")).isCloseTo(24.029102259411435, within(1e-9));
    }

    @Test
    void multiclassMetricsWithAClassNeverPredictedAndOneNeverTrueEqualScikitLearn() throws Exception {
        Result<EvaluationDetails> result = run(multiclass(WEATHER));

        assertMetrics(
                result.metrics(),
                Map.ofEntries(
                        Map.entry("precision.macro", 0.4533333333333333),
                        Map.entry("recall.macro", 0.4833333333333333),
                        Map.entry("f1.macro", 0.4666666666666666),
                        Map.entry("precision.weighted", 0.54),
                        Map.entry("recall.weighted", 0.6),
                        Map.entry("f1.weighted", 0.5666666666666667),
                        Map.entry("accuracy", 0.6),
                        Map.entry("balancedAccuracy", 0.6041666666666666),
                        Map.entry("mcc", 0.4482107285003976),
                        Map.entry("cohenKappa", 0.4285714285714286)));
        assertThat(result.metrics()).containsEntry("recall.fog", 0.0).containsEntry("precision.hail", 0.0);
        assertThat(result.details().confusion().orElseThrow().classes())
                .containsExactly("fog", "hail", "rain", "snow", "sun");
    }

    @Test
    void multiclassScoresGiveLogLossAndAreasAsInScikitLearn() throws Exception {
        String csv = """
                y,p,fog,rain,sun
                sun,sun,0.2,0.3,0.5
                rain,rain,0.1,0.7,0.2
                fog,sun,0.3,0.3,0.4
                sun,sun,0.25,0.25,0.5
                rain,sun,0.2,0.2,0.6
                rain,rain,0,1,0
                """;
        EvaluationRequest request = withScores(multiclass(csv), Map.of("fog", "fog", "rain", "rain", "sun", "sun"));

        assertMetrics(
                run(request).metrics(),
                Map.of("logLoss", 0.75939667030311, "rocAuc.ovr", 0.8055555555555555, "accuracy", 2 / 3.0));
    }

    @Test
    void regressionMetricsEqualScikitLearn() throws Exception {
        assertMetrics(
                run(regression("y,p\n3,2.5\n-0.5,0\n2,2\n7,8\n4.25,5\n")).metrics(),
                Map.of(
                        "mae", 0.55,
                        "mse", 0.4125,
                        "rmse", 0.6422616289332564,
                        "medianAbsoluteError", 0.5,
                        "maxError", 1.0,
                        "mape", 0.2971988795518207,
                        "r2", 0.9328175895765473,
                        "explainedVariance", 0.9527687296416938,
                        "bias", 0.35));
    }

    @ParameterizedTest
    @CsvSource({"'2,2;2,3', 0, 0", "'2,2;2,2', 1, 1", "'2,3;2,3', 0, 1"})
    void constantLabelsGiveScikitLearnsFiniteValues(String rows, double r2, double explained) throws Exception {
        Map<String, Double> metrics =
                run(regression("y,p\n" + rows.replace(';', '\n') + "\n")).metrics();

        assertThat(metrics).containsEntry("r2", r2).containsEntry("explainedVariance", explained);
    }

    @Test
    void whatIsNotDefinedIsLeftOutAndExplained() throws Exception {
        Result<EvaluationDetails> oneRow = run(regression("y,p\n0,1\n"));
        Result<EvaluationDetails> oneClass = run(scored(binary("y,p,s\n1,1,0.9\n1,0,0.2\n")));
        Result<EvaluationDetails> margins = run(scored(binary("y,p,s\n1,1,3.5\n0,0,-2\n")));

        assertThat(oneRow.metrics()).doesNotContainKeys("r2", "mape");
        assertThat(oneRow.details().notes()).anyMatch(note -> note.contains("two rows"));
        assertThat(oneClass.metrics()).doesNotContainKey("rocAuc");
        assertThat(oneClass.details().notes()).anyMatch(note -> note.contains("both classes"));
        assertThat(margins.metrics()).containsEntry("rocAuc", 1.0).doesNotContainKeys("logLoss", "brier");
        assertThat(margins.details().notes()).anyMatch(note -> note.contains("-2"));
    }

    @Test
    void labelsReadAsNumbersAndAsTextAreTheSameClasses() throws Exception {
        Result<EvaluationDetails> result = run(binary("y,p\n1,1.0\n0,0.0\n1,0.5e0\n".replace("0.5e0", "0.0")));

        assertThat(result.metrics()).containsEntry("accuracy", 2 / 3.0);
        assertThat(result.details().positive()).contains("1");
    }

    @ParameterizedTest
    @CsvSource({"no, yes, yes", "neg, pos, pos", "ham, spam, spam", "true, false, true", "a, 1, 1"})
    void thePositiveClassIsRecognised(String one, String other, String expected) throws Exception {
        String csv = "y,p\n%s,%s\n%s,%s\n".formatted(one, one, other, other);

        assertThat(run(binary(csv)).details().positive()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theOrderOfTheRowsDoesNotMatter(long seed) throws Exception {
        List<String> lines = new ArrayList<>(Arrays.asList(BINARY.split("\n")));
        String head = lines.remove(0);
        Collections.shuffle(lines, new Random(seed));
        String shuffled = head + "\n" + String.join("\n", lines) + "\n";

        assertMetrics(
                run(scored(binary(shuffled))).metrics(),
                run(scored(binary(BINARY))).metrics());
    }

    @Test
    void slicesAddUpToTheWholeAndSmallOnesAreNotGated() throws Exception {
        String csv = "y,p,where\n1,1,a\n0,0,a\n1,0,a\n0,0,b\n1,1,\n";
        EvaluationRequest request = binary(csv)
                .withSlices(2, "where")
                .withGates(new Gate("accuracy", Comparison.MIN, 0.9, Criticality.UNSTABLE, Optional.of("where")));

        Result<EvaluationDetails> result = run(request);

        assertThat(result.details().slices())
                .extracting(slice -> slice.value() + " " + slice.rows() + " " + slice.gated())
                .containsExactly("(none) 1 false", "a 3 true", "b 1 false");
        assertThat(result.gates()).hasSize(1);
        assertThat(result.gates().get(0).message()).contains("where = a").contains("0.6667");
        assertThat(result.verdict()).isEqualTo(Verdict.UNSTABLE);
    }

    @Test
    void theChampionIsReadFromItsDocument() throws Exception {
        Path champion = folder.resolve("champion.json");
        ResultDocuments.write(run(binary(BINARY)), champion);
        EvaluationRequest worse = binary("y,p\n1,0\n0,0\n1,0\n0,1\n")
                .withChampion(ChampionSource.of(champion))
                .withGates(Gate.of("accuracy", Comparison.MIN_CHANGE, -0.02));

        Result<EvaluationDetails> result = run(worse);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.gates().get(0).champion()).hasValue(0.6666666666666666);
        assertThat(result.details().champion().orElseThrow().metrics()).containsKey("f1");
        assertThatThrownBy(() -> run(multiclass(WEATHER).withChampion(ChampionSource.of(champion))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("binary")
                .hasMessageContaining("multiclass");
    }

    @Test
    void withoutAChampionAComparisonIsSkipped() throws Exception {
        Result<EvaluationDetails> result = run(binary(BINARY).withGates(Gate.of("accuracy", Comparison.MIN_CHANGE, 0)));

        assertThat(result.gates().get(0).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void theDocumentSurvivesJsonAndKeepsItsSchema() throws Exception {
        Result<EvaluationDetails> result = run(scored(binary(BINARY)).withSlices(1, "y"));
        Path file = folder.resolve("evaluate.json");

        ResultDocuments.write(result, file);

        Result<EvaluationDetails> read = ResultDocuments.read(file, Stage.EVALUATE, EvaluationDetails.class);
        assertThat(Json.write(read)).isEqualTo(Json.write(result));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "label,p\\n1,1\\n             | has no column 'y' (the label)",
                "y,q\\n1,1\\n                 | has no column 'p' (the prediction)",
                "y,p\\n                       | has no rows to evaluate",
                "y,p\\n1,1\\n,0\\n1,\\n       | column 'y' has no usable value in 1 row, the first of them row 2",
                "y,p\\na,b\\nc,a\\n           | has 3 classes (a, b, c), but a binary task has two",
                "y,p,s\\n1,1,0.5\\n0,0,high\\n| column 's' (the score) must be a number in every row, but it has 'high' in row 2",
            })
    void badInputIsToldWithItsPlace(String csv, String message) {
        assertThatThrownBy(() -> {
                    EvaluationRequest request = binary(csv.replace("\\n", "\n"));
                    run(csv.contains(",s") ? scored(request) : request);
                })
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("predictions.csv");
    }

    @Test
    void aClassWithoutAScoreColumnIsToldByName() {
        assertThatThrownBy(() -> run(withScores(multiclass("y,p,a\nsun,sun,0.5\nrain,sun,0.1\n"), Map.of("sun", "a"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("class 'rain'");
    }

    private Result<EvaluationDetails> run(EvaluationRequest request) throws InterruptedException {
        return new EvaluateModel().run(request, Progress.NONE);
    }

    private static EvaluationRequest scored(EvaluationRequest request) {
        return request.withRoles(request.roles().withScore("s"));
    }

    private static EvaluationRequest scoredOnly(EvaluationRequest request) {
        return request.withRoles(Roles.NONE.withLabel("y").withScore("s"));
    }

    private static EvaluationRequest withScores(EvaluationRequest request, Map<String, String> columns) {
        return request.withRoles(request.roles().withScores(columns));
    }

    private EvaluationRequest binary(String csv) throws IOException {
        return request(Task.BINARY, csv);
    }

    private EvaluationRequest multiclass(String csv) throws IOException {
        return request(Task.MULTICLASS, csv);
    }

    private EvaluationRequest regression(String csv) throws IOException {
        return request(Task.REGRESSION, csv);
    }

    private EvaluationRequest request(Task task, String csv) throws IOException {
        Path file = Files.writeString(folder.resolve("predictions.csv"), csv);
        return EvaluationRequest.of(
                new Model("m", Optional.of(task)), task, DataSource.of("predictions", file), "y", "p");
    }

    private static void assertMetrics(Map<String, Double> actual, Map<String, Double> expected) {
        assertThat(actual).containsKeys(expected.keySet().toArray(String[]::new));
        expected.forEach((name, value) -> assertThat(actual.get(name)).as(name).isCloseTo(value, within(1e-9)));
    }
}
