package io.mlcicd.drift.performance;

import static io.mlcicd.drift.performance.Watched.point;
import static io.mlcicd.drift.performance.Watched.request;
import static io.mlcicd.drift.performance.Watched.roles;
import static io.mlcicd.drift.performance.Watched.run;
import static io.mlcicd.drift.performance.Watched.scored;
import static io.mlcicd.drift.performance.Watched.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.DataSource;
import io.mlcicd.drift.performance.Watched.Csv;
import io.mlcicd.evaluation.Roles;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Estimates without labels, on simulated data whose features move and whose truth is known. */
class EstimatesTest {

    private static final int ROWS = 4000;

    @TempDir
    Path folder;

    /** The probability that a row of this feature is positive. */
    private static double truth(double x) {
        return 1 / (1 + Math.exp(-2 * x));
    }

    /** What an overconfident model makes of it. */
    private static double overconfident(double x) {
        return 1 / (1 + Math.exp(-6 * x));
    }

    private DataSource binary(String name, boolean labelled, boolean calibrated, double... means) {
        Random random = new Random(name.hashCode());
        Csv csv = new Csv("time,label,score");
        for (int window = 0; window < means.length; window++) {
            for (int i = 0; i < ROWS; i++) {
                double x = means[window] + random.nextGaussian();
                int label = random.nextDouble() < truth(x) ? 1 : 0;
                csv.add(
                        LocalDate.of(2026, 3, 1).plusDays(window),
                        labelled ? label : "",
                        calibrated ? truth(x) : overconfident(x));
            }
        }
        return csv.write(folder, name);
    }

    /** The same rows with their labels and without, so that an estimate can be held against the truth. */
    private void expectCloseToTheTruth(boolean calibrated) throws InterruptedException {
        double[] means = {0, 0.5, 1.5, -1};
        DataSource reference = binary("reference" + calibrated, true, calibrated, 0, 0, 0);
        PerformanceFindings findings =
                run(request(Task.BINARY, binary("served" + calibrated, true, calibrated, means), scored("score"), "day")
                        .withReference(reference)
                        .withEstimate(true));

        for (String metric : List.of("accuracy", "precision", "recall", "f1", "rocAuc")) {
            MetricSeries measured = series(findings, metric, false);
            MetricSeries estimated = series(findings, metric, true);
            for (int window = 0; window < means.length; window++) {
                assertThat(point(estimated, window).value())
                        .as("%s of window %d", metric, window)
                        .isCloseTo(point(measured, window).value(), within(0.03));
            }
        }
        // The shift is large beside that: accuracy rises by more than a tenth.
        MetricSeries accuracy = series(findings, "accuracy", false);
        assertThat(point(accuracy, 2).value() - point(accuracy, 0).value()).isGreaterThan(0.1);
        assertThat(findings.notes())
                .anyMatch(note -> note.contains(calibrated ? "are taken as probabilities" : "by isotonic regression"));
    }

    @Test
    void ofCalibratedScoresTheyAreWithinThreeHundredthsOfTheTruth() throws InterruptedException {
        expectCloseToTheTruth(true);
    }

    @Test
    void ofScoresThatMustBeCalibratedTheyAreWithinThreeHundredthsOfTheTruth() throws InterruptedException {
        expectCloseToTheTruth(false);
    }

    @Test
    void withoutAnyLabelTheyAreAllThereIsAndAreSaidToBeEstimates() throws InterruptedException {
        PerformanceFindings findings =
                run(request(Task.BINARY, binary("bare", false, true, 0, 1.5), scored("score"), "day")
                        .withReference(binary("reference", true, true, 0, 0, 0, 0, 0))
                        .withAccepted(Map.of("accuracy", 0.9)));

        assertThat(findings.series()).isNotEmpty().allMatch(MetricSeries::estimated);
        assertThat(findings.labelled()).isZero();
        assertThat(findings.metrics())
                .containsKeys("estimated.accuracy", "estimated.accuracy.change", "estimated.rocAuc", "estimated.alarms")
                .doesNotContainKey("performance.accuracy")
                .containsEntry("performance.labelled", 0.0);
        assertThat(series(findings, "accuracy", true).sentence())
                .startsWith("accuracy is estimated, without labels, at 0.8");
        assertThat(findings.notes()).contains("no row has a label yet; all that is said of metrics is an estimate");
    }

    @Test
    void whereSomeLabelsLackBothAreTold() throws InterruptedException {
        Random random = new Random(6);
        Csv csv = new Csv("time,label,score");
        for (int day = 0; day < 3; day++) {
            for (int i = 0; i < 500; i++) {
                double x = random.nextGaussian();
                csv.add(
                        LocalDate.of(2026, 3, 1).plusDays(day),
                        day == 2 ? "" : random.nextDouble() < truth(x) ? "1" : "0",
                        truth(x));
            }
        }
        PerformanceFindings findings = run(request(Task.BINARY, csv.write(folder, "late"), scored("score"), "day")
                .withReference(binary("reference", true, true, 0, 0)));

        assertThat(series(findings, "accuracy", false).points())
                .extracting(SeriesPoint::window)
                .containsExactly(0, 1);
        assertThat(series(findings, "accuracy", true).points())
                .extracting(SeriesPoint::window)
                .containsExactly(0, 1, 2);
    }

    @Test
    void ofThreeClassesTheyAreWithinThreeHundredthsOfTheTruth() throws InterruptedException {
        Map<String, String> columns = new LinkedHashMap<>();
        List.of("fog", "rain", "sun").forEach(name -> columns.put(name, "p_" + name));
        Roles roles = roles("label", Optional.empty(), Optional.empty(), columns);
        PerformanceFindings findings = run(request(Task.MULTICLASS, classes("served", 0.3, 1), roles, "day")
                .withReference(classes("reference", 0.3, 0.3))
                .withEstimate(true));

        for (String metric : List.of("accuracy", "balancedAccuracy", "f1.macro", "rocAuc.ovr")) {
            for (int window = 0; window < 2; window++) {
                assertThat(point(series(findings, metric, true), window).value())
                        .as("%s of window %d", metric, window)
                        .isCloseTo(
                                point(series(findings, metric, false), window).value(), within(0.03));
            }
        }
        MetricSeries accuracy = series(findings, "accuracy", true);
        assertThat(point(accuracy, 1).value() - point(accuracy, 0).value()).isGreaterThan(0.1);
    }

    /** Rows whose three probabilities are further apart the greater the spread. */
    private DataSource classes(String name, double... spreads) {
        Random random = new Random(name.hashCode());
        Csv csv = new Csv("time,label,p_fog,p_rain,p_sun");
        for (int window = 0; window < spreads.length; window++) {
            for (int i = 0; i < ROWS; i++) {
                double[] p = new double[3];
                double sum = 0;
                for (int c = 0; c < 3; c++) {
                    p[c] = Math.exp(3 * spreads[window] * random.nextGaussian());
                    sum += p[c];
                }
                double u = random.nextDouble() * sum;
                String label = u < p[0] ? "fog" : u < p[0] + p[1] ? "rain" : "sun";
                csv.add(LocalDate.of(2026, 3, 1).plusDays(window), label, p[0] / sum, p[1] / sum, p[2] / sum);
            }
        }
        return csv.write(folder, name);
    }

    @Test
    void errorsOfNumbersAreWithinATenthOfTheTruth() throws InterruptedException {
        PerformanceFindings findings =
                run(request(Task.REGRESSION, numbers("served", 0, 1, 2), Watched.predicted("said"), "day")
                        .withReference(numbers("reference", 0, 0.5, 1, 1.5))
                        .withMetrics(List.of("mae", "rmse", "mse"))
                        .withEstimate(true));

        for (String metric : List.of("mae", "rmse")) {
            for (int window = 0; window < 3; window++) {
                double truth = point(series(findings, metric, false), window).value();
                assertThat(point(series(findings, metric, true), window).value())
                        .as("%s of window %d", metric, window)
                        .isCloseTo(truth, within(0.1 * truth));
            }
        }
        MetricSeries mae = series(findings, "mae", true);
        assertThat(point(mae, 2).value()).isGreaterThan(1.5 * point(mae, 0).value());
        assertThat(findings.notes()).anyMatch(note -> note.contains("errors are learned from 16,000 rows"));
    }

    @Test
    void errorsAreLearnedFromTheFeaturesThatAreNamed() throws InterruptedException {
        PerformanceRequest request = request(Task.REGRESSION, numbers("some", 0), Watched.predicted("said"), "day")
                .withReference(numbers("reference", 0, 1))
                .withEstimate(true);

        assertThat(run(request).notes()).anyMatch(note -> note.contains("by said, x, kind;"));
        assertThat(run(request.withFeatures(List.of("kind"))).notes())
                .anyMatch(note -> note.contains("by said, kind;"));
        assertThatThrownBy(() -> run(request.withFeatures(List.of("nope"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has no column 'nope' (a feature of the performance watch)");
    }

    /** Errors grow with the size of a feature, whose mean moves, and with a category. */
    private DataSource numbers(String name, double... means) {
        Random random = new Random(name.hashCode());
        Csv csv = new Csv("time,label,said,x,kind");
        for (int window = 0; window < means.length; window++) {
            for (int i = 0; i < ROWS; i++) {
                double x = means[window] + random.nextGaussian();
                boolean rough = random.nextInt(4) == 0;
                double error = random.nextGaussian() * (0.5 + Math.abs(x)) * (rough ? 2 : 1);
                csv.add(LocalDate.of(2026, 3, 1).plusDays(window), 3 * x + error, 3 * x, x, rough ? "rough" : "fine");
            }
        }
        return csv.write(folder, name);
    }
}
