package io.mlcicd.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.evaluation.metric.Pictures.CalibrationBin;
import io.mlcicd.evaluation.metric.Pictures.ClassMetrics;
import io.mlcicd.evaluation.metric.Pictures.Point;
import io.mlcicd.evaluation.metric.Pictures.Threshold;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is asked of the data, and what is shown beside the metrics. */
class BinaryMetricsTest {

    private static final double[] NONE = {};
    private static final BinaryRows SMALL =
            BinaryRows.of(new double[] {0.9, 0.8, 0.8, 0.3, 0.3, 0.1}, new double[] {1, 1, 0, 1, 0, 0}, NONE, NONE);

    private static JudgedColumns columns(JudgedColumns.Side side, boolean scored, boolean predicted) {
        return new JudgedColumns(side, List.of("no", "yes"), scored ? List.of(1) : List.of(), predicted, List.of());
    }

    @Test
    void asksForWhatIsThere() {
        BinaryMetrics task = new BinaryMetrics(MetricOptions.DEFAULT, true);
        MetricFamily decisions =
                task.families(columns(JudgedColumns.Side.MODEL, false, true)).get(0);
        MetricFamily both =
                task.families(columns(JudgedColumns.Side.CHAMPION, true, true)).get(0);
        MetricFamily scores =
                task.families(columns(JudgedColumns.Side.MODEL, true, false)).get(0);

        assertThat(decisions.expressions()).containsExactly("actual", "predicted");
        assertThat(decisions.order()).isEmpty();
        assertThat(both.expressions()).containsExactly("champion_score", "actual", "champion_predicted");
        assertThat(both.order()).containsExactly(0);
        assertThat(both.stratum()).hasValue(1);
        assertThat(scores.expressions())
                .containsExactly("score", "actual", "CASE WHEN score >= 0.5E0 THEN 1 ELSE 0 END");
    }

    @Test
    void decidesAtTheThresholdThatIsChosen() {
        MetricOptions options =
                new MetricOptions(OptionalDouble.of(1e-5), List.of(), List.of(), List.of(), Optional.empty());

        assertThat(new BinaryMetrics(options, true)
                        .families(columns(JudgedColumns.Side.MODEL, true, false))
                        .get(0)
                        .expressions()
                        .get(2))
                .isEqualTo("CASE WHEN score >= 1.0E-5 THEN 1 ELSE 0 END");
    }

    @Test
    void namesFBetaAsPeopleDo() {
        MetricOptions options = new MetricOptions(
                OptionalDouble.empty(), List.of(0.5, 2.0, 10.0), List.of(), List.of(), Optional.empty());

        assertThat(SMALL.measure(options, true).metrics()).containsKeys("f1", "f0.5", "f2", "f10");
    }

    @Test
    void showsDecisions() {
        Shown findings = SMALL.measure(MetricOptions.DEFAULT, true).findings();

        assertThat(findings.positives.get(0)).isEqualTo("yes");
        assertThat(findings.confusions.get(0).counts()).isEqualTo(List.of(List.of(2.0, 1.0), List.of(1.0, 2.0)));
        assertThat(findings.classes)
                .containsExactly(
                        new ClassMetrics("no", 3, 2.0 / 3, 2.0 / 3, 2.0 / 3, OptionalDouble.of(2.0 / 3)),
                        new ClassMetrics("yes", 3, 2.0 / 3, 2.0 / 3, 2.0 / 3, OptionalDouble.of(2.0 / 3)));
        assertThat(findings.notes).isEmpty();
    }

    @Test
    void showsEveryPointOfAShortCurve() {
        Map<String, List<Point>> curves =
                SMALL.measure(MetricOptions.DEFAULT, true).findings().curvesByKind();

        assertThat(curves.get("roc"))
                .containsExactly(
                        new Point(0, 0),
                        new Point(0, 1.0 / 3),
                        new Point(1.0 / 3, 2.0 / 3),
                        new Point(2.0 / 3, 1),
                        new Point(1, 1));
        assertThat(curves.get("precisionRecall"))
                .containsExactly(
                        new Point(0, 1),
                        new Point(1.0 / 3, 1),
                        new Point(2.0 / 3, 2.0 / 3),
                        new Point(1, 3.0 / 5),
                        new Point(1, 1.0 / 2));
        assertThat(curves.get("gain"))
                .containsExactly(
                        new Point(0, 0),
                        new Point(1.0 / 6, 1.0 / 3),
                        new Point(1.0 / 2, 2.0 / 3),
                        new Point(5.0 / 6, 1),
                        new Point(1, 1));
    }

    @Test
    void showsCalibrationAndThresholds() {
        Shown findings = SMALL.measure(MetricOptions.DEFAULT, true).findings();

        assertThat(findings.bins)
                .containsExactly(
                        new CalibrationBin(1, 0.1, 0),
                        new CalibrationBin(2, 0.3, 0.5),
                        new CalibrationBin(2, 0.8, 0.5),
                        new CalibrationBin(1, 0.9, 1));
        assertThat(findings.thresholds).extracting(Threshold::threshold).containsExactly(0.9, 0.8, 0.5, 0.3, 0.1);
        assertThat(findings.thresholds.get(0).why()).contains("greatest TPR − FPR");
        assertThat(findings.thresholds.get(2).why()).contains("in use");
        assertThat(findings.thresholds.get(3).why()).contains("best F1");
        assertThat(findings.thresholds.get(3).cost()).isEmpty();
    }

    /** Of a hundred thousand rows a few hundred points are left, under which the areas are nearly the metrics. */
    @Test
    void longCurvesAreThinnedToWhatLooksTheSame() {
        for (BinaryRows rows : List.of(BinaryRows.generated(100_000, true), rare(100_000))) {
            BinaryRows.Measured measured = rows.measure(MetricOptions.DEFAULT, true);
            Map<String, List<Point>> curves = measured.findings().curvesByKind();

            assertThat(curves).containsOnlyKeys("roc", "precisionRecall", "gain");
            curves.values().forEach(curve -> {
                assertThat(curve).hasSizeBetween(100, 400);
                assertThat(curve).extracting(Point::x).isSorted();
            });
            assertThat(curves.get("roc")).startsWith(new Point(0, 0)).endsWith(new Point(1, 1));
            assertThat(curves.get("gain")).startsWith(new Point(0, 0)).endsWith(new Point(1, 1));
            assertThat(area(curves.get("roc"))).isCloseTo(measured.metrics().get("rocAuc"), within(5e-4));
            assertThat(area(curves.get("precisionRecall")))
                    .isCloseTo(measured.metrics().get("prAucTrapezoidal"), within(5e-3));
        }
    }

    /** One row in five hundred is positive. */
    private static BinaryRows rare(int size) {
        Random random = new Random(9);
        double[] scores = new double[size];
        double[] actuals = new double[size];
        for (int i = 0; i < size; i++) {
            actuals[i] = i % 500 == 0 ? 1 : 0;
            scores[i] = 1 / (1 + Math.exp(-random.nextGaussian() - 2 * actuals[i]));
        }
        return BinaryRows.of(scores, actuals, NONE, NONE);
    }

    private static double area(List<Point> curve) {
        double area = 0;
        for (int i = 1; i < curve.size(); i++) {
            Point from = curve.get(i - 1);
            Point to = curve.get(i);
            area += (to.x() - from.x()) * (to.y() + from.y()) / 2;
        }
        return area;
    }

    @Test
    void aMissingClassIsNoted() {
        Shown noPositive = BinaryRows.of(new double[] {0.1, 0.2}, new double[] {0, 0}, NONE, NONE)
                .measure(MetricOptions.DEFAULT, true)
                .findings();
        Shown noNegative = BinaryRows.of(new double[] {0.1, 0.2}, new double[] {1, 1}, NONE, NONE)
                .measure(MetricOptions.DEFAULT, true)
                .findings();

        assertThat(noPositive.notes)
                .containsExactly(
                        "cohenKappa is not defined, for all rows are of one class and predicted so",
                        "rocAuc and ks need rows of both classes, prAuc, prAucTrapezoidal and liftTop10 a positive one,"
                                + " but no row is of the class yes");
        assertThat(noPositive.curvesByKind()).isEmpty();
        assertThat(noNegative.notes)
                .containsExactly("rocAuc and ks need rows of both classes, but no row is of the class no");
        assertThat(noNegative.curvesByKind()).containsOnlyKeys("precisionRecall", "gain");
    }

    @Test
    void scoresThatAreNoProbabilitiesAreNoted() {
        BinaryRows rows =
                BinaryRows.of(new double[] {-3, 7.5, 0}, new double[] {0, 1, 0}, new double[] {0, 1, 1}, NONE);
        BinaryRows.Measured measured = rows.measure(MetricOptions.DEFAULT, false);

        assertThat(measured.metrics()).doesNotContainKeys("logLoss", "brier", "ece");
        assertThat(measured.findings().bins).isEmpty();
        assertThat(measured.findings().notes)
                .containsExactly("logLoss, brier and ece need probabilities, but the scores go from -3.0 to 7.5");
        assertThat(measured.findings().thresholds)
                .allSatisfy(threshold -> assertThat(threshold.why()).isNotEqualTo(Optional.of("in use")));
    }

    @Test
    void withoutRowsNothingIsTold() {
        for (boolean scored : new boolean[] {true, false}) {
            JudgedColumns columns = columns(JudgedColumns.Side.MODEL, scored, true);
            BinaryMetrics task = new BinaryMetrics(MetricOptions.DEFAULT, true);
            Tally tally = task.families(columns).get(0).tally().apply(0).withPictures();
            Map<String, Double> metrics = new LinkedHashMap<>();
            tally.metrics(metrics);
            Shown findings = new Shown();
            task.describe(columns, List.of(tally), findings);

            assertThat(metrics).isEmpty();
            assertThat(findings.curvesByKind()).isEmpty();
            assertThat(findings.thresholds).isEmpty();
        }
    }
}
