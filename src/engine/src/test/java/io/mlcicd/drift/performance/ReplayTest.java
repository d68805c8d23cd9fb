package io.mlcicd.drift.performance;

import static io.mlcicd.drift.performance.Watched.predicted;
import static io.mlcicd.drift.performance.Watched.request;
import static io.mlcicd.drift.performance.Watched.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mlcicd.data.DataSource;
import io.mlcicd.document.Json;
import io.mlcicd.drift.performance.Watched.Csv;
import io.mlcicd.operation.Task;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Detectors over several runs: each window is heard once. */
class ReplayTest {

    private static final int A_DAY = 200;
    private static final List<DetectorSpec> DETECTORS = List.of(
            DetectorSpec.ofRows(DetectorMethod.ADWIN),
            DetectorSpec.ofRows(DetectorMethod.PAGE_HINKLEY),
            DetectorSpec.ofRows(DetectorMethod.DDM),
            DetectorSpec.ofWindows(DetectorMethod.ADWIN, "accuracy"),
            DetectorSpec.ofWindows(DetectorMethod.PAGE_HINKLEY, "accuracy"));

    @TempDir
    Path folder;

    /** A tenth of the rows is wrong, of days from a change on a third. */
    private DataSource days(int from, int to, int change) {
        Csv csv = new Csv("time,label,said");
        for (int day = from; day < to; day++) {
            Random random = new Random(day);
            for (int i = 0; i < A_DAY; i++) {
                int label = random.nextInt(2);
                boolean wrong = random.nextDouble() < (day < change ? 0.1 : 0.33);
                csv.add(LocalDate.of(2026, 1, 1).plusDays(day), label, wrong ? 1 - label : label);
            }
        }
        return csv.write(folder, "served-%d-%d".formatted(from, to));
    }

    private PerformanceRequest asked(DataSource data) {
        return request(Task.BINARY, data, predicted("said"), "day").withDetectors(DETECTORS);
    }

    private static List<DetectorFinding> kept(PerformanceFindings findings) throws JsonProcessingException {
        return Json.mapper()
                .readValue(Json.write(findings), PerformanceFindings.class)
                .detectors();
    }

    private static List<Optional<DetectorMemory>> memories(PerformanceFindings findings) {
        return findings.detectors().stream().map(DetectorFinding::state).toList();
    }

    @Test
    void runsDayByDayKnowWhatOneRunOverAllDaysKnows() throws InterruptedException, JsonProcessingException {
        PerformanceFindings once = run(asked(days(0, 30, 20)));

        PerformanceFindings first = run(asked(days(0, 12, 20)));
        PerformanceFindings second = run(asked(days(0, 21, 20)).withEarlier(kept(first)));
        PerformanceFindings third = run(asked(days(0, 30, 20)).withEarlier(kept(second)));

        assertThat(memories(third)).isEqualTo(memories(once));
        // Ten windows after a change are too few for ADWIN's bound, which rows pass easily.
        assertThat(once.detectors()).extracting(DetectorFinding::drift).containsExactly(true, true, true, false, true);
        assertThat(first.detectors()).noneMatch(DetectorFinding::drift);
    }

    @Test
    void adwinHearsAChangeOfWindowsWhenThereAreManyOfThem() throws InterruptedException {
        PerformanceFindings findings = run(asked(days(0, 150, 75)).withDetectors(DETECTORS.subList(3, 4)));

        assertThat(findings.detectors().get(0).drift()).isTrue();
        assertThat(findings.detectors().get(0).since().orElseThrow().instant().orElseThrow())
                .isAfter(Instant.parse("2026-03-17T00:00:00Z"));
    }

    @Test
    void aReplayedBuildSaysTheSameAgain() throws InterruptedException, JsonProcessingException {
        PerformanceFindings first = run(asked(days(0, 24, 20)));
        PerformanceFindings again = run(asked(days(0, 24, 20)).withEarlier(kept(first)));

        assertThat(again.detectors()).isEqualTo(first.detectors());
    }

    @Test
    void aFileThatHoldsTheLastDaysAloneGoesOnToo() throws InterruptedException, JsonProcessingException {
        List<DetectorSpec> rows = DETECTORS.subList(0, 3);
        PerformanceFindings once = run(asked(days(0, 30, 20)).withDetectors(rows));
        PerformanceFindings first = run(asked(days(0, 15, 20)).withDetectors(rows));
        // Two days overlap.
        PerformanceFindings second =
                run(asked(days(13, 30, 20)).withDetectors(rows).withEarlier(kept(first)));

        assertThat(memories(second)).isEqualTo(memories(once));
        assertThat(second.detectors().get(0).message())
                .contains("2 windows, heard before or too late, not heard again");
    }

    @Test
    void aChangeIsSaidOnceAndItsPlaceIsKept() throws InterruptedException, JsonProcessingException {
        PerformanceFindings first = run(asked(days(0, 24, 20)));
        PerformanceFindings calm = run(asked(days(0, 26, 20)).withEarlier(kept(first)));

        DetectorFinding ddm = first.detectors().get(2);
        assertThat(ddm.drift()).isTrue();
        assertThat(ddm.since())
                .contains(new Position(Optional.of(Instant.parse("2026-01-22T00:00:00Z")), OptionalLong.empty()));
        assertThat(ddm.message())
                .isEqualTo(
                        "DDM finds that the rows' errors changed for the worse in 2026-01-22, up to 2026-01-25T00:00:00Z in 24 windows");
        assertThat(calm.detectors().get(2).drift()).isFalse();
        assertThat(calm.detectors().get(2).since()).isEqualTo(ddm.since());
    }

    @Test
    void aDayThatIsNotOverIsHeardWhenItIs() throws InterruptedException, JsonProcessingException {
        DataSource data = days(0, 22, 20);
        PerformanceFindings early = run(asked(data).withAsOf(Instant.parse("2026-01-22T12:00:00Z")));
        PerformanceFindings late = run(asked(data).withEarlier(kept(early)));

        assertThat(early.detectors().get(0).state().orElseThrow().through().instant())
                .hasValue(Instant.parse("2026-01-22T00:00:00Z"));
        assertThat(memories(late)).isEqualTo(memories(run(asked(data))));
    }

    @Test
    void windowsOfRowsWithoutTimesAreCounted() throws InterruptedException, JsonProcessingException {
        List<DetectorSpec> rows = DETECTORS.subList(0, 3);
        PerformanceRequest all = asked(days(0, 30, 20)).withDetectors(rows).withTimestamp(Optional.empty());
        PerformanceRequest some = asked(days(0, 17, 20)).withDetectors(rows).withTimestamp(Optional.empty());
        PerformanceFindings once = run(withRows(all));
        PerformanceFindings first = run(withRows(some));
        PerformanceFindings second = run(withRows(all).withEarlier(kept(first)));

        assertThat(memories(second)).isEqualTo(memories(once));
        assertThat(second.detectors().get(0).state().orElseThrow().through().row())
                .hasValue(6000);
    }

    private static PerformanceRequest withRows(PerformanceRequest request) {
        return new PerformanceRequest(
                request.task(),
                request.predictions(),
                request.roles(),
                request.timestamp(),
                new WindowLength.Rows(500),
                request.zone(),
                request.asOf(),
                request.leastRows(),
                request.baselineWindows(),
                request.reference(),
                request.estimate(),
                request.features(),
                request.metrics(),
                request.options(),
                request.confidence(),
                request.accepted(),
                request.detectors(),
                request.earlier());
    }
}
