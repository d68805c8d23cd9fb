package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.drift.CheckDrift;
import io.mlcicd.drift.ColumnDrift;
import io.mlcicd.drift.ColumnTest;
import io.mlcicd.drift.ColumnTests;
import io.mlcicd.drift.DriftDetails;
import io.mlcicd.drift.DriftRequest;
import io.mlcicd.drift.DriftSide;
import io.mlcicd.drift.TestMethod;
import io.mlcicd.drift.performance.DetectorMethod;
import io.mlcicd.drift.performance.DetectorSpec;
import io.mlcicd.drift.performance.PerformanceFindings;
import io.mlcicd.drift.performance.PerformanceRequest;
import io.mlcicd.drift.performance.PerformanceWatch;
import io.mlcicd.drift.performance.WindowLength;
import io.mlcicd.evaluation.ChampionSource;
import io.mlcicd.evaluation.Confidence;
import io.mlcicd.evaluation.EvaluateModel;
import io.mlcicd.evaluation.EvaluationDetails;
import io.mlcicd.evaluation.EvaluationDetails.MetricInterval;
import io.mlcicd.evaluation.EvaluationDetails.PairedTest;
import io.mlcicd.evaluation.EvaluationDetails.SliceMetrics;
import io.mlcicd.evaluation.EvaluationRequest;
import io.mlcicd.evaluation.EvaluationRequest.Judged;
import io.mlcicd.evaluation.Roles;
import io.mlcicd.evaluation.metric.MetricOptions;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Task;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a million rows few come from Spark, and results are what they are when all are read. */
class ManyRowsTest {

    private static final int MILLION = 1_000_000;

    /** More than there are levels of scores. */
    private static final int MANY = 200_000;

    private static final Pattern STATED = Pattern.compile("([\\w.]+) (\\d[\\d.e-]*)(?=,| and |$)");

    @TempDir
    static Path folder;

    private static SideBySide engines;
    private static DataSource million;
    private static DataSource before;
    private static DataSource now;

    @BeforeAll
    static void start() throws Exception {
        engines = new SideBySide();
        million = data("million", MILLION, 3, "0");
        before = data("before", MANY, 1, "0");
        now = data("now", MANY, 2, "0.05");
    }

    @AfterAll
    static void stop() {
        if (engines != null) {
            engines.close();
        }
    }

    private static DataSource data(String name, int rows, int seed, String shift) throws Exception {
        return data(name, rows, seed, seed, shift);
    }

    /** @param model what predictions differ by */
    private static DataSource data(String name, int rows, int seed, int model, String shift) throws Exception {
        Path file = folder.resolve(name + ".parquet");
        String uniform = "(hash(i * 7 + %d, %d) %% 4294967296) / 4294967296.0";
        String drawn = "SELECT CAST(%s < 0.3 AS INTEGER) AS y, %s AS u, %s AS v, %s AS w, i FROM range(%d) AS r(i)"
                .formatted(
                        uniform.formatted(1, seed),
                        uniform.formatted(2, model),
                        uniform.formatted(3, seed),
                        uniform.formatted(4, model),
                        rows);
        try (DataEngine engine = DataEngine.embedded(List.of())) {
            engine.export(
                    "SELECT y, CAST((y + 2 * u) / 3 > 0.5 AS INTEGER) AS p, (y + 2 * u) / 3 AS s, 'g' || (i %% 3) AS g, 100 + 5 * v + %s AS t, 100 + 5 * v + w - 0.5 AS f, CAST(i %% 17 AS INTEGER) AS few, TIMESTAMP '2026-03-01 00:00:00' + INTERVAL (i * 3) SECOND AS at FROM (%s) AS drawn"
                            .formatted(shift, drawn)
                            .replace("%%", "%"),
                    file);
        }
        return DataSource.of(name, file);
    }

    private static EvaluationRequest request(Task task, DataSource data, Roles roles) {
        return EvaluationRequest.of(new Model("m", Optional.of(task)), new Judged.Predictions(task, data), roles)
                .withConfidence(new Confidence(0.95, 200, 3))
                .withSlices(30, "g");
    }

    /**
     * Runs on both engines.
     *
     * @param most by how much metrics may be off whose error the document states
     */
    private static Result<EvaluationDetails> agree(EvaluationRequest request, double most) throws Exception {
        Result<EvaluationDetails> duck = new EvaluateModel().run(request, Progress.NONE);
        engines.rowsSent();
        Result<EvaluationDetails> spark = new EvaluateModel(engines.spark()).run(request, Progress.NONE);
        assertThat(spark.metrics().keySet()).isEqualTo(duck.metrics().keySet());
        Map<String, Double> ofAll = new HashMap<>();
        Map<String, Double> ofSlices = new HashMap<>();
        spark.details().notes().stream()
                .filter(note -> note.startsWith("numbers that are very near"))
                .forEach(note -> stated(note, note.contains("of no slice") ? ofSlices : ofAll));
        assertThat(ofAll.values()).allSatisfy(error -> assertThat(error).isBetween(0.0, most));
        areWithin(duck.metrics(), spark.metrics(), ofAll);
        for (SliceMetrics slice : spark.details().slices()) {
            duck.details().slices().stream()
                    .filter(each -> each.value().equals(slice.value()))
                    .forEach(each -> areWithin(each.metrics(), slice.metrics(), ofSlices));
        }
        duck.details().intervals().forEach((name, interval) -> {
            MetricInterval other = spark.details().intervals().get(name);
            // Limits of quantiles hang on the few drawn rows around them, and differ from draw to draw.
            double share = name.matches(".*(p\\d+|median.*)") ? 2 : 0.5;
            double apart = share * (interval.upper() - interval.lower()) + 1e-4;
            assertThat(other.lower()).as(name).isCloseTo(interval.lower(), within(apart));
            assertThat(other.upper()).as(name).isCloseTo(interval.upper(), within(apart));
        });
        return spark;
    }

    private static void stated(String note, Map<String, Double> errors) {
        Matcher matcher = STATED.matcher(note.substring(note.lastIndexOf(':')));
        while (matcher.find()) {
            errors.put(matcher.group(1), Double.parseDouble(matcher.group(2)));
        }
    }

    private static void areWithin(Map<String, Double> duck, Map<String, Double> spark, Map<String, Double> errors) {
        duck.forEach((name, value) -> assertThat(spark.get(name))
                .as(name)
                .isCloseTo(value, within(errors.getOrDefault(name, 0.0) + 1e-9 * Math.max(1, Math.abs(value)))));
    }

    @Test
    void decisionsAreAHandfulOfRows() throws Exception {
        agree(request(Task.BINARY, million, Roles.NONE.withLabel("y").withPrediction("p")), 1e-9);
        assertThat(engines.rowsSent()).isLessThan(1000);
    }

    @Test
    void scoresAreLevelsAndTheErrorIsStated() throws Exception {
        Result<EvaluationDetails> spark =
                agree(request(Task.BINARY, before, Roles.NONE.withLabel("y").withScore("s")), 1e-4);
        assertThat(engines.rowsSent()).isLessThan(700_000);
        assertThat(spark.details().notes())
                .anySatisfy(note -> assertThat(note).contains("taken as equal").contains("rocAuc "));
    }

    private static DataSource made(String name, String select) throws Exception {
        Path file = folder.resolve(name + ".parquet");
        try (DataEngine engine = DataEngine.embedded(List.of())) {
            engine.export(select, file);
        }
        return DataSource.of(name, file);
    }

    private static String uniform(int seed) {
        return "((hash(i * 64 + %d) %% 4294967296) / 4294967296.0)".formatted(seed);
    }

    @Test
    void queriesAreMeasuredByTheWorkers() throws Exception {
        // Scores of one digit tie within queries, of which one in nine has nothing relevant.
        String documents =
                "SELECT 'query ' || (i // 12) AS q, CASE WHEN (i // 12) % 9 = 0 THEN 0 ELSE CAST(floor(4 * U1) AS INTEGER) END AS y, round(4 * U1 + 2 * U2, 1) AS s, 'g' || ((i // 12) % 3) AS g FROM range(180000) AS r(i)";
        DataSource data = made("documents", documents.replace("U1", uniform(1)).replace("U2", uniform(2)));
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
        Result<EvaluationDetails> spark = agree(
                request(Task.RANKING, data, roles)
                        .withOptions(new MetricOptions(
                                OptionalDouble.empty(), List.of(), List.of(), List.of(1, 5), Optional.empty())),
                1e-9);
        assertThat(engines.rowsSent()).isLessThan(200);
        assertThat(spark.metrics().get("queries")).isEqualTo(15_000);
    }

    @Test
    void labelsAreRankedByTheWorkers() throws Exception {
        int labels = 8;
        StringBuilder select = new StringBuilder("SELECT ");
        Map<String, Roles.LabelColumns> columns = new LinkedHashMap<>();
        for (int l = 0; l < labels; l++) {
            select.append(
                    "CAST(%1$s < 0.3 AS INTEGER) AS y%3$d, round((CAST(%1$s < 0.3 AS INTEGER) + 2 * %2$s) / 3, 2) AS s%3$d, "
                            .formatted(uniform(2 * l), uniform(2 * l + 1), l));
            columns.put("label" + l, new Roles.LabelColumns("y" + l, Optional.empty(), Optional.of("s" + l)));
        }
        DataSource data = made("labels", select + "'g' || (i % 3) AS g FROM range(60000) AS r(i)");
        Roles roles = new Roles(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                columns,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
        agree(request(Task.MULTILABEL, data, roles), 1e-9);
        assertThat(engines.rowsSent()).isLessThan(15_000);
    }

    @Test
    void scoresOfManyClassesAreComparedByTheWorkers() throws Exception {
        int classes = 24;
        StringBuilder select = new StringBuilder("SELECT 'k' || (i % 24) AS k, ");
        Map<String, String> scores = new LinkedHashMap<>();
        for (int c = 0; c < classes; c++) {
            select.append("round((CAST(i % 24 = %1$d AS INTEGER) + 2 * %2$s) / 3, 2) AS s%1$d, "
                    .replace("% 24", "%% 24")
                    .formatted(c, uniform(c)));
            scores.put("k" + c, "s" + c);
        }
        DataSource data = made("classes", select + "'g' || (i % 3) AS g FROM range(40000) AS r(i)");
        Roles roles = new Roles(
                Optional.of("k"),
                Optional.empty(),
                Optional.empty(),
                scores,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
        agree(
                request(Task.MULTICLASS, data, roles)
                        .withOptions(new MetricOptions(
                                OptionalDouble.empty(), List.of(), List.of(1, 5), List.of(), Optional.empty())),
                1e-9);
        // However many rows: a hundred scores of each class in rows of each class, for all rows and three slices.
        assertThat(engines.rowsSent()).isLessThan(100L * classes * classes * 4);
    }

    @Test
    void numbersAreSums() throws Exception {
        EvaluationRequest request =
                request(Task.REGRESSION, before, Roles.NONE.withLabel("t").withPrediction("f"));
        assertThat(agree(request, 1e-5).details().notes())
                .anySatisfy(note -> assertThat(note).contains("taken as equal").contains("medianAbsoluteError "));
        assertThat(engines.rowsSent()).isLessThan(300_000);
    }

    @Test
    void theChampionIsTestedAgainstWhereRowsAre() throws Exception {
        ChampionSource champion =
                new ChampionSource(Optional.empty(), Optional.of(data("champion", MANY, 1, 4, "0")), false);
        sameTests(
                request(Task.BINARY, before, Roles.NONE.withLabel("y").withScore("s"))
                        .withChampion(champion),
                "McNemar",
                "DeLong");
        sameTests(
                request(Task.REGRESSION, before, Roles.NONE.withLabel("t").withPrediction("f"))
                        .withChampion(champion),
                "Diebold–Mariano");
    }

    private static void sameTests(EvaluationRequest request, String... names) throws Exception {
        List<PairedTest> duck = tests(new EvaluateModel().run(request, Progress.NONE));
        List<PairedTest> spark = tests(new EvaluateModel(engines.spark()).run(request, Progress.NONE));
        assertThat(duck).extracting(PairedTest::name).containsExactly(names);
        assertThat(spark).extracting(PairedTest::name).containsExactly(names);
        for (int i = 0; i < names.length; i++) {
            assertThat(spark.get(i).statistic()).isCloseTo(duck.get(i).statistic(), within(0.01));
            assertThat(spark.get(i).pValue()).isCloseTo(duck.get(i).pValue(), within(0.01));
        }
    }

    private static List<PairedTest> tests(Result<EvaluationDetails> result) {
        return result.details().champion().orElseThrow().tests();
    }

    @Test
    void performanceIsWatchedWhereTheRowsAre() throws Exception {
        PerformanceRequest watch = PerformanceRequest.of(
                        Task.BINARY,
                        now,
                        Roles.NONE.withLabel("y").withPrediction("p").withScore("s"),
                        Optional.of("at"),
                        WindowLength.of("day"),
                        Instant.parse("2030-01-01T00:00:00Z"))
                .withReference(before)
                .withEstimate(true)
                .withDetectors(
                        List.of(DetectorSpec.ofRows(DetectorMethod.ADWIN), DetectorSpec.ofRows(DetectorMethod.DDM)));
        PerformanceFindings duck;
        try (DataEngine engine = DataEngine.embedded(PerformanceWatch.sources(watch))) {
            duck = PerformanceWatch.observe(watch, engine, Progress.NONE);
        }
        engines.rowsSent();
        PerformanceFindings spark = PerformanceWatch.observe(
                watch, engines.spark().open(PerformanceWatch.sources(watch), Progress.NONE), Progress.NONE);
        long sent = engines.rowsSent();
        assertThat(spark.windows()).isEqualTo(duck.windows());
        assertThat(spark.metrics().keySet()).isEqualTo(duck.metrics().keySet());
        duck.metrics()
                .forEach((name, value) ->
                        assertThat(spark.metrics().get(name)).as(name).isCloseTo(value, within(1e-4)));
        for (int i = 0; i < duck.detectors().size(); i++) {
            assertThat(spark.detectors().get(i).drift())
                    .isEqualTo(duck.detectors().get(i).drift());
        }
        assertThat(spark.notes())
                .anySatisfy(note -> assertThat(note).contains("taken as equal").contains("off by at most"))
                .anySatisfy(note -> assertThat(note).contains("in sums of up to"));
        // Levels of scores: for curves measured and expected, of all rows and of windows and chunks, and to calibrate.
        assertThat(sent).isLessThan(900_000);
    }

    @Test
    void numbersDriftByLevels() throws Exception {
        DriftRequest request = new DriftRequest(
                Optional.empty(),
                new DriftSide.Raw(before),
                new DriftSide.Raw(now),
                List.of("s", "t", "few", "g"),
                List.of(),
                ColumnTests.of(ColumnTest.of(TestMethod.PSI)),
                List.of(),
                LineageRecord.EMPTY);
        Result<DriftDetails> duck = new CheckDrift().run(request, Progress.NONE);
        engines.rowsSent();
        Result<DriftDetails> spark = new CheckDrift(engines.spark()).run(request, Progress.NONE);
        assertThat(engines.rowsSent()).isLessThan(4 * 6000);
        for (ColumnDrift column : duck.details().columns()) {
            ColumnDrift other = spark.details().columns().stream()
                    .filter(each -> each.name().equals(column.name()))
                    .findFirst()
                    .orElseThrow();
            for (String measure : List.of("psi", "js", "ks", "wasserstein")) {
                if (column.distances().get(measure).isPresent()) {
                    double error = other.errors().getOrDefault(measure, 0.0);
                    assertThat(error).as(column.name() + " " + measure).isLessThan(2e-3);
                    assertThat(other.distances().get(measure).orElseThrow())
                            .as(column.name() + " " + measure)
                            // The bins' edges are quantiles whose rank may be off by 0.0001.
                            .isCloseTo(column.distances().get(measure).getAsDouble(), within(error + 1e-3));
                }
            }
        }
    }
}
