package io.mlcicd.drift.performance;

import static io.mlcicd.drift.performance.Watched.predicted;
import static io.mlcicd.drift.performance.Watched.request;
import static io.mlcicd.drift.performance.Watched.run;
import static io.mlcicd.drift.performance.Watched.scored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.DataSource;
import io.mlcicd.drift.performance.Watched.Csv;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be watched, and what is said of it. */
class PerformanceWatchInputTest {

    @TempDir
    Path folder;

    private DataSource file(String name, String header, String... lines) {
        Csv csv = new Csv(header);
        for (String line : lines) {
            csv.add((Object[]) line.split(",", -1));
        }
        return csv.write(folder, name);
    }

    private void refused(PerformanceRequest request, String message) {
        assertThatThrownBy(() -> run(request))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theTimestampMustBeThereAndATime() {
        refused(
                request(Task.BINARY, file("a", "day,label,said", "2026-01-01,1,1"), predicted("said"), "day"),
                "has no column 'time' (the timestamp); its columns are: day, label, said");
        refused(
                request(
                        Task.BINARY,
                        file("b", "time,label,said", "2026-01-01,1,1", "soon,0,0"),
                        predicted("said"),
                        "day"),
                "column 'time' (the timestamp) has 'soon' in row 2, which is no time");
        refused(
                request(Task.BINARY, file("c", "time,label,said", "12,1,1", "13,0,0"), predicted("said"), "day"),
                "column 'time' (the timestamp) has numbers from 12 to 13, which are no Unix time");
        refused(
                request(Task.BINARY, file("d", "time,label,said", "true,1,1", "false,0,0"), predicted("said"), "day"),
                "column 'time' (the timestamp) is of type boolean, which is no time");
        refused(
                request(Task.BINARY, file("e", "label,said", "1,1"), predicted("said"), "day")
                        .withTimestamp(Optional.empty()),
                "windows of 'day' need the time of each row");
        refused(
                request(
                        Task.BINARY,
                        file("f", "time,label,said", "1026-01-01,1,1", "2026-01-01,0,1"),
                        predicted("said"),
                        "hour"),
                "there are more than 2000 windows of 'hour'; choose a longer 'window'");
    }

    @Test
    void unixTimeIsATime() throws InterruptedException {
        for (String factor : List.of("", "000")) {
            DataSource data = file(
                    "unix" + factor, "time,label,said", "1767225600" + factor + ",1,1", "1767312000" + factor + ",0,1");
            assertThat(run(request(Task.BINARY, data, predicted("said"), "day")).windows())
                    .extracting(WatchedWindow::label)
                    .containsExactly("2026-01-01", "2026-01-02");
        }
    }

    @Test
    void withoutLabelsThereMustBeSomethingToEstimateFrom() {
        DataSource unlabelled = file("u", "time,label,said", "2026-01-01,,1", "2026-01-02,,0");
        DataSource labelled = file("l", "label,said", "1,1", "0,0", "1,0");

        refused(
                request(Task.BINARY, unlabelled, predicted("said"), "day"),
                "has no row with a label yet, and there is no 'reference' to estimate from");
        refused(
                request(Task.BINARY, unlabelled, predicted("said"), "day").withReference(labelled),
                "nothing can be estimated: name the column with the model's score by 'score'");
        refused(
                request(Task.BINARY, unlabelled, scored("said"), "day")
                        .withReference(file("n", "label,said", ",0.5", ",0.25")),
                "has no label in any row; the reference of a performance watch needs labels");
        refused(
                request(Task.BINARY, unlabelled, scored("said"), "day").withReference(file("o", "truth,said", "1,0.5")),
                "has no column 'label' (the label)");
    }

    @Test
    void everyRowMustHaveAPrediction() {
        refused(
                request(
                        Task.BINARY,
                        file("p", "time,label,said", "2026-01-01,1,1", "2026-01-01,1,", "2026-01-02,0,"),
                        predicted("said"),
                        "day"),
                "column 'said' (the prediction) has no usable value in 2 rows, the first of them row 2");
    }

    @Test
    void metricsAndDetectorsMustFit() {
        DataSource data = file("m", "time,label,said", "2026-01-01,1,1", "2026-01-02,0,0");
        PerformanceRequest request = request(Task.BINARY, data, predicted("said"), "day");

        refused(request.withMetrics(List.of("acuracy")), "is to watch 'acuracy' (did you mean 'accuracy'?)");
        refused(
                request.withDetectors(List.of(DetectorSpec.ofWindows(DetectorMethod.DDM, "accuracy"))),
                "the detector 'ddm' hears whether single rows are right or wrong");
        refused(
                request(Task.RANKING, data, predicted("said"), "day")
                        .withDetectors(List.of(DetectorSpec.ofRows(DetectorMethod.ADWIN))),
                "the detector 'adwin' needs a 'metric' to hear");
        assertThatThrownBy(() -> DetectorMethod.of("cusum"))
                .hasMessage("there is no detector 'cusum'; there are: adwin, pageHinkley, ddm");
    }

    @ParameterizedTest
    @CsvSource({"month, month", "week, week", "6h, 6h", "24h, 1d", "90m, 90m", "500 rows, 500 rows", "1 row, 1 rows"})
    void lengthsOfWindowsAreReadAndWritten(String text, String written) {
        assertThat(WindowLength.of(text).text()).isEqualTo(written);
        assertThat(WindowLength.of(written)).isEqualTo(WindowLength.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "months", "0 rows", "-1d", "5", "5 s", "999999999999 rows"})
    void otherLengthsAreRefused(String text) {
        assertThatThrownBy(() -> WindowLength.of(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'" + text + "' is no length of a window");
    }
}
