package io.mlcicd.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.statistic.Estimate;
import io.mlcicd.statistic.Interval;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomMetricsTest {

    private static final String PRICES =
            "label,predicted,price,row_number\n" + "1,3,10,a\n2,2,20,b\n5,4,30,c\n".repeat(10);

    @TempDir
    Path folder;

    @Test
    void anAggregateOverTheFileIsAMetricWithAnInterval() throws Exception {
        Estimate cost = measure(PRICES, Map.of("cost.mean", "avg(abs(predicted - label) * price)"))
                .get("cost.mean");

        assertThat(cost.value()).isCloseTo(50 / 3.0, within(1e-9));
        Interval interval = cost.uncertainty().orElseThrow().interval(0.95);
        // Of 30 rows each is a group of its own: numpy 2 and scipy 1.17.1, the t interval of 20, 0 and 30, ten times
        // each.
        assertThat(interval.lower()).isCloseTo(11.9298580005, within(1e-8));
        assertThat(interval.upper()).isCloseTo(21.4034753328, within(1e-8));
        assertThat(cost.uncertainty().orElseThrow().method()).isEqualTo("jackknife");
    }

    @Test
    void theSameSeedGivesTheSameIntervalAndAnotherAnother() throws Exception {
        String csv = random(500, 1);

        Interval first = interval(csv, "sum(x0) / sum(z0)", 5);

        assertThat(interval(csv, "sum(x0) / sum(z0)", 5)).isEqualTo(first);
        assertThat(interval(csv, "sum(x0) / sum(z0)", 6)).isNotEqualTo(first);
    }

    @Test
    void extremesAndFewRowsHaveNoInterval() throws Exception {
        Map<String, Estimate> metrics = measure(
                PRICES,
                Map.of(
                        "most",
                        "max(abs(predicted - label))",
                        "named",
                        "count(CASE WHEN row_number = 'max(' THEN 1 END)"));

        assertThat(metrics.get("most").value()).isEqualTo(2);
        assertThat(metrics.get("most").uncertainty()).isEmpty();
        assertThat(metrics.get("named").uncertainty()).isPresent();
        assertThat(measure("a\n" + "1\n2\n".repeat(9) + "3\n", Map.of("m", "avg(a)"))
                        .get("m")
                        .uncertainty())
                .isEmpty();
    }

    @Test
    void aMetricWithoutAValueIsLeftOutWithANote() throws Exception {
        EvaluationDraft draft = new EvaluationDraft(Confidence.DEFAULT);
        try (JudgedFile file = JudgedFile.of(folder, PRICES)) {
            CustomMetrics.measure(
                    file.predictions(),
                    Map.of("none", new CustomMetric("sum(price) / nullif(sum(price) - 600, 0)", Optional.empty())),
                    Confidence.DEFAULT,
                    draft);
        }

        assertThat(draft.metrics()).isEmpty();
        assertThat(draft.finish(Optional.empty(), 0, Optional.empty()).notes())
                .containsExactly("the metric 'none' was left out: its expression gives no value (NULL) for these rows");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "price | the column must stand in an aggregate",
                "avg(prize) | there is no column 'prize'",
                "avg(price | expected ')'",
                "avg(read_csv('x')) | no function that may be used",
                "avg(row_number) | ",
                "sum(price * 9223372036854775807) | Overflow",
                "max(row_number) | it is 'c' over these rows, but a metric is a finite number",
                "sum(price) / 0 | ",
            })
    void wrongExpressionsAreRefusedByTheMetricsName(String sql, String problem) {
        assertThatThrownBy(() -> measure(PRICES, Map.of("mine", sql)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("the metric 'mine' of your own: ")
                .hasMessageContaining(problem == null ? "" : problem);
    }

    @ParameterizedTest
    @CsvSource({
        "accuracy, another metric has",
        "rows, another metric has",
        "behaviour.x, begins like",
        "fairness.g.y, begins like"
    })
    void namesOfOtherMetricsAreRefused(String name, String why) throws Exception {
        EvaluationDraft draft = new EvaluationDraft(Confidence.DEFAULT);
        draft.metric("accuracy", Estimate.certain(1));
        try (JudgedFile file = JudgedFile.of(folder, PRICES)) {
            assertThatThrownBy(() -> CustomMetrics.measure(
                            file.predictions(),
                            Map.of(name, new CustomMetric("avg(price)", Optional.empty())),
                            Confidence.DEFAULT,
                            draft))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("the metric '" + name + "' of your own has a name that " + why);
        }
    }

    @Test
    void intervalsCoverTheTruthAsOftenAsTheySay() throws Exception {
        Map<String, Double> truths = Map.of(
                "avg(x%1$d)",
                Math.exp(0.5), "sum(x%1$d) / sum(z%1$d)", Math.exp(0.5) / 2, "median(z%1$d)", 2.0, "sum(z%1$d)", 600.0);
        int samples = 150;
        Map<String, String> expressions = new LinkedHashMap<>();
        for (int s = 0; s < samples; s++) {
            int sample = s;
            truths.keySet().forEach(sql -> expressions.put(sql + sample, sql.formatted(sample)));
        }

        Map<String, Estimate> metrics = measure(random(300, samples), expressions);

        truths.forEach((sql, truth) -> {
            int covered = 0;
            for (int s = 0; s < samples; s++) {
                Interval interval =
                        metrics.get(sql + s).uncertainty().orElseThrow().interval(0.9);
                covered += interval.lower() <= truth && truth <= interval.upper() ? 1 : 0;
            }
            assertThat(covered / (double) samples).as(sql).isBetween(0.83, 0.97);
        });
    }

    private Interval interval(String csv, String sql, long seed) throws InterruptedException {
        EvaluationDraft draft = new EvaluationDraft(Confidence.DEFAULT);
        try (JudgedFile file = JudgedFile.of(folder, csv)) {
            CustomMetrics.measure(
                    file.predictions(),
                    Map.of("m", new CustomMetric(sql, Optional.empty())),
                    new Confidence(0.95, 1000, seed),
                    draft);
        }
        return draft.metrics().get("m").uncertainty().orElseThrow().interval(0.95);
    }

    private Map<String, Estimate> measure(String csv, Map<String, String> expressions) throws InterruptedException {
        EvaluationDraft draft = new EvaluationDraft(Confidence.DEFAULT);
        Map<String, CustomMetric> custom = new LinkedHashMap<>();
        expressions.forEach((name, sql) -> custom.put(name, new CustomMetric(sql, Optional.empty())));
        try (JudgedFile file = JudgedFile.of(folder, csv)) {
            CustomMetrics.measure(file.predictions(), custom, Confidence.DEFAULT, draft);
        }
        return draft.metrics();
    }

    /** Samples of skewed numbers, and of symmetric ones around 2, each in columns of its own. */
    private static String random(int rows, int samples) {
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder();
        for (int s = 0; s < samples; s++) {
            csv.append(s == 0 ? "" : ",").append('x').append(s).append(",z").append(s);
        }
        for (int i = 0; i < rows; i++) {
            csv.append('\n');
            for (int s = 0; s < samples; s++) {
                csv.append(s == 0 ? "" : ",").append(Math.exp(random.nextGaussian()));
                csv.append(',').append(2 + random.nextGaussian());
            }
        }
        return csv.append('\n').toString();
    }
}
