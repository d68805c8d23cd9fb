package io.mlcicd.drift.performance;

import static io.mlcicd.drift.performance.Watched.point;
import static io.mlcicd.drift.performance.Watched.predicted;
import static io.mlcicd.drift.performance.Watched.request;
import static io.mlcicd.drift.performance.Watched.run;
import static io.mlcicd.drift.performance.Watched.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mlcicd.data.DataSource;
import io.mlcicd.document.Json;
import io.mlcicd.drift.performance.Watched.Csv;
import io.mlcicd.evaluation.Roles;
import io.mlcicd.operation.Task;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformanceWatchTest {

    @TempDir
    Path folder;

    /** Two rows an hour, of which every so many is wrong; {@code wrongEvery} by month of 2026, 0 for never. */
    private DataSource months(String name, int... wrongEvery) {
        Csv csv = new Csv("time,label,said");
        for (int month = 0; month < wrongEvery.length; month++) {
            LocalDate first = LocalDate.of(2026, 1 + month, 1);
            int n = 0;
            for (int hour = 0; hour < first.lengthOfMonth() * 24; hour++) {
                for (int minute : new int[] {0, 30}) {
                    boolean wrong = wrongEvery[month] > 0 && n++ % wrongEvery[month] == 0;
                    String label = n % 3 == 0 ? "yes" : "no";
                    csv.add(
                            first.plusDays(hour / 24) + "T%02d:%02d:00".formatted(hour % 24, minute),
                            label,
                            wrong ? (label.equals("yes") ? "no" : "yes") : label);
                }
            }
        }
        return csv.write(folder, name);
    }

    private DataSource reference(int rows, double errorRate) {
        Random random = new Random(1);
        Csv csv = new Csv("label,said");
        for (int i = 0; i < rows; i++) {
            String label = random.nextInt(3) == 0 ? "yes" : "no";
            csv.add(label, random.nextDouble() < errorRate ? (label.equals("yes") ? "no" : "yes") : label);
        }
        return csv.write(folder, "reference");
    }

    @Test
    void measuresEachMonthAndRaisesAnAlarmWhereItIsWorse() throws InterruptedException {
        PerformanceFindings findings =
                run(request(Task.BINARY, months("served", 10, 10, 4, 50, 10), predicted("said"), "month")
                        .withReference(reference(30_000, 0.1))
                        .withAccepted(Map.of("accuracy", 0.9)));
        MetricSeries accuracy = series(findings, "accuracy", false);

        assertThat(findings.windows())
                .extracting(WatchedWindow::label)
                .containsExactly("2026-01", "2026-02", "2026-03", "2026-04", "2026-05");
        assertThat(findings.windows())
                .extracting(WatchedWindow::rows)
                .containsExactly(1488L, 1344L, 1488L, 1440L, 1488L);
        assertThat(findings.windows().get(1).from()).hasValue(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(findings.windows().get(1).to()).hasValue(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(point(accuracy, 0).value()).isCloseTo(1 - 149.0 / 1488, within(1e-12));
        assertThat(point(accuracy, 2).value()).isCloseTo(0.75, within(1e-12));
        assertThat(accuracy.points()).extracting(SeriesPoint::alarm).containsExactly(false, false, true, false, false);
        assertThat(point(accuracy, 3).note()).hasValue("better than the limits");
        assertThat(findings.metrics())
                .containsEntry("performance.accuracy", point(accuracy, 4).value())
                .containsEntry("performance.windows", 5.0)
                .containsEntry("performance.latestAlarms", 0.0)
                .containsEntry("performance.labelled", 1.0)
                .hasEntrySatisfying(
                        "performance.alarms", alarms -> assertThat(alarms).isPositive())
                .hasEntrySatisfying(
                        "performance.accuracy.change",
                        change -> assertThat(change).isCloseTo(1 - 149.0 / 1488 - 0.9, within(1e-12)));
        assertThat(accuracy.sentence())
                .isEqualTo(
                        "accuracy is 0.8999 in 2026-05, where the accepted model had 0.9; beyond its control limit in 1 window: 2026-03");
        // Wilson's interval of 1116 out of 1488 (statsmodels 0.15.0 proportion_confint).
        assertThat(point(accuracy, 2).lower().getAsDouble()).isCloseTo(0.7273739269922797, within(1e-9));
        assertThat(findings.series()).noneMatch(MetricSeries::estimated);
    }

    @Test
    void limitsAreTheMeanAndThreeDeviationsOfEqualChunksOfTheReference() throws InterruptedException {
        Csv csv = new Csv("label,said");
        // Ten chunks of 100 rows with 1 to 10 errors.
        for (int chunk = 1; chunk <= 10; chunk++) {
            for (int i = 0; i < 100; i++) {
                csv.add(i % 2, i < chunk ? 1 - i % 2 : i % 2);
            }
        }
        Csv served = new Csv("label,said");
        for (int i = 0; i < 400; i++) {
            served.add(i % 2, i < 200 ? i % 2 : (i % 5 == 0 ? 1 - i % 2 : i % 2));
        }
        PerformanceFindings findings =
                run(request(Task.BINARY, served.write(folder, "served"), predicted("said"), "100 rows")
                        .withTimestamp(Optional.empty())
                        .withReference(csv.write(folder, "reference")));
        MetricSeries accuracy = series(findings, "accuracy", false);
        ControlLimits limits = accuracy.limits().orElseThrow();

        assertThat(limits.chunks()).isEqualTo(10);
        assertThat(limits.chunkRows()).isEqualTo(100);
        assertThat(limits.centre()).isCloseTo(0.945, within(1e-12));
        // numpy.std([0.99, 0.98, ... 0.90], ddof=1)
        assertThat(limits.deviation()).isCloseTo(0.0302765035409749, within(1e-12));
        assertThat(point(accuracy, 0).lowerLimit()).hasValueCloseTo(0.945 - 3 * 0.0302765035409749, within(1e-9));
        assertThat(point(accuracy, 0).upperLimit()).hasValue(1);
        assertThat(accuracy.points()).extracting(SeriesPoint::alarm).containsExactly(false, false, true, true);
        assertThat(findings.windows().get(3).label()).isEqualTo("rows 301 to 400");
    }

    @Test
    void withoutAReferenceTheFirstWindowsMakeTheLimits() throws InterruptedException {
        PerformanceFindings findings =
                run(request(Task.BINARY, months("served", 10, 12, 9, 11, 2), predicted("said"), "month")
                        .withBaselineWindows(4));
        MetricSeries accuracy = series(findings, "accuracy", false);

        assertThat(accuracy.limits().orElseThrow().source()).isEqualTo(ControlLimits.Source.WINDOWS);
        assertThat(accuracy.points()).extracting(SeriesPoint::alarm).containsExactly(false, false, false, false, true);
        assertThat(findings.metrics()).containsEntry("performance.latestAlarms", 4.0);

        PerformanceFindings few = run(request(Task.BINARY, months("few", 10, 2), predicted("said"), "month"));
        assertThat(series(few, "accuracy", false).limits()).isEmpty();
        assertThat(few.metrics()).containsEntry("performance.alarms", 0.0);
        assertThat(few.notes()).anyMatch(note -> note.contains("has no control limits"));
    }

    @Test
    void aWindowThatIsNotCompleteRaisesNoAlarm() throws InterruptedException {
        DataSource served = months("served", 10, 10, 10, 10, 2);
        PerformanceRequest request =
                request(Task.BINARY, served, predicted("said"), "month").withBaselineWindows(4);

        PerformanceFindings early = run(request.withAsOf(Instant.parse("2026-05-31T23:00:00Z")));
        assertThat(early.windows().get(4).complete()).isFalse();
        assertThat(early.windows().get(4).notes()).containsExactly("not complete");
        assertThat(early.metrics()).containsEntry("performance.alarms", 0.0);
        assertThat(series(early, "accuracy", false).latestWindow()).hasValue(3);

        // A file whose rows end amid a window does not have all of its rows, whatever the clock says.
        PerformanceFindings weekly = run(request(Task.BINARY, served, predicted("said"), "week"));
        assertThat(weekly.windows().get(0).complete()).isFalse();
        assertThat(weekly.windows().get(1).label()).isEqualTo("2026-W02");
        assertThat(weekly.windows().get(1).complete()).isTrue();
        assertThat(weekly.windows().get(weekly.windows().size() - 1).complete()).isTrue();
        PerformanceFindings quarterly = run(request(Task.BINARY, served, predicted("said"), "quarter"));
        assertThat(quarterly.windows()).extracting(WatchedWindow::complete).containsExactly(true, false);
    }

    @Test
    void theCalendarIsThatOfTheZone() throws InterruptedException {
        DataSource served = months("served", 10, 10);
        PerformanceFindings findings =
                run(request(Task.BINARY, served, predicted("said"), "month").withZone(ZoneId.of("Europe/Berlin")));

        // Berlin is an hour ahead: what is January's last hour in UTC is February there.
        assertThat(findings.windows())
                .extracting(WatchedWindow::label)
                .containsExactly("2026-01", "2026-02", "2026-03");
        assertThat(findings.windows()).extracting(WatchedWindow::rows).containsExactly(1486L, 1344L, 2L);
        assertThat(findings.windows().get(1).from()).hasValue(Instant.parse("2026-01-31T23:00:00Z"));
    }

    @Test
    void aWindowWithOneClassRaisesNoAlarm() throws InterruptedException {
        Csv csv = new Csv("time,label,said");
        for (int day = 0; day < 14; day++) {
            for (int i = 0; i < 100; i++) {
                boolean yes = day != 13 && i % 2 == 0;
                csv.add(LocalDate.of(2026, 3, 1).plusDays(day), yes, i % (7 + day % 3) == 0 ? !yes : yes);
            }
        }
        PerformanceFindings findings = run(request(Task.BINARY, csv.write(folder, "served"), predicted("said"), "day"));

        SeriesPoint recall = point(series(findings, "recall", false), 13);
        assertThat(recall.alarm()).isFalse();
        assertThat(recall.note()).hasValue("all labels are of one class");
        assertThat(series(findings, "recall", false).latestWindow()).isEqualTo(OptionalInt.of(12));
        assertThat(findings.metrics().values()).allMatch(Double::isFinite);
    }

    @Test
    void errorsOfNumbersAreWorseWhenTheyAreGreater() throws InterruptedException {
        Random random = new Random(4);
        Csv csv = new Csv("time,label,said");
        for (int day = 0; day < 30; day++) {
            for (int i = 0; i < 60; i++) {
                double said = random.nextDouble() * 10;
                csv.add(
                        LocalDate.of(2026, 3, 1).plusDays(day),
                        said + random.nextGaussian() * (day >= 28 ? 3 : 1),
                        said);
            }
        }
        PerformanceFindings findings =
                run(request(Task.REGRESSION, csv.write(folder, "served"), predicted("said"), "day")
                        .withAccepted(Map.of("mae", 0.8, "rmse", 1.0)));
        MetricSeries mae = series(findings, "mae", false);

        assertThat(mae.higherIsBetter()).hasValue(false);
        assertThat(point(mae, 28).alarm()).isTrue();
        assertThat(point(mae, 29).alarm()).isTrue();
        assertThat(mae.alarms()).isEqualTo(2);
        assertThat(series(findings, "bias", false).alarms()).isZero();
        assertThat(findings.metrics().get("performance.mae.change")).isGreaterThan(1);
    }

    @Test
    void labelsQuantilesAndRankingsAreWatchedToo() throws InterruptedException {
        Random random = new Random(9);
        Csv csv = new Csv("time,query,relevance,score,a,a_said,b,b_score,y,q10,q90");
        for (int i = 0; i < 400; i++) {
            double y = random.nextGaussian();
            csv.add(
                    LocalDate.of(2026, 3, 1).plusDays(i / 100),
                    "q" + i / 10,
                    i % 3,
                    random.nextDouble(),
                    i % 2,
                    i % 2,
                    i % 3 == 0,
                    random.nextDouble(),
                    y,
                    -1.3,
                    1.3);
        }
        DataSource data = csv.write(folder, "many");
        Map<String, Roles.LabelColumns> labels = Map.of(
                "a", new Roles.LabelColumns("a", Optional.of("a_said"), Optional.of("a_said")),
                "b", new Roles.LabelColumns("b", Optional.empty(), Optional.of("b_score")));
        Map<Task, Roles> roles = Map.of(
                Task.MULTILABEL, roles(Optional.empty(), Optional.empty(), labels, Map.of(), Optional.empty()),
                Task.QUANTILE,
                        roles(
                                Optional.of("y"),
                                Optional.empty(),
                                Map.of(),
                                Map.of(0.1, "q10", 0.9, "q90"),
                                Optional.empty()),
                Task.RANKING,
                        roles(
                                Optional.of("relevance"),
                                Optional.of("score"),
                                Map.of(),
                                Map.of(),
                                Optional.of("query")));
        Map<Task, String> main = Map.of(Task.MULTILABEL, "f1.macro", Task.QUANTILE, "pinball", Task.RANKING, "ndcg@10");
        for (Map.Entry<Task, Roles> entry : roles.entrySet()) {
            PerformanceFindings findings =
                    run(request(entry.getKey(), data, entry.getValue(), "day").withBaselineWindows(3));

            MetricSeries series = series(findings, main.get(entry.getKey()), false);
            assertThat(series.points()).hasSize(4);
            assertThat(series.limits()).isPresent();
            assertThat(findings.metrics().values()).allMatch(Double::isFinite);
        }
    }

    private static Roles roles(
            Optional<String> label,
            Optional<String> score,
            Map<String, Roles.LabelColumns> labels,
            Map<Double, String> quantiles,
            Optional<String> query) {
        return new Roles(
                label,
                Optional.empty(),
                score,
                Map.of(),
                Optional.empty(),
                labels,
                quantiles,
                query,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    @Test
    void findingsAreADocument() throws InterruptedException, JsonProcessingException {
        PerformanceFindings findings = run(request(Task.BINARY, months("served", 10, 10, 4), predicted("said"), "week")
                .withReference(reference(20_000, 0.1))
                .withDetectors(List.of(
                        DetectorSpec.ofRows(DetectorMethod.ADWIN),
                        DetectorSpec.ofRows(DetectorMethod.DDM),
                        DetectorSpec.ofWindows(DetectorMethod.PAGE_HINKLEY, "accuracy"))));
        String json = Json.write(findings);

        assertThat(Json.mapper().readValue(json, PerformanceFindings.class)).isEqualTo(findings);
        assertThat(json)
                .contains("\"name\" : \"pageHinkley\"", "\"source\" : \"reference\"")
                .doesNotContain("NaN");
        assertThat(findings.metrics()).containsEntry("performance.drifts", 3.0);
    }

    @Test
    void rowsWithoutATimeAreLeftOutAndSaid() throws InterruptedException {
        Csv csv = new Csv("time,label,said");
        for (int i = 0; i < 100; i++) {
            csv.add(i == 7 ? "" : LocalDate.of(2026, 3, 1).plusDays(i / 50), i % 2, i % 2);
        }
        PerformanceFindings findings = run(request(Task.BINARY, csv.write(folder, "served"), predicted("said"), "day"));

        assertThat(findings.rows()).isEqualTo(99);
        assertThat(findings.notes()).anyMatch(note -> note.equals("1 row without a time in 'time' left out"));
    }
}
