package io.mlcicd.evaluation;

import static io.mlcicd.evaluation.Evaluations.csv;
import static io.mlcicd.evaluation.Evaluations.request;
import static io.mlcicd.evaluation.Evaluations.roles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.DataSource;
import io.mlcicd.data.ElsewhereEngine;
import io.mlcicd.evaluation.EvaluationDetails.MetricInterval;
import io.mlcicd.evaluation.metric.MetricOptions;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are added up where the data are give the metrics that rows give one by one. */
class AddedRowsTest {

    private static final int ROWS = 8_000;

    @TempDir
    Path folder;

    private final AtomicLong handedOver = new AtomicLong();

    private DataSource data() throws Exception {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>(List.of("y,p,s,w,k,kp,a,b,c,t0,t1,g,h"));
        for (int i = 0; i < ROWS; i++) {
            boolean y = random.nextDouble() < 0.3;
            double s = 1 / (1 + Math.exp(-(y ? 1 : -1) - random.nextGaussian()));
            int k = random.nextInt(3);
            double[] scores = new double[3];
            for (int c = 0; c < 3; c++) {
                scores[c] = Math.exp(random.nextGaussian() + (c == k ? 1 : 0));
            }
            double sum = scores[0] + scores[1] + scores[2];
            int kp = scores[0] > scores[1] && scores[0] > scores[2] ? 0 : scores[1] > scores[2] ? 1 : 2;
            lines.add(String.format(
                    Locale.ROOT,
                    "%d,%d,%.6f,%s,k%d,k%d,%.6f,%.6f,%.6f,%d,%d,g%d,h%d",
                    y ? 1 : 0,
                    s > 0.5 ? 1 : 0,
                    s,
                    List.of("1", "2", "0.5").get(random.nextInt(3)),
                    k,
                    kp,
                    scores[0] / sum,
                    scores[1] / sum,
                    scores[2] / sum,
                    random.nextInt(2),
                    random.nextInt(2),
                    random.nextInt(4),
                    random.nextInt(2)));
        }
        return csv(folder, "many.csv", String.join("\n", lines) + "\n");
    }

    private Result<EvaluationDetails> agree(EvaluationRequest asked, double ofInterval) throws Exception {
        EvaluationRequest request =
                asked.withConfidence(new Confidence(0.95, 200, 1)).withSlices(30, "g", "h");
        Result<EvaluationDetails> plain = new EvaluateModel().run(request, Progress.NONE);
        handedOver.set(0);
        Result<EvaluationDetails> added =
                new EvaluateModel(ElsewhereEngine.engines(100, handedOver)).run(request, Progress.NONE);
        assertThat(added.metrics().keySet()).isEqualTo(plain.metrics().keySet());
        plain.metrics()
                .forEach((name, value) -> assertThat(added.metrics().get(name))
                        .as(name)
                        .isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value)))));
        for (int i = 0; i < plain.details().slices().size(); i++) {
            var mine = added.details().slices().get(i);
            plain.details()
                    .slices()
                    .get(i)
                    .metrics()
                    .forEach((name, value) -> assertThat(mine.metrics().get(name))
                            .as(mine.column() + " " + mine.value() + " " + name)
                            .isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value)))));
        }
        assertThat(added.details().intervals().keySet())
                .isEqualTo(plain.details().intervals().keySet());
        plain.details().intervals().forEach((name, interval) -> {
            MetricInterval other = added.details().intervals().get(name);
            assertThat(other.method()).as(name).isEqualTo(interval.method());
            double width = interval.upper() - interval.lower();
            double most = interval.method().equals("bootstrap") ? ofInterval * width + 1e-9 : 1e-6 * width + 1e-9;
            assertThat(other.lower()).as(name).isCloseTo(interval.lower(), within(most));
            assertThat(other.upper()).as(name).isCloseTo(interval.upper(), within(most));
        });
        return added;
    }

    @Test
    void decisionsAreAHandfulOfRows() throws Exception {
        DataSource data = data();
        agree(request(Task.BINARY, data, roles("label", "y", "prediction", "p", "weight", "w")), 0.45);
        assertThat(handedOver.get()).isLessThan(200);
        agree(request(Task.MULTICLASS, data, roles("label", "k", "prediction", "kp")), 0.45);
        assertThat(handedOver.get()).isLessThan(300);
    }

    @Test
    void scoresComeOnceEach() throws Exception {
        DataSource data = data();
        agree(request(Task.BINARY, data, roles("label", "y", "score", "s", "weight", "w")), 0.45);
        Map<String, String> scores = new LinkedHashMap<>(Map.of("k0", "a", "k1", "b", "k2", "c"));
        agree(
                request(Task.MULTICLASS, data, Evaluations.with(roles("label", "k", "weight", "w"), scores))
                        .withOptions(new MetricOptions(
                                OptionalDouble.empty(), List.of(), List.of(1, 2), List.of(), Optional.empty())),
                0.45);
    }

    @Test
    void setsOfLabelsComeOnceEach() throws Exception {
        Map<String, Roles.LabelColumns> labels = new LinkedHashMap<>();
        labels.put("y", new Roles.LabelColumns("y", Optional.empty(), Optional.of("s")));
        labels.put("t", new Roles.LabelColumns("t0", Optional.empty(), Optional.of("a")));
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
        agree(request(Task.MULTILABEL, data(), roles), 0.45);
    }

    private static final Roles RANKED = new Roles(
            Optional.of("y"),
            Optional.empty(),
            Optional.of("s"),
            Map.of(),
            Optional.empty(),
            Map.of(),
            Map.of(),
            Optional.of("q"),
            Optional.of("w"),
            Optional.empty(),
            OptionalInt.empty());

    /** Queries of one document to a dozen; scores with ties; one query in ten without a relevant document. */
    private DataSource documents(String name, double skill) throws Exception {
        Random random = new Random(9);
        List<String> lines = new ArrayList<>(List.of("q,y,s,w,g,h"));
        for (int q = 0; q < 900; q++) {
            int size = 1 + random.nextInt(12);
            boolean none = random.nextInt(10) == 0;
            for (int d = 0; d < size; d++) {
                int y = none ? 0 : Math.max(0, random.nextInt(7) - 3);
                long s = Math.round(skill * y + 2 * random.nextGaussian());
                lines.add("q%d,%d,%s,%s,g%d,h%d"
                        .formatted(
                                q,
                                y,
                                d % 3 == 0 ? s + ".25" : s,
                                List.of("1", "2", "0.5").get(random.nextInt(3)),
                                q % 3,
                                random.nextInt(2)));
            }
        }
        return csv(folder, name, String.join("\n", lines) + "\n");
    }

    @Test
    void queriesAreMeasuredWhereTheyAre() throws Exception {
        DataSource data = documents("ranked.csv", 1);
        MetricOptions options =
                new MetricOptions(OptionalDouble.empty(), List.of(), List.of(), List.of(1, 3, 10), Optional.empty());
        Result<EvaluationDetails> result =
                agree(request(Task.RANKING, data, RANKED).withOptions(options), 0.45);
        assertThat(handedOver.get()).isLessThan(100);
        assertThat(result.details().notes()).anySatisfy(note -> assertThat(note).contains("have no relevant document"));
    }

    @Test
    void queriesAreDrawnForAComparisonOfRankings() throws Exception {
        DataSource theirs = documents("theirs.csv", 0.3);
        agree(
                request(Task.RANKING, documents("ranked.csv", 1), RANKED)
                        .withChampion(new ChampionSource(Optional.empty(), Optional.of(theirs), false)),
                0.45);
    }

    @Test
    void manyLabelsAreRankedWhereTheyAre() throws Exception {
        Random random = new Random(4);
        int labels = 9;
        StringBuilder text = new StringBuilder();
        for (int l = 0; l < labels; l++) {
            text.append("y")
                    .append(l)
                    .append(",s")
                    .append(l)
                    .append(",p")
                    .append(l)
                    .append(',');
        }
        text.append("w,g,h\n");
        for (int i = 0; i < 2_000; i++) {
            for (int l = 0; l < labels; l++) {
                boolean y = random.nextDouble() < 0.25;
                // Scores of one digit tie often.
                double s = Math.round(10 / (1 + Math.exp(-(y ? 1 : -1) - random.nextGaussian()))) / 10.0;
                text.append("%d,%s,%d,".formatted(y ? 1 : 0, s, s > 0.5 ? 1 : 0));
            }
            text.append("%s,g%d,h%d\n".formatted(List.of("1", "2", "0.5").get(i % 3), i % 4, i % 2));
        }
        DataSource data = csv(folder, "labels.csv", text.toString());
        for (boolean scored : new boolean[] {true, false}) {
            Map<String, Roles.LabelColumns> columns = new LinkedHashMap<>();
            for (int l = 0; l < labels; l++) {
                columns.put(
                        "label" + l,
                        new Roles.LabelColumns(
                                "y" + l,
                                scored ? Optional.empty() : Optional.of("p" + l),
                                scored ? Optional.of("s" + l) : Optional.empty()));
            }
            Roles roles = new Roles(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    columns,
                    Map.of(),
                    Optional.empty(),
                    Optional.of("w"),
                    Optional.empty(),
                    OptionalInt.empty());
            agree(request(Task.MULTILABEL, data, roles), 1);
            // The rows of a sample for the bootstrap, and the scores of each label, of which there are eleven.
            assertThat(handedOver.get()).isLessThan(scored ? 40_000 : 20_000);
        }
    }

    @Test
    void manyClassesHaveScores() throws Exception {
        Random random = new Random(6);
        int classes = 30;
        StringBuilder text = new StringBuilder("k");
        Map<String, String> scores = new LinkedHashMap<>();
        for (int c = 0; c < classes; c++) {
            text.append(",s").append(c);
            scores.put("k" + c, "s" + c);
        }
        text.append(",w,g,h\n");
        for (int i = 0; i < 1_500; i++) {
            int k = random.nextInt(classes);
            double[] raw = new double[classes];
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                raw[c] = Math.exp(random.nextGaussian() + (c == k ? 2 : 0));
                sum += raw[c];
            }
            text.append('k').append(k);
            for (double each : raw) {
                text.append(String.format(Locale.ROOT, ",%.3f", each / sum));
            }
            text.append(",%s,g%d,h%d\n".formatted(List.of("1", "2", "0.5").get(i % 3), i % 4, i % 2));
        }
        DataSource data = csv(folder, "classes.csv", text.toString());
        agree(
                request(Task.MULTICLASS, data, Evaluations.with(roles("label", "k", "weight", "w"), scores))
                        .withOptions(new MetricOptions(
                                OptionalDouble.empty(), List.of(), List.of(1, 5), List.of(), Optional.empty())),
                1);
    }

    @Test
    void theChampionIsDrawnWithTheModel() throws Exception {
        DataSource data = data();
        DataSource theirs = csv(
                folder,
                "theirs.csv",
                Files.readString(folder.resolve("many.csv")).replaceFirst("y,p,s,w,k,kp,", "y,p,s,w,kp,k,"));
        agree(
                request(Task.BINARY, data, roles("label", "y", "prediction", "p", "score", "s"))
                        .withChampion(new ChampionSource(Optional.empty(), Optional.of(theirs), false)),
                0.45);
        agree(
                request(Task.BINARY, data, roles("label", "y", "prediction", "p"))
                        .withChampion(new ChampionSource(Optional.empty(), Optional.of(theirs), false)),
                0.45);
    }

    @Test
    void numbersKeepTheirMetrics() throws Exception {
        DataSource data = data();
        Result<EvaluationDetails> result =
                agree(request(Task.REGRESSION, data, roles("label", "a", "prediction", "b", "weight", "w")), 0.45);
        Result<EvaluationDetails> plain = new EvaluateModel()
                .run(
                        request(Task.REGRESSION, data, roles("label", "a", "prediction", "b", "weight", "w")),
                        Progress.NONE);
        assertThat(result.details().residuals()).hasSameSizeAs(plain.details().residuals());
        for (int i = 0; i < plain.details().residuals().size(); i++) {
            assertThat(result.details().residuals().get(i).rows())
                    .isCloseTo(plain.details().residuals().get(i).rows(), within(1e-6));
        }
        Roles quantiles = new Roles(
                Optional.of("a"),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Map.of(),
                new LinkedHashMap<>(Map.of(0.1, "b", 0.5, "c", 0.9, "s")),
                Optional.empty(),
                Optional.of("w"),
                Optional.empty(),
                OptionalInt.empty());
        agree(request(Task.QUANTILE, data, quantiles), 0.45);
    }
}
