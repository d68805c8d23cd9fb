package io.mlcicd.drift.performance;

import static io.mlcicd.drift.performance.Watched.request;
import static io.mlcicd.drift.performance.Watched.roles;
import static io.mlcicd.drift.performance.Watched.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.DataSource;
import io.mlcicd.data.ElsewhereEngine;
import io.mlcicd.drift.performance.Watched.Csv;
import io.mlcicd.evaluation.Roles;
import io.mlcicd.operation.Task;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where rows are added up where they are, a watch finds what it finds when they are handed over one by one. */
class AddedWatchTest {

    private static final int DAYS = 8;
    private static final int OF_DAY = 2_500;

    @TempDir
    Path folder;

    private final AtomicLong handedOver = new AtomicLong();

    private static String text(double number, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }

    /** {@code time,label,score,p,w}: from the sixth day on, scores mean less; of the last day there are few labels. */
    private DataSource binary(String name, boolean served, int digits) {
        Random random = new Random(name.hashCode());
        Csv csv = new Csv("time,label,score,p,w");
        for (int i = 0; i < DAYS * OF_DAY; i++) {
            int day = i / OF_DAY;
            double x = random.nextGaussian();
            boolean label = random.nextDouble() < 1 / (1 + Math.exp(-2 * x));
            double score = 1 / (1 + Math.exp(-4 * x - (served && day > 4 ? 4 * random.nextGaussian() : 0)));
            csv.add(
                    LocalDate.of(2026, 3, 1).plusDays(day),
                    served && day == DAYS - 1 && i % 3 > 0 ? "" : label ? 1 : 0,
                    text(score, digits),
                    score > 0.5 ? 1 : 0,
                    List.of("1", "2", "0.5", "0").get(random.nextInt(4)));
        }
        return csv.write(folder, name);
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
                Optional.empty(),
                OptionalInt.empty());
    }

    /** Asserts that both ways give the same series and alarms, and returns what came of adding up. */
    private PerformanceFindings agree(PerformanceRequest request, double most, double ofIntervals) throws Exception {
        PerformanceFindings plain = run(request);
        handedOver.set(0);
        PerformanceFindings added = run(request, ElsewhereEngine.engines(100, handedOver));
        assertThat(added.windows()).isEqualTo(plain.windows());
        assertThat(added.rows()).isEqualTo(plain.rows());
        assertThat(added.series()).hasSameSizeAs(plain.series());
        assertThat(added.metrics().keySet()).isEqualTo(plain.metrics().keySet());
        for (int s = 0; s < plain.series().size(); s++) {
            MetricSeries one = plain.series().get(s);
            MetricSeries other = added.series().get(s);
            assertThat(other.metric()).isEqualTo(one.metric());
            assertThat(other.points()).hasSameSizeAs(one.points());
            for (int i = 0; i < one.points().size(); i++) {
                SeriesPoint a = one.points().get(i);
                SeriesPoint b = other.points().get(i);
                String what = one.metric() + " of window " + a.window();
                assertThat(b.window()).isEqualTo(a.window());
                assertThat(b.value()).as(what).isCloseTo(a.value(), within(most));
                assertThat(b.alarm()).as(what).isEqualTo(a.alarm());
                assertThat(b.lower().isPresent()).as(what).isEqualTo(a.lower().isPresent());
                if (a.lower().isPresent()) {
                    double apart = (one.estimated() ? most : 0)
                            + ofIntervals * (a.upper().getAsDouble() - a.lower().getAsDouble());
                    assertThat(b.lower().getAsDouble())
                            .as(what)
                            .isCloseTo(a.lower().getAsDouble(), within(apart + 1e-9));
                    assertThat(b.upper().getAsDouble())
                            .as(what)
                            .isCloseTo(a.upper().getAsDouble(), within(apart + 1e-9));
                }
                assertThat(b.lowerLimit().isPresent())
                        .as(what)
                        .isEqualTo(a.lowerLimit().isPresent());
                if (a.lowerLimit().isPresent()) {
                    assertThat(b.lowerLimit().getAsDouble())
                            .as(what)
                            .isCloseTo(a.lowerLimit().getAsDouble(), within(10 * most));
                }
            }
        }
        return added;
    }

    private static void sameDetectors(PerformanceFindings plain, PerformanceFindings added) {
        for (int i = 0; i < plain.detectors().size(); i++) {
            DetectorFinding one = plain.detectors().get(i);
            DetectorFinding other = added.detectors().get(i);
            assertThat(other.name()).isEqualTo(one.name());
            assertThat(other.drift()).as(one.message()).isEqualTo(one.drift());
            assertThat(other.since()).as(one.message()).isEqualTo(one.since());
        }
    }

    @Test
    void classesWithScoresAreAddedUpByScore() throws Exception {
        PerformanceRequest request = request(
                        Task.BINARY,
                        binary("served", true, 3),
                        weighted(roles("label", Optional.of("p"), Optional.of("score"), Map.of())),
                        "day")
                .withReference(binary("reference", false, 3))
                .withEstimate(true)
                .withDetectors(List.of(
                        DetectorSpec.ofRows(DetectorMethod.ADWIN),
                        DetectorSpec.ofRows(DetectorMethod.DDM),
                        DetectorSpec.ofRows(DetectorMethod.PAGE_HINKLEY),
                        DetectorSpec.ofWindows(DetectorMethod.PAGE_HINKLEY, "accuracy")));
        PerformanceFindings added = agree(request, 1e-9, 0.5);
        PerformanceFindings plain = run(request);
        sameDetectors(plain, added);
        assertThat(plain.detectors()).anyMatch(DetectorFinding::drift);
        assertThat(added.notes())
                .containsAll(plain.notes())
                .anyMatch(note -> note.contains("calibrated by isotonic regression"))
                .anyMatch(note -> note.contains("in sums of up to 2 rows"));
        // Levels of scores to calibrate and for curves, drawn rows for intervals, and sums for detectors.
        assertThat(handedOver.get()).isLessThan(4L * DAYS * OF_DAY);
    }

    @Test
    void scoresThatDifferInEveryRowAreLevelsAndTheErrorIsStated() throws Exception {
        PerformanceRequest request = request(
                        Task.BINARY,
                        binary("fine", true, 9),
                        roles("label", Optional.empty(), Optional.of("score"), Map.of()),
                        "day")
                .withReference(binary("fineReference", false, 9))
                .withEstimate(true);
        PerformanceFindings added = agree(request, 1e-4, 0.5);
        assertThat(added.notes()).anyMatch(note -> note.contains("taken as equal") && note.contains("off by at most"));
        assertThat(run(request).notes()).noneMatch(note -> note.contains("taken as equal"));
    }

    @Test
    void windowsOfRowsWithoutTimesAreTheSame() throws Exception {
        DataSource served = binary("untimed", true, 3);
        PerformanceRequest request = PerformanceRequest.of(
                        Task.BINARY,
                        served,
                        roles("label", Optional.of("p"), Optional.of("score"), Map.of()),
                        Optional.empty(),
                        WindowLength.of("3000 rows"),
                        Watched.LATER)
                .withReference(binary("untimedReference", false, 3));
        agree(request, 1e-9, 0.5);
    }

    @Test
    void probabilitiesOfThreeClassesAreAddedUp() throws Exception {
        Map<String, String> columns = new LinkedHashMap<>();
        List.of("a", "b", "c").forEach(name -> columns.put(name, "s_" + name));
        PerformanceRequest request = request(
                        Task.MULTICLASS,
                        classes("threeServed", 0.5),
                        roles("label", Optional.empty(), Optional.empty(), columns),
                        "day")
                .withReference(classes("three", 0))
                .withEstimate(true);
        PerformanceFindings added = agree(request, 1e-9, 1);
        assertThat(added.metrics()).containsKeys("estimated.accuracy", "estimated.rocAuc.ovr");
    }

    private DataSource classes(String name, double shift) {
        Random random = new Random(name.hashCode());
        Csv csv = new Csv("time,label,s_a,s_b,s_c");
        for (int i = 0; i < 4 * OF_DAY; i++) {
            double[] odds = new double[3];
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                odds[c] = Math.exp(random.nextGaussian() + (c == 0 ? shift : 0));
                sum += odds[c];
            }
            double drawn = random.nextDouble() * sum;
            String label = drawn < odds[0] ? "a" : drawn < odds[0] + odds[1] ? "b" : "c";
            // Twice the logarithm of the odds is too sure of itself.
            double wrong = odds[0] * odds[0] + odds[1] * odds[1] + odds[2] * odds[2];
            csv.add(
                    LocalDate.of(2026, 3, 1).plusDays(i / OF_DAY),
                    label,
                    text(odds[0] * odds[0] / wrong, 3),
                    text(odds[1] * odds[1] / wrong, 3),
                    text(odds[2] * odds[2] / wrong, 3));
        }
        return csv.write(folder, name);
    }

    private DataSource numbers(String name, int days, int ofDay) {
        Random random = new Random(name.hashCode());
        Csv csv = new Csv("time,label,p,x,kind,w");
        for (int i = 0; i < days * ofDay; i++) {
            int day = i / ofDay;
            double x = random.nextGaussian() + 0.1 * day;
            csv.add(
                    LocalDate.of(2026, 3, 1).plusDays(day),
                    text(x + (x > 0 ? 2 : 0.5) * random.nextGaussian(), 4),
                    text(x, 4),
                    text(x + 0.1 * random.nextGaussian(), 3),
                    List.of("m", "n").get(random.nextInt(2)),
                    List.of("1", "2").get(random.nextInt(2)));
        }
        return csv.write(folder, name);
    }

    @Test
    void errorsOfNumbersAreExpectedOfDrawnRowsWhereThereAreMany() throws Exception {
        Roles roles = weighted(roles("label", Optional.of("p"), Optional.empty(), Map.of()));
        PerformanceRequest small = request(Task.REGRESSION, numbers("few", 4, 900), roles, "day")
                .withReference(numbers("before", 4, 900))
                .withEstimate(true)
                .withDetectors(List.of(DetectorSpec.ofRows(DetectorMethod.PAGE_HINKLEY)));
        sameDetectors(run(small), agree(small, 1e-6, 0.5));
    }

    /** Sums of a hundred rows, in windows of 5,000. */
    @Test
    void detectorsFindTheSameChangesInSumsOfManyRows() {
        for (DetectorMethod method : List.of(DetectorMethod.ADWIN, DetectorMethod.PAGE_HINKLEY, DetectorMethod.DDM)) {
            for (boolean numbers : new boolean[] {false, true}) {
                for (double later : new double[] {0.1, 0.2}) {
                    if (numbers && method == DetectorMethod.DDM) {
                        continue;
                    }
                    Random random = new Random(4);
                    DetectorRun rows = DetectorRun.ofRows(DetectorSpec.ofRows(method), Optional.empty(), 1);
                    DetectorRun sums = DetectorRun.ofRows(DetectorSpec.ofRows(method), Optional.empty(), 1);
                    for (int w = 0; w < 10; w++) {
                        WatchedWindow window = window(w);
                        assertThat(rows.begin(window)).isTrue();
                        assertThat(sums.begin(window)).isTrue();
                        double rate = w < 5 ? 0.1 : later;
                        for (int part = 0; part < 50; part++) {
                            double sum = 0;
                            double squares = 0;
                            for (int i = 0; i < 100; i++) {
                                double drawn = random.nextDouble();
                                double error =
                                        numbers ? Math.min(1, -rate * Math.log(1 - drawn)) : drawn < rate ? 1 : 0;
                                rows.addError(error);
                                sum += error;
                                squares += error * error;
                            }
                            sums.addErrors(100, sum, squares);
                        }
                    }
                    String what = method + " of " + (numbers ? "numbers" : "classes") + " to " + later;
                    assertThat(sums.finding().drift())
                            .as(what)
                            .isEqualTo(rows.finding().drift());
                    assertThat(later == 0.1 || sums.finding().drift()).as(what).isTrue();
                    assertThat(first(sums)).as(what).isEqualTo(first(rows));
                }
            }
        }
    }

    private static Optional<Position> first(DetectorRun run) {
        return run.finding().state().orElseThrow().changes().stream().findFirst();
    }

    private static WatchedWindow window(int index) {
        return new WatchedWindow(
                index,
                "window " + index,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(5000L * index + 1),
                OptionalLong.of(5000L * index + 5000),
                5000,
                5000,
                true,
                List.of());
    }

    @Test
    void aSumOfRowsIsHeardAsTheErrorsThatHaveIt() {
        Random random = new Random(8);
        DetectorRun run = DetectorRun.ofRows(DetectorSpec.ofRows(DetectorMethod.ADWIN), Optional.empty(), 1);
        run.begin(window(0));
        double total = 0;
        double squares = 0;
        for (int part = 0; part < 40; part++) {
            double sum = 0;
            double squared = 0;
            for (int i = 0; i < 25; i++) {
                double error = Math.pow(random.nextDouble(), 3);
                sum += error;
                squared += error * error;
            }
            run.addErrors(25, sum, squared);
            total += sum;
            squares += squared;
        }
        DetectorState.OfAdwin heard =
                (DetectorState.OfAdwin) run.finding().state().orElseThrow().detector();
        assertThat(heard.heard()).isEqualTo(1000);
        assertThat(heard.total()).isCloseTo(total, within(0.1));
        assertThat(heard.variance()).isCloseTo(squares - total * total / 1000, within(1.0));
    }

    @Test
    void whatDrawingAddsToTheErrorIsSaid() throws Exception {
        Roles roles = weighted(roles("label", Optional.of("p"), Optional.empty(), Map.of()));
        PerformanceRequest large = request(Task.REGRESSION, numbers("many", 2, 150_000), roles, "day")
                .withReference(numbers("before2", 4, 900))
                .withEstimate(true);
        PerformanceFindings plain = run(large);
        handedOver.set(0);
        PerformanceFindings added = run(large, ElsewhereEngine.engines(20_000, handedOver));
        for (String metric : List.of("mae", "rmse")) {
            MetricSeries one = Watched.series(plain, metric, true);
            MetricSeries other = Watched.series(added, metric, true);
            for (SeriesPoint point : one.points()) {
                SeriesPoint drawn = Watched.point(other, point.window());
                double width = drawn.upper().getAsDouble() - drawn.lower().getAsDouble();
                assertThat(drawn.value()).isNotEqualTo(point.value());
                assertThat(drawn.value()).isCloseTo(point.value(), within(width / 2));
                assertThat(width)
                        .isGreaterThan(
                                point.upper().getAsDouble() - point.lower().getAsDouble());
            }
        }
        assertThat(added.notes()).anyMatch(note -> note.contains("drawn by chance"));
    }
}
