package io.mlcicd.evaluation;

import static io.mlcicd.evaluation.Evaluations.csv;
import static io.mlcicd.evaluation.Evaluations.request;
import static io.mlcicd.evaluation.Evaluations.roles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.DataSource;
import io.mlcicd.data.ElsewhereEngine;
import io.mlcicd.evaluation.EvaluationDetails.SliceMetrics;
import io.mlcicd.evaluation.metric.MetricOptions;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics of scores that come in few levels are off by no more than the document says; all others are what they are. */
class LevelledRowsTest {

    private static final Pattern BOUND = Pattern.compile("([\\w.]+) (\\d[\\d.e-]*)(?=,| and |$)");

    @TempDir
    Path folder;

    private DataSource data(String name, int seed) throws Exception {
        Random truth = new Random(5);
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("y,s,w,k,a,b,c,t,f,g"));
        for (int i = 0; i < 5_000; i++) {
            boolean y = truth.nextDouble() < 0.3;
            int k = truth.nextInt(3);
            double s = 1 / (1 + Math.exp(-(y ? 1 : -1) - random.nextGaussian()));
            double[] scores = new double[3];
            for (int c = 0; c < 3; c++) {
                scores[c] = Math.exp(random.nextGaussian() + (c == k ? 1 : 0));
            }
            double sum = scores[0] + scores[1] + scores[2];
            lines.add(String.format(
                    Locale.ROOT,
                    "%d,%s,%s,k%d,%s,%s,%s,%s,%s,g%d",
                    y ? 1 : 0,
                    // Some scores are very often.
                    i % 7 == 0 ? 0.25 : s,
                    List.of("1", "2", "0.5").get(truth.nextInt(3)),
                    k,
                    scores[0] / sum,
                    scores[1] / sum,
                    scores[2] / sum,
                    truth.nextGaussian(),
                    random.nextGaussian(),
                    i % 3));
        }
        return csv(folder, name, String.join("\n", lines) + "\n");
    }

    private static Result<EvaluationDetails> agree(EvaluationRequest asked, double most) throws Exception {
        EvaluationRequest request =
                asked.withConfidence(new Confidence(0.95, 50, 1)).withSlices(30, "g");
        Result<EvaluationDetails> plain = new EvaluateModel().run(request, Progress.NONE);
        Result<EvaluationDetails> levelled =
                new EvaluateModel(ElsewhereEngine.engines(100, 512)).run(request, Progress.NONE);
        Map<String, Double> ofAll = new HashMap<>();
        Map<String, Double> ofSlices = new HashMap<>();
        for (String note : levelled.details().notes()) {
            if (note.startsWith("numbers that are very near")) {
                bounds(note, note.contains("of no slice") ? ofSlices : ofAll);
            }
        }
        assertThat(ofAll)
                .isNotEmpty()
                .allSatisfy((name, bound) -> assertThat(bound).as(name).isBetween(0.0, most));
        assertThat(ofSlices.keySet()).isNotEmpty();
        same(plain.metrics(), levelled.metrics(), ofAll);
        for (SliceMetrics slice : levelled.details().slices()) {
            Map<String, Double> truth = plain.details().slices().stream()
                    .filter(each -> each.value().equals(slice.value()))
                    .findFirst()
                    .orElseThrow()
                    .metrics();
            same(truth, slice.metrics(), ofSlices);
        }
        return levelled;
    }

    private static void bounds(String note, Map<String, Double> bounds) {
        Matcher matcher = BOUND.matcher(note.substring(note.lastIndexOf(':')));
        while (matcher.find()) {
            bounds.put(matcher.group(1), Double.parseDouble(matcher.group(2)));
        }
    }

    private static void same(Map<String, Double> truth, Map<String, Double> told, Map<String, Double> bounds) {
        assertThat(told.keySet()).isEqualTo(truth.keySet());
        told.forEach((name, value) -> {
            boolean ofClass = name.startsWith("rocAuc.") || name.startsWith("prAuc.");
            double bound = bounds.getOrDefault(ofClass ? name.substring(0, name.indexOf('.')) : name, 0.0);
            assertThat(value).as(name).isCloseTo(truth.get(name), within(bound + 1e-9));
        });
    }

    @Test
    void binaryScoresAndTheirProbabilities() throws Exception {
        DataSource data = data("binary.csv", 1);
        MetricOptions options = new MetricOptions(
                OptionalDouble.of(0.4),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new MetricOptions.Costs(-1, 2, 5, 0)));
        EvaluationRequest request = request(Task.BINARY, data, roles("label", "y", "score", "s", "weight", "w"))
                .withOptions(options);
        Result<EvaluationDetails> levelled = agree(request, 0.05);
        Result<EvaluationDetails> plain = new EvaluateModel().run(request, Progress.NONE);
        for (String exact : List.of("logLoss", "brier", "ece", "accuracy", "cost")) {
            assertThat(levelled.metrics().get(exact))
                    .as(exact)
                    .isCloseTo(plain.metrics().get(exact), within(1e-12));
        }
        assertThat(levelled.metrics().get("rocAuc"))
                .isNotEqualTo(plain.metrics().get("rocAuc"));
        for (int i = 0; i < plain.details().calibration().size(); i++) {
            assertThat(levelled.details().calibration().get(i).meanScore())
                    .isCloseTo(plain.details().calibration().get(i).meanScore(), within(1e-12));
        }
    }

    @Test
    void areasOfManyClassesAndLabels() throws Exception {
        DataSource data = data("classes.csv", 2);
        Map<String, String> scores = new LinkedHashMap<>(Map.of("k0", "a", "k1", "b", "k2", "c"));
        agree(request(Task.MULTICLASS, data, Evaluations.with(roles("label", "k", "weight", "w"), scores)), 0.02);
    }

    @Test
    void quantilesOfErrors() throws Exception {
        agree(request(Task.REGRESSION, data("numbers.csv", 3), roles("label", "t", "prediction", "f")), 0.1);
    }

    @Test
    void theChampionHasErrorsOfItsOwn() throws Exception {
        EvaluationRequest request = request(Task.BINARY, data("mine.csv", 4), roles("label", "y", "score", "s"))
                .withChampion(new ChampionSource(Optional.empty(), Optional.of(data("theirs.csv", 5)), false));
        assertThat(agree(request, 0.05).details().notes())
                .anySatisfy(
                        note -> assertThat(note).startsWith("the champion's: ").contains("rocAuc"));
    }
}
