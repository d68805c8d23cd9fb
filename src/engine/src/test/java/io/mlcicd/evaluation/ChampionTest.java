package io.mlcicd.evaluation;

import static io.mlcicd.evaluation.Evaluations.csv;
import static io.mlcicd.evaluation.Evaluations.request;
import static io.mlcicd.evaluation.Evaluations.roles;
import static io.mlcicd.evaluation.Evaluations.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.DataSource;
import io.mlcicd.evaluation.EvaluationDetails.Champion;
import io.mlcicd.evaluation.EvaluationDetails.Change;
import io.mlcicd.evaluation.EvaluationDetails.PairedTest;
import io.mlcicd.gate.Bound;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChampionTest {

    @TempDir
    Path folder;

    /** Rows of a truth, and of two models that share most of their noise: what the second knows more decides. */
    private String scores(int rows, double better, boolean shuffled) {
        Random random = new Random(9);
        StringBuilder mine = new StringBuilder("id,y,s,where\n");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            boolean positive = random.nextDouble() < 0.4;
            double shared = random.nextGaussian() * 1.5;
            double score = 1 / (1 + Math.exp(-((positive ? 1 + better : 0) + shared + random.nextGaussian() * 0.2)));
            lines.add(
                    String.format(Locale.ROOT, "r%d,%d,%.6f,%s%n", i, positive ? 1 : 0, score, i % 2 == 0 ? "a" : "b"));
        }
        if (shuffled) {
            Collections.shuffle(lines, random);
        }
        lines.forEach(mine::append);
        return mine.toString();
    }

    private EvaluationRequest binary(String name, String content) throws IOException {
        return request(Task.BINARY, csv(folder, name, content), roles("label", "y", "score", "s", "id", "id"));
    }

    @Test
    void modelsAreComparedRowByRowWhateverTheirOrder() throws Exception {
        DataSource champion = csv(folder, "champion.csv", scores(800, 0, true));
        Result<EvaluationDetails> result = run(binary("mine.csv", scores(800, 0.6, false))
                .withChampion(new ChampionSource(Optional.empty(), Optional.of(champion), false))
                .withGates(
                        gate("rocAuc", Comparison.MIN_CHANGE, -0.01, "lower95"),
                        gate("logLoss", Comparison.MAX_CHANGE, 0.01, "upper95")));

        Champion found = result.details().champion().orElseThrow();
        assertThat(found.paired()).isTrue();
        assertThat(found.tests()).extracting(PairedTest::name).containsExactly("McNemar", "DeLong");
        Change change = found.changes().get("rocAuc");
        assertThat(change.change())
                .isCloseTo(result.metrics().get("rocAuc") - found.metrics().get("rocAuc"), within(1e-12))
                .isPositive();
        assertThat(change.better()).contains(true);
        assertThat(change.lower().orElseThrow()).isLessThan(change.change());
        assertThat(change.upper().orElseThrow()).isGreaterThan(change.change());
        assertThat(change.pValue().orElseThrow()).isLessThan(0.05);
        assertThat(result.gates()).extracting(gate -> gate.outcome()).containsOnly(Outcome.PASSED);
        assertThat(result.gates().get(0).message()).contains("the change's lower 95 % limit is +");
    }

    /** DeLong's standard error of a difference and the bootstrap's interval are about the same thing. */
    @Test
    void theBootstrapOfADifferenceAgreesWithDeLong() throws Exception {
        DataSource champion = csv(folder, "champion.csv", scores(1500, 0, false));
        Champion found = run(binary("mine.csv", scores(1500, 0.3, false))
                        .withChampion(new ChampionSource(Optional.empty(), Optional.of(champion), false)))
                .details()
                .champion()
                .orElseThrow();
        Change change = found.changes().get("rocAuc");
        double error = change.change() / found.tests().get(1).statistic();

        assertThat(change.upper().orElseThrow() - change.lower().orElseThrow())
                .isCloseTo(2 * 1.96 * error, within(0.3 * error));
    }

    @Test
    void aModelDoesNotDifferFromItself() throws Exception {
        DataSource champion = csv(folder, "champion.csv", scores(300, 0.2, false));
        Champion found = run(binary("mine.csv", scores(300, 0.2, false))
                        .withSlices(30, "where")
                        .withGates(new Gate(
                                "accuracy",
                                Comparison.MIN_CHANGE,
                                0,
                                Criticality.FAILURE,
                                Optional.of("where"),
                                Optional.of(Bound.of("lower95"))))
                        .withChampion(new ChampionSource(Optional.empty(), Optional.of(champion), false)))
                .details()
                .champion()
                .orElseThrow();

        assertThat(found.changes().values()).allSatisfy(change -> {
            assertThat(change.change()).isZero();
            assertThat(change.pValue().orElse(1)).isEqualTo(1);
        });
        assertThat(found.tests()).allSatisfy(test -> assertThat(test.pValue()).isEqualTo(1));
    }

    @Test
    void whatAnEvaluationKeptIsFoundByTheDigestOfItsPredictions() throws Exception {
        Result<EvaluationDetails> first =
                run(binary("first.csv", scores(400, 0, false)).withKeep(folder.resolve("kept")));
        Path kept = EvaluateModel.keptPredictions(
                folder.resolve("kept"), first.inputs().get(0).digest());
        Path document = folder.resolve("champion.json");
        ResultDocuments.write(first, document);
        ChampionSource champion = new ChampionSource(
                Optional.of(document), Optional.of(DataSource.of("championPredictions", kept)), true);

        Result<EvaluationDetails> second =
                run(binary("second.csv", scores(400, 0.5, false)).withChampion(champion));

        assertThat(Files.exists(kept)).isTrue();
        Champion found = second.details().champion().orElseThrow();
        assertThat(found.paired()).isTrue();
        assertThat(found.metrics().get("rocAuc")).isCloseTo(first.metrics().get("rocAuc"), within(1e-12));
        assertThat(second.inputs()).extracting(input -> input.name()).contains("champion", "championPredictions");
    }

    @Test
    void otherRowsAreComparedByTheirMetricsAlone() throws Exception {
        Result<EvaluationDetails> first =
                run(binary("first.csv", scores(500, 0, false)).withKeep(folder.resolve("kept")));
        Path document = folder.resolve("champion.json");
        ResultDocuments.write(first, document);
        DataSource kept = DataSource.of(
                "championPredictions",
                EvaluateModel.keptPredictions(
                        folder.resolve("kept"), first.inputs().get(0).digest()));

        Result<EvaluationDetails> second = run(binary("second.csv", scores(400, 0.5, false))
                .withChampion(new ChampionSource(Optional.of(document), Optional.of(kept), true)));

        Champion found = second.details().champion().orElseThrow();
        assertThat(found.paired()).isFalse();
        assertThat(second.details().notes()).anyMatch(note -> note.contains("of other rows"));
        Change change = found.changes().get("accuracy");
        assertThat(change.method()).contains("independent");
        assertThat(change.lower().orElseThrow()).isLessThan(change.change());
        assertThat(found.tests()).isEmpty();
    }

    @Test
    void anIdThatNamesTwoRowsIsRefused() throws Exception {
        String twice = scores(50, 0, false).replace("r7,", "r8,");
        DataSource champion = csv(folder, "champion.csv", twice);

        assertThatThrownBy(() -> run(binary("mine.csv", scores(50, 0.5, false))
                        .withChampion(new ChampionSource(Optional.empty(), Optional.of(champion), false))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("champion.csv")
                .hasMessageContaining("2 rows have 'r8'");
    }

    @Test
    void theSameSeedGivesTheSameIntervals() throws Exception {
        EvaluationRequest request = binary("mine.csv", scores(300, 0.1, false));

        assertThat(run(request).details().intervals())
                .isEqualTo(run(request).details().intervals());
        assertThat(run(request.withConfidence(new Confidence(0.95, 1000, 4)))
                        .details()
                        .intervals())
                .isNotEqualTo(run(request).details().intervals());
    }

    private static Gate gate(String metric, Comparison comparison, double threshold, String bound) {
        return new Gate(
                metric, comparison, threshold, Criticality.FAILURE, Optional.empty(), Optional.of(Bound.of(bound)));
    }
}
