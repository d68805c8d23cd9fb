package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.data.DataEngines;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.ProfileData;
import io.mlcicd.data.ProfileRequest;
import io.mlcicd.document.Json;
import io.mlcicd.drift.CheckDrift;
import io.mlcicd.drift.ColumnRoles;
import io.mlcicd.drift.ColumnTest;
import io.mlcicd.drift.ColumnTests;
import io.mlcicd.drift.DriftDetails;
import io.mlcicd.drift.DriftRequest;
import io.mlcicd.drift.DriftSide;
import io.mlcicd.drift.StoredProfile;
import io.mlcicd.drift.TestMethod;
import io.mlcicd.drift.TimeWindow;
import io.mlcicd.drift.Watched;
import io.mlcicd.drift.multivariate.EmbeddingRequest;
import io.mlcicd.drift.multivariate.MultivariateRequest;
import io.mlcicd.drift.performance.DetectorMethod;
import io.mlcicd.drift.performance.DetectorSpec;
import io.mlcicd.drift.performance.PerformanceRequest;
import io.mlcicd.drift.performance.WindowLength;
import io.mlcicd.drift.text.TextRequest;
import io.mlcicd.evaluation.Roles;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Task;
import io.mlcicd.retrain.RetrainEvidence;
import io.mlcicd.retrain.RetrainPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drift checks on Spark give the documents that they give on DuckDB. */
class SparkDriftTest {

    private static final LocalDate FIRST = LocalDate.parse("2024-01-01");

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

    /** Columns of every type, with missing values; {@code shift} moves them. */
    private static DataSource mixed(String name, int rows, long seed, double shift, String newPlace) {
        return files.write(name, "day,at,temp,count,place,open,kind,note", rows, seed, (random, i) -> {
            String temp = random.nextInt(20) == 0
                    ? (random.nextBoolean() ? "" : "NaN")
                    : PredictionFiles.text(10 + shift + 4 * random.nextGaussian());
            String place = random.nextInt(10) == 0
                    ? newPlace
                    : List.of("x", "y", "z, Z", "").get(random.nextInt(4));
            return "%s,%sT%02d:00:00,%s,%d,%s,%b,%s,%s"
                    .formatted(
                            FIRST.plusDays(i / 10),
                            FIRST.plusDays(i / 10),
                            i % 24,
                            temp,
                            (int) (5 + shift + random.nextInt(9)),
                            place.contains(",") ? '"' + place + '"' : place,
                            random.nextDouble() < 0.5 + shift / 10,
                            random.nextInt(4),
                            words(random, shift));
        });
    }

    private static String words(Random random, double shift) {
        List<String> all = List.of("sun", "rain", "wind", "snow", "Fog", "ice", "über", "hail");
        List<String> words = new ArrayList<>();
        for (int w = 0; w < 3 + random.nextInt(4); w++) {
            words.add(all.get(Math.min(all.size() - 1, (int) (random.nextInt(6) + shift))));
        }
        return String.join(" ", words);
    }

    private static DriftSide raw(DataSource source) {
        return new DriftSide.Raw(source);
    }

    private static DriftRequest request(DriftSide reference, DriftSide current, Watched watched, String... columns) {
        return new DriftRequest(
                Optional.of(new Model("m", Optional.empty())),
                reference,
                current,
                List.of(columns),
                List.of(),
                ColumnTests.DEFAULT,
                ColumnRoles.NONE,
                Map.of(),
                watched,
                RetrainPolicy.BY_GATES,
                RetrainEvidence.NONE,
                List.of(Gate.of("drift.share", Comparison.MAX, 0.3)),
                LineageRecord.EMPTY);
    }

    private static void agree(DriftRequest request) throws InterruptedException {
        engines.agreeOn(with -> new CheckDrift(with).run(request, Progress.NONE));
    }

    @Test
    void columnsOfEveryType() throws Exception {
        DataSource reference = mixed("reference", 700, 1, 0, "w");
        DataSource current = mixed("current", 500, 2, 1, "v");
        agree(request(raw(reference), raw(current), Watched.NOTHING));
        agree(request(raw(reference), raw(current), Watched.NOTHING, "day", "at", "temp", "note"));
    }

    @Test
    void everyTestWithRolesAndImportances() throws Exception {
        DataSource reference = mixed("reference2", 400, 3, 0, "w");
        DataSource current = mixed("current2", 300, 4, 0.5, "v");
        for (TestMethod method : TestMethod.values()) {
            DriftRequest plain = request(raw(reference), raw(current), Watched.NOTHING);
            agree(new DriftRequest(
                    plain.model(),
                    plain.reference(),
                    plain.current(),
                    List.of(),
                    List.of("note"),
                    ColumnTests.of(ColumnTest.of(method)),
                    new ColumnRoles(List.of("open"), List.of("kind")),
                    Map.of("temp", 2.0, "count", 1.0),
                    Watched.NOTHING,
                    plain.policy(),
                    plain.evidence(),
                    plain.gates(),
                    plain.known()));
        }
    }

    @Test
    void typesThatChanged() throws Exception {
        DataSource reference = files.write("typed", "a,b,c", 200, 5, (random, i) -> i + "," + (i % 3) + ",u" + i % 2);
        DataSource current =
                files.write("retyped", "a,b,d", 150, 6, (random, i) -> i + 0.5 + ",k" + (i % 3) + "," + i % 2);
        agree(request(raw(reference), raw(current), Watched.NOTHING));
    }

    @Test
    void windowsOfTime() throws Exception {
        DataSource all = mixed("timed", 900, 7, 0, "w");
        DriftSide.Raw lastDays = new DriftSide.Raw(
                all,
                Optional.of(new TimeWindow("at", new TimeWindow.Last(Period.ofDays(14), new TimeWindow.Newest()))));
        DriftSide before = new DriftSide.Raw(
                all,
                Optional.of(new TimeWindow(
                        "at", new TimeWindow.Last(Duration.ofDays(20), new TimeWindow.BeforeCurrent(lastDays)))));
        agree(request(before, lastDays, Watched.NOTHING));
        DriftSide days =
                new DriftSide.Raw(all, Optional.of(new TimeWindow("day", new TimeWindow.SameWeekday(3, lastDays))));
        agree(request(days, lastDays, Watched.NOTHING));
    }

    @Test
    void profilesAsReference() throws Exception {
        DataSource reference = mixed("profiled", 600, 8, 0, "w");
        DataSource current = mixed("unprofiled", 500, 9, 1, "v");
        var profile = new ProfileData().run(new ProfileRequest(List.of(reference)), Progress.NONE);
        Path file = Files.writeString(
                folder.resolve("profile.json"),
                Json.write(profile.details().data().get(0)));
        agree(request(new DriftSide.Profile(file, "profile.json"), raw(current), Watched.NOTHING));
        agree(request(
                new DriftSide.Profiles(List.of(StoredProfile.read(file, "profile.json"))),
                raw(current),
                Watched.NOTHING));
    }

    @Test
    void columnsTogetherTextsAndEmbeddings() throws Exception {
        BiFunction<Random, Integer, String> line =
                (random, i) -> "{\"a\": %s, \"b\": %s, \"k\": \"%s\", \"t\": \"%s\", \"v\": [%s, %s, %s]}"
                        .formatted(
                                PredictionFiles.text(random.nextGaussian()),
                                PredictionFiles.text(random.nextGaussian()),
                                List.of("p", "q", "r").get(random.nextInt(3)),
                                words(random, random.nextInt(2)),
                                PredictionFiles.text(random.nextGaussian()),
                                PredictionFiles.text(random.nextGaussian()),
                                PredictionFiles.text(random.nextGaussian()));
        DataSource reference = json("wide", 800, 10, line);
        DataSource current = json("wider", 600, 11, line);
        Watched watched = new Watched(
                Optional.of(MultivariateRequest.USUAL.withSample(300)),
                List.of("t"),
                TextRequest.USUAL.withRows(400),
                Optional.of(new EmbeddingRequest(
                        Map.of("vector", List.of("v"), "pair", List.of("a", "b")), 300, 100, 200, 0, 0.05, 0.55)),
                Optional.empty(),
                Optional.empty());
        agree(request(raw(reference), raw(current), watched));
    }

    private static DataSource json(String name, int rows, long seed, BiFunction<Random, Integer, String> line)
            throws Exception {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            lines.add(line.apply(random, i));
        }
        return DataSource.of(name, Files.write(folder.resolve(name + ".jsonl"), lines));
    }

    private static DataSource served(String name, int rows, long seed, boolean labelled, double worse) {
        return files.write(name, "at,y,p,s,x,g", rows, seed, (random, i) -> {
            boolean y = random.nextDouble() < 0.4;
            double s = 1 / (1 + Math.exp(-(y ? 1 : -1) + (i > rows / 2 ? worse : 0) * random.nextGaussian()));
            return "%sT%02d:30:00,%s,%d,%s,%s,%s"
                    .formatted(
                            FIRST.plusDays(i / 40),
                            i % 24,
                            labelled || i < rows * 3 / 4 ? (y ? "1" : "0") : "",
                            s > 0.5 ? 1 : 0,
                            PredictionFiles.text(s),
                            PredictionFiles.text(random.nextGaussian()),
                            List.of("m", "n").get(random.nextInt(2)));
        });
    }

    private static Watched watched(PerformanceRequest request) {
        return new Watched(
                Optional.empty(),
                List.of(),
                TextRequest.USUAL,
                Optional.empty(),
                Optional.of(request),
                Optional.empty());
    }

    @Test
    void performanceOfClassesWithLabelsAndWithout() throws Exception {
        DataSource reference = served("accepted", 1000, 12, true, 0);
        DataSource current = served("served", 800, 13, false, 2);
        Roles roles = Roles.NONE.withLabel("y").withPrediction("p").withScore("s");
        for (String window : List.of("day", "100 rows")) {
            PerformanceRequest watch = PerformanceRequest.of(
                            Task.BINARY,
                            current,
                            roles,
                            Optional.of("at"),
                            WindowLength.of(window),
                            Instant.parse("2030-01-01T00:00:00Z"))
                    .withReference(reference)
                    .withEstimate(true)
                    .withDetectors(List.of(
                            DetectorSpec.ofRows(DetectorMethod.ADWIN),
                            DetectorSpec.ofRows(DetectorMethod.DDM),
                            DetectorSpec.ofWindows(DetectorMethod.PAGE_HINKLEY, "accuracy")));
            agree(request(raw(reference), raw(current), watched(watch)));
        }
    }

    /** The same findings but for samples that are drawn otherwise, and what is said of that. */
    private static void agreeWhereRowsAreMany(DriftRequest request) throws InterruptedException {
        Result<DriftDetails> duck = new CheckDrift().run(request, Progress.NONE);
        Result<DriftDetails> spark = new CheckDrift(engines.sparkWhereMoreAreMany(100)).run(request, Progress.NONE);
        assertThat(SideBySide.differences(duck, spark, 1e-9))
                .filteredOn(found -> found.startsWith("/details/performance") || found.startsWith("/metrics"))
                .filteredOn(found -> !found.matches(
                        "(?s).*(/points/\\d+/(lower|upper)|/notes|/state/|interval|/points/\\d+/note).*"))
                .isEmpty();
    }

    @Test
    void performanceIsAddedUpWhereRowsAreMany() throws Exception {
        DataSource reference = served("acceptedMany", 1000, 22, true, 0);
        DataSource current = served("servedMany", 900, 23, false, 2);
        Roles roles = Roles.NONE.withLabel("y").withPrediction("p").withScore("s");
        PerformanceRequest watch = PerformanceRequest.of(
                        Task.BINARY,
                        current,
                        roles,
                        Optional.of("at"),
                        WindowLength.of("day"),
                        Instant.parse("2030-01-01T00:00:00Z"))
                .withReference(reference)
                .withEstimate(true)
                .withDetectors(List.of(
                        DetectorSpec.ofRows(DetectorMethod.ADWIN),
                        DetectorSpec.ofRows(DetectorMethod.DDM),
                        DetectorSpec.ofWindows(DetectorMethod.PAGE_HINKLEY, "accuracy")));
        agreeWhereRowsAreMany(request(raw(reference), raw(current), watched(watch)));
    }

    @Test
    void aCheckThatWatchesPerformanceStartsOneApplication() throws Exception {
        DataSource reference = served("acceptedOnce", 300, 32, true, 0);
        DataSource current = served("servedOnce", 300, 33, false, 2);
        DataSource predictions = served("predictedOnce", 300, 34, false, 2);
        PerformanceRequest watch = PerformanceRequest.of(
                        Task.BINARY,
                        predictions,
                        Roles.NONE.withLabel("y").withPrediction("p").withScore("s"),
                        Optional.of("at"),
                        WindowLength.of("day"),
                        Instant.parse("2030-01-01T00:00:00Z"))
                .withReference(reference);
        List<List<DataSource>> started = new ArrayList<>();
        DataEngines counted = (sources, progress) -> {
            started.add(List.copyOf(sources));
            return engines.spark().open(sources, progress);
        };
        new CheckDrift(counted).run(request(raw(reference), raw(current), watched(watch)), Progress.NONE);
        assertThat(started).containsExactly(List.of(reference, current, predictions));
    }

    @Test
    void performanceOfNumbersWithEstimates() throws Exception {
        BiFunction<Random, Integer, String> line = (random, i) -> {
            double x = random.nextGaussian();
            return "%s,%s,%s,%s,%s"
                    .formatted(
                            FIRST.plusDays(i / 40),
                            i < 600 ? PredictionFiles.text(x + random.nextGaussian() * (x > 0 ? 2 : 0.5)) : "",
                            PredictionFiles.text(x),
                            PredictionFiles.text(x),
                            List.of("m", "n").get(random.nextInt(2)));
        };
        DataSource reference = files.write("numbersBefore", "day,y,p,x,g", 600, 14, line);
        DataSource current = files.write("numbersNow", "day,y,p,x,g", 800, 15, line);
        PerformanceRequest watch = PerformanceRequest.of(
                        Task.REGRESSION,
                        current,
                        Roles.NONE.withLabel("y").withPrediction("p"),
                        Optional.of("day"),
                        WindowLength.of("week"),
                        Instant.parse("2030-01-01T00:00:00Z"))
                .withReference(reference)
                .withEstimate(true)
                .withDetectors(List.of(DetectorSpec.ofRows(DetectorMethod.PAGE_HINKLEY)));
        DriftRequest request = request(raw(reference), raw(current), watched(watch));
        agree(request);
        agreeWhereRowsAreMany(request);
    }
}
