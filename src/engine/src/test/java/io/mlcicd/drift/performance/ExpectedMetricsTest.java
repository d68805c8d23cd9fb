package io.mlcicd.drift.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.statistic.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Expected confusion matrices and ROC curves. Values are scikit-learn 1.9.1's {@code accuracy_score}, {@code
 * precision_score} ... and {@code roc_auc_score} of each row once as every class, with the class's probability for a weight.
 */
class ExpectedMetricsTest {

    private record Row(double score, double probability, double weight) {}

    private static List<Row> rows() {
        Lcg random = new Lcg(11);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            double score = Math.rint(random.next() * 20) / 20;
            rows.add(new Row(score, 0.1 + 0.7 * score, 1 + i % 3));
        }
        return rows;
    }

    private static void expect(Map<String, EstimatedValue> metrics, String name, double value) {
        assertThat(metrics.get(name).value()).as(name).isCloseTo(value, within(1e-9));
    }

    @Test
    void metricsOfTwoClassesEqualScikitLearns() {
        ExpectedConfusion confusion = new ExpectedConfusion(2, true);
        for (Row row : rows()) {
            confusion.add(
                    new double[] {1 - row.probability(), row.probability()}, row.score() >= 0.5 ? 1 : 0, row.weight());
        }
        Map<String, EstimatedValue> metrics = confusion.metrics(0.95);

        expect(metrics, "accuracy", 0.6982911392405063);
        expect(metrics, "precision", 0.6589393939393939);
        expect(metrics, "recall", 0.6335032774945375);
        expect(metrics, "f1", 0.6459710360193093);
        expect(metrics, "specificity", 0.7480693900391718);
    }

    @Test
    void theExpectedRocAreaEqualsScikitLearns() {
        ExpectedRoc curve = new ExpectedRoc();
        rows().stream()
                .sorted(Comparator.comparingDouble(Row::score).reversed())
                .forEach(row -> curve.add(row.score(), row.probability(), row.weight()));

        assertThat(curve.area(0.95).orElseThrow().value()).isCloseTo(0.7422774175063, within(1e-9));
    }

    @Test
    void metricsOfThreeClassesEqualScikitLearns() {
        Lcg random = new Lcg(13);
        ExpectedConfusion confusion = new ExpectedConfusion(3, false);
        for (int i = 0; i < 50; i++) {
            double[] p = {random.next() + 0.05, random.next() + 0.05, random.next() + 0.05};
            double sum = p[0] + p[1] + p[2];
            int best = p[0] >= p[1] && p[0] >= p[2] ? 0 : p[1] >= p[2] ? 1 : 2;
            confusion.add(new double[] {p[0] / sum, p[1] / sum, p[2] / sum}, i % 4 == 0 ? i % 3 : best, 1);
        }
        Map<String, EstimatedValue> metrics = confusion.metrics(0.95);

        expect(metrics, "accuracy", 0.4723999283874007);
        expect(metrics, "balancedAccuracy", 0.4654747896663765);
        expect(metrics, "precision.macro", 0.46856465231862904);
        expect(metrics, "f1.macro", 0.4647567543838018);
    }

    @Test
    void theIntervalOfAnAccuracyIsThatOfAShare() {
        ExpectedConfusion confusion = new ExpectedConfusion(2, true);
        for (int i = 0; i < 400; i++) {
            confusion.add(new double[] {0.2, 0.8}, 1, 1);
        }

        // 1.96 times the root of 0.8 · 0.2 / 400.
        assertThat(confusion
                        .metrics(0.95)
                        .get("accuracy")
                        .interval()
                        .orElseThrow()
                        .lower())
                .isCloseTo(0.8 - 1.959963984540054 * 0.02, within(1e-6));
    }

    @Test
    void theTruthLiesInTheIntervalAtLeastAsOftenAsItSays() {
        Random random = new Random(8);
        int covered = 0;
        int runs = 400;
        for (int run = 0; run < runs; run++) {
            ExpectedConfusion expected = new ExpectedConfusion(2, true);
            for (int i = 0; i < 300; i++) {
                double p = random.nextDouble();
                expected.add(new double[] {1 - p, p}, p >= 0.5 ? 1 : 0, 1);
            }
            // Of probabilities that are uniform, TP = 3/8 and FP = FN = 1/8, so that F1 = 3/4.
            Interval interval = expected.metrics(0.95).get("f1").interval().orElseThrow();
            covered += interval.lower() <= 0.75 && 0.75 <= interval.upper() ? 1 : 0;
        }

        // The estimate strays less than counted labels would, for which the interval is made.
        assertThat((double) covered / runs).isBetween(0.95, 1.0);
    }

    @Test
    void withoutRowsOrWithOneClassNothingIsMadeUp() {
        ExpectedRoc curve = new ExpectedRoc();
        curve.add(0.9, 1, 1);
        curve.add(0.3, 1, 1);

        assertThat(curve.area(0.95)).isEmpty();
        assertThat(new ExpectedConfusion(2, true).metrics(0.95)).isEmpty();
    }
}
