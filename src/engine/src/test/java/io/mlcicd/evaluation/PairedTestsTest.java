package io.mlcicd.evaluation;

import static io.mlcicd.evaluation.Evaluations.csv;
import static io.mlcicd.evaluation.Evaluations.request;
import static io.mlcicd.evaluation.Evaluations.roles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.DataEngines;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.ElsewhereEngine;
import io.mlcicd.evaluation.EvaluationDetails.PairedTest;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of whether two models differ say the same of rows that are added up where they are as of rows one by one. */
class PairedTestsTest {

    private static final DataEngines MANY = ElsewhereEngine.engines(100, 1 << 17);
    private static final DataEngines LEVELLED = ElsewhereEngine.engines(100, 1024);
    private static final int ROWS = 4_000;

    @TempDir
    Path folder;

    private List<String> lines(int seed, double noise) {
        Random truth = new Random(1);
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        double error = 0;
        for (int i = 0; i < ROWS; i++) {
            boolean positive = truth.nextDouble() < 0.3;
            double y = truth.nextGaussian();
            // Errors of neighbours are alike, as those of forecasts of several steps are.
            error = 0.7 * error + noise * random.nextGaussian();
            lines.add("r%d,%d,%s,%s,%s,%s,%s"
                    .formatted(
                            i,
                            positive ? 1 : 0,
                            (positive ? 1 : -1) + noise * 2 * random.nextGaussian(),
                            y,
                            y + error,
                            y + error - 1,
                            y + error + 1));
        }
        return lines;
    }

    private DataSource data(String name, List<String> lines) throws Exception {
        return csv(folder, name + ".csv", "id,c,s,y,p,lo,hi\n" + String.join("\n", lines) + "\n");
    }

    private static List<PairedTest> tests(EvaluationRequest request, DataEngines engines) throws Exception {
        return details(request, engines).champion().orElseThrow().tests();
    }

    private static EvaluationDetails details(EvaluationRequest request, DataEngines engines) throws Exception {
        return new EvaluateModel(engines)
                .run(request.withConfidence(new Confidence(0.95, 50, 1)), Progress.NONE)
                .details();
    }

    private EvaluationRequest compared(Task task, Roles roles) throws Exception {
        return request(task, data("mine", lines(2, 1)), roles)
                .withChampion(new ChampionSource(Optional.empty(), Optional.of(data("theirs", lines(3, 1.02))), false));
    }

    private static void agree(EvaluationRequest request, DataEngines engines, double most) throws Exception {
        List<PairedTest> plain = tests(request, DataEngines.EMBEDDED);
        List<PairedTest> summed = tests(request, engines);
        assertThat(plain).isNotEmpty();
        assertThat(summed).hasSameSizeAs(plain);
        for (int i = 0; i < plain.size(); i++) {
            assertThat(summed.get(i).name()).isEqualTo(plain.get(i).name());
            assertThat(summed.get(i).statistic())
                    .as(plain.get(i).name())
                    .isCloseTo(plain.get(i).statistic(), within(most));
            assertThat(summed.get(i).pValue())
                    .as(plain.get(i).name())
                    .isCloseTo(plain.get(i).pValue(), within(most));
        }
    }

    private static Roles quantiles() {
        return new Roles(
                Optional.of("y"),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Map.of(),
                Map.of(0.1, "lo", 0.9, "hi"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("id"),
                OptionalInt.empty());
    }

    private static Roles horizon(int steps) {
        Roles plain = roles("label", "y", "prediction", "p", "id", "id");
        return new Roles(
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
                OptionalInt.of(steps));
    }

    @Test
    void areasAreComparedFromSumsOfTheirComponents() throws Exception {
        EvaluationRequest request = compared(Task.BINARY, roles("label", "c", "score", "s", "id", "id"));
        assertThat(tests(request, MANY)).extracting(PairedTest::name).containsExactly("McNemar", "DeLong");
        agree(request, MANY, 1e-9);
        agree(request, LEVELLED, 0.01);
    }

    @Test
    void lossesAreComparedFromTheirMeanAndVariance() throws Exception {
        agree(compared(Task.REGRESSION, horizon(1)), MANY, 1e-9);
        agree(compared(Task.QUANTILE, quantiles()), MANY, 1e-9);
    }

    @Test
    void forecastsOfSeveralStepsAreComparedInTheirOrder() throws Exception {
        EvaluationRequest inOrder = compared(Task.REGRESSION, horizon(4));
        double statistic = tests(inOrder, DataEngines.EMBEDDED).get(0).statistic();
        assertThat(statistic)
                .isNotCloseTo(
                        tests(compared(Task.REGRESSION, horizon(1)), DataEngines.EMBEDDED)
                                .get(0)
                                .statistic(),
                        within(1e-3));
        List<String> shuffled = lines(3, 1.02);
        Collections.shuffle(shuffled, new Random(5));
        EvaluationRequest mixed = inOrder.withChampion(
                new ChampionSource(Optional.empty(), Optional.of(data("shuffled", shuffled)), false));
        assertThat(tests(mixed, DataEngines.EMBEDDED).get(0).statistic()).isCloseTo(statistic, within(1e-9));
    }

    @Test
    void ofManyForecastsOfSeveralStepsTheDocumentSaysThatTheTestIsLeftOut() throws Exception {
        EvaluationDetails found = details(compared(Task.REGRESSION, horizon(4)), MANY);
        assertThat(found.champion().orElseThrow().tests()).isEmpty();
        assertThat(found.notes())
                .anySatisfy(note -> assertThat(note)
                        .contains("Diebold and Mariano is left out")
                        .contains("horizon of 4"));
    }

    @Test
    void lossesThatDifferByTheSameAlwaysHaveNoVariance() throws Exception {
        EvaluationRequest request = request(
                        Task.REGRESSION,
                        csv(folder, "one.csv", constant("0.5")),
                        roles("label", "y", "prediction", "p", "id", "id"))
                .withChampion(new ChampionSource(
                        Optional.empty(), Optional.of(csv(folder, "two.csv", constant("0.25"))), false));
        assertThat(tests(request, MANY)).isEqualTo(tests(request, DataEngines.EMBEDDED));
    }

    private static String constant(String error) {
        StringBuilder text = new StringBuilder("id,y,p\n");
        for (int i = 0; i < 300; i++) {
            text.append("r" + i + ",0," + error + "\n");
        }
        return text.toString();
    }
}
