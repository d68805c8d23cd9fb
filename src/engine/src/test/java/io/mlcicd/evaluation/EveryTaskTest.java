package io.mlcicd.evaluation;

import static io.mlcicd.evaluation.Evaluations.csv;
import static io.mlcicd.evaluation.Evaluations.request;
import static io.mlcicd.evaluation.Evaluations.roles;
import static io.mlcicd.evaluation.Evaluations.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.document.Json;
import io.mlcicd.evaluation.EvaluationDetails.MetricInterval;
import io.mlcicd.evaluation.metric.MetricOptions;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Task;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each task from a file to its document; expected values were computed with scikit-learn 1.9.1. */
class EveryTaskTest {

    private static final String CLASSES = """
            y,s_a,s_b,s_c,w
            a,0.7,0.2,0.1,1
            b,0.2,0.5,0.3,2
            c,0.1,0.3,0.6,1
            a,0.4,0.35,0.25,1
            b,0.5,0.3,0.2,3
            c,0.2,0.2,0.6,1
            a,0.6,0.3,0.1,1
            a,0.3,0.4,0.3,2
            b,0.1,0.8,0.1,1
            c,0.3,0.3,0.4,1
            """;

    @TempDir
    Path folder;

    @Test
    void classesMayBePredictedByTheirScoresAlone() throws Exception {
        Map<String, String> scores = new LinkedHashMap<>(Map.of("c", "s_c", "a", "s_a", "b", "s_b"));
        Result<EvaluationDetails> result = run(request(
                Task.MULTICLASS,
                csv(folder, "p.csv", CLASSES),
                Evaluations.with(roles("label", "y", "weight", "w"), scores)));

        assertMetrics(
                result,
                Map.of(
                        "accuracy", 0.6428571428571429,
                        "f1.macro", 0.6969696969696969,
                        "rocAuc.ovr", 0.8321759259259259,
                        "logLoss", 0.8107882295034853,
                        "rows", 10.0));
        assertThat(result.details().intervals().get("accuracy").method()).isEqualTo("wilson");
        assertThat(result.details().intervals().get("f1.macro").method()).isEqualTo("bootstrap");
        assertEveryIntervalHoldsItsMetric(result);
    }

    @Test
    void aRowMayHaveManyLabels() throws Exception {
        String csv = "a,b,c,pa,pb,pc\n1,0,1,1,0,0\n0,1,0,0,1,0\n1,1,0,1,0,0\n0,0,1,0,0,1\n1,0,0,1,1,0\n0,1,1,0,1,1\n";
        Map<String, Roles.LabelColumns> labels = new LinkedHashMap<>();
        for (String name : new String[] {"a", "b", "c"}) {
            labels.put(name, new Roles.LabelColumns(name, Optional.of("p" + name), Optional.empty()));
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
        Result<EvaluationDetails> result = run(request(Task.MULTILABEL, csv(folder, "p.csv", csv), roles));

        assertMetrics(
                result,
                Map.of(
                        "subsetAccuracy", 0.5,
                        "hammingLoss", 0.16666666666666666,
                        "f1.micro", 0.8235294117647058,
                        "f1.macro", 0.8222222222222223));
        assertEveryIntervalHoldsItsMetric(result);
        assertThatThrownBy(() -> run(request(
                        Task.MULTILABEL, csv(folder, "bad.csv", csv.replace("0,1,0,0,1,0", "0,2,0,0,1,0")), roles)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'b'")
                .hasMessageContaining("'2' in row 2");
    }

    @Test
    void numbersAreMeasuredWithTheirWeights() throws Exception {
        String csv = "y,p,w\n3,2.5,1\n5,5,1\n2.5,4,2\n7,8,1\n4,3.5,1\n6,6.5,3\n9,1,0\n";
        Result<EvaluationDetails> result = run(request(
                Task.REGRESSION, csv(folder, "p.csv", csv), roles("label", "y", "prediction", "p", "weight", "w")));

        assertMetrics(result, Map.of("mae", 0.7222222222222222, "rmse", 0.8660254037844386, "r2", 0.7127659574468085));
        assertThat(result.details().intervals()).doesNotContainKey("maxError").containsKeys("r2", "rmse");
        assertEveryIntervalHoldsItsMetric(result);
    }

    @Test
    void forecastsMayBeQuantiles() throws Exception {
        String csv = "y,lo,hi\n3,2,4\n5,4,6\n2.5,2,3.5\n7,6,6.8\n4,3,5\n6,5,8\n";
        Roles label = roles("label", "y");
        Roles roles = new Roles(
                label.label(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Map.of(),
                new LinkedHashMap<>(Map.of(0.9, "hi", 0.1, "lo")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.of(2));
        Result<EvaluationDetails> result = run(request(Task.QUANTILE, csv(folder, "p.csv", csv), roles));

        assertMetrics(
                result,
                Map.of(
                        "pinball.0.1", 0.09166666666666666,
                        "pinball.0.9", 0.13,
                        "intervalCoverage.80", 0.8333333333333334));
        assertThat(result.details().coverage()).hasSize(2);
        assertEveryIntervalHoldsItsMetric(result);
    }

    @Test
    void documentsAreRankedForQueriesInWhateverOrderTheyCome() throws Exception {
        String csv = "q,s,r\nx,0.9,3\ny,0.2,0\nx,0.1,1\ny,0.4,1\nx,0.3,2\ny,0.4,2\nx,0.5,0\n";
        Result<EvaluationDetails> result =
                run(request(Task.RANKING, csv(folder, "p.csv", csv), roles("label", "r", "score", "s", "query", "q"))
                        .withOptions(new MetricOptions(
                                OptionalDouble.empty(), List.of(), List.of(), List.of(2), Optional.empty())));

        assertMetrics(result, Map.of("ndcg@2", 0.8168887194801167, "map", 0.9027777777777778, "queries", 2.0));
        assertThatThrownBy(() -> run(request(
                        Task.RANKING,
                        csv(folder, "bad.csv", csv.replace("0.5,0", "0.5,-1")),
                        roles("label", "r", "score", "s", "query", "q"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("relevance is 0 or more");
    }

    @Test
    void aTaskWithoutAColumnThatItNeedsSaysWhichAndHowItIsNamed() {
        assertThatThrownBy(() -> run(
                        request(Task.RANKING, csv(folder, "a.csv", "y,s\n1,1\n"), roles("label", "y", "score", "s"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("name it with 'query'");
        assertThatThrownBy(() -> run(request(Task.MULTICLASS, csv(folder, "a.csv", "y,s\n1,1\n"), roles("label", "y"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'prediction'")
                .hasMessageContaining("'scores'");
        assertThatThrownBy(() -> run(request(
                        Task.BINARY,
                        csv(folder, "a.csv", "y,p,w\n1,1,-2\n"),
                        roles("label", "y", "prediction", "p", "weight", "w"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'w' (the weight) is below 0");
    }

    private void assertEveryIntervalHoldsItsMetric(Result<EvaluationDetails> result) throws Exception {
        for (Map.Entry<String, MetricInterval> entry :
                result.details().intervals().entrySet()) {
            double value = result.metrics().get(entry.getKey());
            assertThat(entry.getValue().lower()).as(entry.getKey()).isLessThanOrEqualTo(value + 1e-12);
            assertThat(entry.getValue().upper()).as(entry.getKey()).isGreaterThanOrEqualTo(value - 1e-12);
        }
        Path file = folder.resolve("document.json");
        ResultDocuments.write(result, file);
        assertThat(Json.write(ResultDocuments.read(file, Stage.EVALUATE, EvaluationDetails.class)))
                .isEqualTo(Json.write(result));
    }

    private static void assertMetrics(Result<EvaluationDetails> result, Map<String, Double> expected) {
        expected.forEach(
                (name, value) -> assertThat(result.metrics().get(name)).as(name).isCloseTo(value, within(1e-9)));
    }
}
