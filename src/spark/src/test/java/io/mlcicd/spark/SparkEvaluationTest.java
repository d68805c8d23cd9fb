package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.data.DataSource;
import io.mlcicd.evaluation.ChampionSource;
import io.mlcicd.evaluation.Confidence;
import io.mlcicd.evaluation.CustomMetric;
import io.mlcicd.evaluation.EvaluateModel;
import io.mlcicd.evaluation.EvaluationRequest;
import io.mlcicd.evaluation.EvaluationRequest.Judged;
import io.mlcicd.evaluation.Roles;
import io.mlcicd.evaluation.SliceSpec;
import io.mlcicd.evaluation.Slicing;
import io.mlcicd.evaluation.metric.MetricOptions;
import io.mlcicd.gate.Bound;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Gate;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Task;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations on Spark give the documents that they give on DuckDB. */
class SparkEvaluationTest {

    private static final Confidence FEW = new Confidence(0.95, 200, 7);
    private static final SliceSpec BY_AGE = new SliceSpec(List.of(new SliceSpec.Part("age", List.of(30.0, 55.5))));
    private static final SliceSpec CROSSED = new SliceSpec(
            List.of(new SliceSpec.Part("city", List.of()), new SliceSpec.Part("age", List.of(30.0, 55.5))));

    @TempDir
    static Path folder;

    private static SideBySide engines;
    private static PredictionFiles files;

    @BeforeAll
    static void start() throws InterruptedException {
        engines = new SideBySide();
        files = new PredictionFiles(folder);
    }

    @AfterAll
    static void stop() {
        if (engines != null) {
            engines.close();
        }
    }

    private static EvaluationRequest request(Task task, DataSource data, Roles roles) {
        return EvaluationRequest.of(new Model("m", Optional.of(task)), new Judged.Predictions(task, data), roles)
                .withConfidence(FEW);
    }

    private static void agree(EvaluationRequest request) throws InterruptedException {
        engines.agreeOn(with -> new EvaluateModel(with).run(request, Progress.NONE));
    }

    private static Roles weighted(Roles roles) {
        return new Roles(
                roles.label(),
                roles.prediction(),
                roles.score(),
                roles.scores(),
                roles.positive(),
                roles.labels(),
                roles.quantiles(),
                roles.query(),
                Optional.of("w"),
                roles.id(),
                roles.horizon());
    }

    private static Roles identified(Roles roles) {
        return new Roles(
                roles.label(),
                roles.prediction(),
                roles.score(),
                roles.scores(),
                roles.positive(),
                roles.labels(),
                roles.quantiles(),
                roles.query(),
                roles.weight(),
                Optional.of("id"),
                roles.horizon());
    }

    private static Roles decided() {
        return Roles.NONE.withLabel("y").withPrediction("p");
    }

    private static Slicing slices(SliceSpec... specs) {
        return new Slicing(List.of(specs), 30, List.of(), Optional.empty());
    }

    @Test
    void binaryDecisionsWithSlicesOfEachKind() throws Exception {
        DataSource data = files.binary("decisions", 600, 1, 1);
        agree(request(Task.BINARY, data, weighted(decided()))
                .withSlicing(slices(SliceSpec.of("city"), SliceSpec.of("member"), BY_AGE, CROSSED)));
    }

    @Test
    void binaryScoresWithGatesCostsAndFairness() throws Exception {
        DataSource data = files.binary("scores", 600, 2, 1);
        MetricOptions options = new MetricOptions(
                OptionalDouble.of(0.45),
                List.of(2.0),
                List.of(),
                List.of(),
                Optional.of(new MetricOptions.Costs(-1, 2, 5, 0)));
        agree(request(Task.BINARY, data, Roles.NONE.withLabel("y").withScore("s"))
                .withOptions(options)
                .withSlicing(new Slicing(List.of(SliceSpec.of("city"), BY_AGE), 30, List.of("city"), Optional.empty()))
                .withGates(
                        Gate.of("rocAuc", Comparison.MIN, 0.9),
                        new Gate(
                                "accuracy",
                                Comparison.MIN,
                                0.6,
                                Criticality.UNSTABLE,
                                Optional.of("city"),
                                Optional.of(new Bound(true, 95))),
                        Gate.of("fairness.city.demographicParityDifference", Comparison.MAX, 0.2)));
    }

    @Test
    void theWorstSlicesAndMetricsOfOnesOwn() throws Exception {
        DataSource data = files.binary("searched", 900, 3, 1.2);
        agree(request(Task.BINARY, data, identified(decided()))
                .withSlicing(new Slicing(List.of(), 30, List.of(), Optional.of(Slicing.Search.DEFAULT)))
                .withCustom(Map.of(
                        "missed",
                                new CustomMetric(
                                        "sum(case when y = 1 and p = 0 then w end) / sum(w)", Optional.empty()),
                        "middle", new CustomMetric("median(abs(y - s))", Optional.of(false)))));
    }

    @Test
    void classesWithAndWithoutScores() throws Exception {
        DataSource data = files.classes("classes", 500, 4);
        agree(request(Task.MULTICLASS, data, decided()).withSlicing(slices(SliceSpec.of("city"))));
        Map<String, String> scores = new LinkedHashMap<>(Map.of("ant", "a", "bee", "b", "cow", "c"));
        agree(request(Task.MULTICLASS, data, weighted(Roles.NONE.withLabel("y").withScores(scores)))
                .withOptions(new MetricOptions(
                        OptionalDouble.empty(), List.of(0.5), List.of(2), List.of(), Optional.empty()))
                .withSlicing(slices(SliceSpec.of("city"))));
    }

    @Test
    void labelsThatHoldTogether() throws Exception {
        DataSource data = files.labels("labels", 400, 5);
        for (boolean scored : new boolean[] {false, true}) {
            Map<String, Roles.LabelColumns> labels = new LinkedHashMap<>();
            for (int l = 0; l < 3; l++) {
                labels.put(
                        "label" + l,
                        new Roles.LabelColumns(
                                "y" + l,
                                scored ? Optional.empty() : Optional.of("p" + l),
                                scored ? Optional.of("s" + l) : Optional.empty()));
            }
            Roles roles = new Roles(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    labels,
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty());
            agree(request(Task.MULTILABEL, data, roles)
                    .withSlicing(new Slicing(
                            List.of(SliceSpec.of("city")), 30, List.of(), Optional.of(Slicing.Search.DEFAULT))));
        }
    }

    @Test
    void numbersAndTheirQuantiles() throws Exception {
        DataSource data = files.numbers("numbers", 500, 6, 1);
        Slicing slicing =
                new Slicing(List.of(SliceSpec.of("city"), BY_AGE), 30, List.of(), Optional.of(Slicing.Search.DEFAULT));
        agree(request(Task.REGRESSION, data, weighted(decided())).withSlicing(slicing));
        Roles quantiles = new Roles(
                Optional.of("y"),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Map.of(),
                new LinkedHashMap<>(Map.of(0.1, "lo", 0.5, "mid", 0.9, "hi")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
        agree(request(Task.QUANTILE, data, quantiles).withSlicing(slicing));
    }

    @Test
    void rankedDocuments() throws Exception {
        Roles roles = new Roles(
                Optional.of("y"),
                Optional.empty(),
                Optional.of("s"),
                Map.of(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.of("q"),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
        agree(request(Task.RANKING, files.ranked("ranked", 90, 7), roles).withSlicing(slices(SliceSpec.of("market"))));
    }

    @Test
    void theChampionsPredictionsBeside() throws Exception {
        DataSource mine = files.binary("mine", 500, 8, 1.1);
        DataSource theirs = files.binary("theirs", 500, 9, 0.9);
        Gate better = new Gate("accuracy", Comparison.MIN_CHANGE, -0.02, Criticality.FAILURE, Optional.empty());
        for (Roles roles : List.of(decided().withScore("s"), identified(weighted(decided())))) {
            agree(request(Task.BINARY, mine, roles)
                    .withChampion(new ChampionSource(Optional.empty(), Optional.of(theirs), false))
                    .withSlices(30, "city")
                    .withGates(better));
        }
        agree(request(Task.REGRESSION, files.numbers("forecast", 300, 10, 1), decided())
                .withChampion(new ChampionSource(
                        Optional.empty(), Optional.of(files.numbers("earlier", 300, 11, 1.2)), false)));
    }

    @Test
    void forecastsOfSeveralStepsAreComparedInTheOrderOfTheirFile() throws Exception {
        Roles plain = decided();
        Roles steps = new Roles(
                plain.label(),
                plain.prediction(),
                plain.score(),
                plain.scores(),
                plain.positive(),
                plain.labels(),
                plain.quantiles(),
                plain.query(),
                plain.weight(),
                plain.id(),
                OptionalInt.of(3));
        agree(request(Task.REGRESSION, files.numbers("ahead", 300, 13, 1), steps)
                .withChampion(new ChampionSource(
                        Optional.empty(), Optional.of(files.numbers("aheadBefore", 300, 14, 1.2)), false)));
    }

    @Test
    void whatWasKeptOnSparkIsComparedWithAgain() throws Exception {
        DataSource data = files.binary("kept", 300, 12, 1);
        Path kept = folder.resolve("kept");
        EvaluationRequest request = request(Task.BINARY, data, decided().withScore("s"));
        var result = new EvaluateModel(engines.spark()).run(request.withKeep(kept), Progress.NONE);
        Path file = EvaluateModel.keptPredictions(kept, result.inputs().get(0).digest());
        agree(request.withChampion(
                new ChampionSource(Optional.empty(), Optional.of(DataSource.of("champion", file)), true)));
    }

    @Test
    void badInputIsToldAlike() throws Exception {
        DataSource text = files.write("text", "y,p", 40, 1, (random, i) -> i == 17 ? "1,high" : "1,1.5");
        DataSource holes = files.write("holes", "y,p", 40, 1, (random, i) -> i == 17 ? "1," : "1,0");
        sameComplaint(request(Task.REGRESSION, text, decided()));
        sameComplaint(request(Task.BINARY, holes, decided()));
        DataSource data = files.binary("custom", 50, 1, 1);
        EvaluationRequest odd = request(Task.BINARY, data, decided().withScore("s"))
                .withCustom(Map.of("odd", new CustomMetric("avg(w) / sum(0 * w)", Optional.empty())));
        sameComplaint(odd);
    }

    private static void sameComplaint(EvaluationRequest request) {
        String duck = complaint(() -> new EvaluateModel().run(request, Progress.NONE));
        assertThat(complaint(() -> new EvaluateModel(engines.spark()).run(request, Progress.NONE)))
                .isEqualTo(duck);
    }

    private static String complaint(ThrowingCallable work) {
        try {
            work.call();
        } catch (InvalidInputException e) {
            return e.getMessage();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        return "nothing";
    }
}
