package io.mlcicd.evaluation.metric;

import static io.mlcicd.evaluation.metric.ClassSample.assertClose;
import static io.mlcicd.evaluation.metric.ClassSample.assertEqual;
import static io.mlcicd.evaluation.metric.MulticlassRows.ANIMALS;
import static io.mlcicd.evaluation.metric.MulticlassRows.COLUMNS;
import static io.mlcicd.evaluation.metric.MulticlassRows.METRICS;
import static io.mlcicd.evaluation.metric.MulticlassRows.ROWS;
import static io.mlcicd.evaluation.metric.MulticlassRows.generated;
import static io.mlcicd.evaluation.metric.MulticlassRows.metrics;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.evaluation.metric.JudgedColumns.Side;
import io.mlcicd.evaluation.metric.Pictures.ClassMetrics;
import io.mlcicd.evaluation.metric.Pictures.NamedCurve;
import io.mlcicd.statistic.Interval;
import io.mlcicd.statistic.Uncertainty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expected intervals were computed with scipy and statsmodels 0.15. */
class MulticlassMetricsTest {

    @Test
    void withoutRowsThereAreNoMetrics() {
        assertThat(ClassSample.empty().metrics(METRICS, COLUMNS)).isEmpty();
        assertThat(ClassSample.empty().uncertainties(METRICS, COLUMNS)).isEmpty();
        assertThat(ClassSample.empty().findings(METRICS, COLUMNS).curves).isEmpty();
    }

    @Test
    void withoutPredictionsTheFirstClassOfGreatestScoreIsPredicted() {
        JudgedColumns scoresAlone =
                new JudgedColumns(Side.MODEL, List.of("a", "b", "c"), List.of(0, 1, 2), false, List.of());
        ClassSample sample = ClassSample.empty()
                .add(1, 0, 9, 0.4, 0.4, 0.2)
                .add(1, 1, 9, 0.4, 0.4, 0.2)
                .add(2, 2, 9, 0.1, 0.2, 0.7);

        assertClose(
                sample.metrics(METRICS, scoresAlone),
                Map.of("accuracy", 0.75, "recall.a", 1.0, "recall.b", 0.0, "recall.c", 1.0, "precision.a", 0.5));
    }

    @Test
    void sharesHaveWilsonsIntervalOverTheEffectiveRowsOfTheirDivisor() {
        Map<String, Uncertainty> uncertainties = ROWS.uncertainties(METRICS, COLUMNS);

        assertInterval(uncertainties, "accuracy", "wilson", 0.40574873453453175, 0.525296803742262);
        assertInterval(uncertainties, "f1.micro", "wilson", 0.40574873453453175, 0.525296803742262);
        assertInterval(uncertainties, "precision.bee", "wilson", 0.6087349257888202, 0.8076230551394326);
        assertInterval(uncertainties, "recall.bee", "wilson", 0.42093805020122016, 0.6062417105632973);
        assertInterval(uncertainties, "specificity.bee", "wilson", 0.7938367556792006, 0.9037040412050009);
        assertInterval(uncertainties, "specificity.micro", "wilson", 0.851437183633633, 0.8813242009355655);
        assertInterval(uncertainties, "top2Accuracy", "wilson", 0.6808953901332855, 0.7866141958782806);
        assertThat(uncertainties)
                .doesNotContainKeys("precision.dog", "recall.elk", "f1.bee", "precision.macro", "prAuc.bee", "mcc");
    }

    @Test
    void meansHaveNormalIntervalsAndAreasDelongs() {
        Map<String, Uncertainty> uncertainties = ROWS.weights(weight -> 1).uncertainties(METRICS, COLUMNS);

        assertInterval(uncertainties, "logLoss", "normal", 2.9117916231849494, 5.149719443004436);
        assertInterval(uncertainties, "brier", "normal", 0.581938552056023, 0.6649268268391519);
        assertInterval(uncertainties, "rocAuc.ant", "delong", 0.6933777597695701, 0.8428378122643283);
    }

    @Test
    void everyUncertaintyIsOfAMetricAndHoldsIt() {
        Map<String, Double> metrics = ROWS.metrics(METRICS, COLUMNS);

        ROWS.uncertainties(METRICS, COLUMNS).forEach((name, uncertainty) -> {
            Interval interval = uncertainty.interval(0.95);
            assertThat(metrics).containsKey(name);
            assertThat(metrics.get(name)).as(name).isBetween(interval.lower() - 1e-12, interval.upper() + 1e-12);
        });
    }

    private static void assertInterval(
            Map<String, Uncertainty> uncertainties, String name, String method, double lower, double upper) {
        assertThat(uncertainties).containsKey(name);
        Interval interval = uncertainties.get(name).interval(0.95);
        assertThat(uncertainties.get(name).method()).as(name).isEqualTo(method);
        assertThat(interval.lower()).as(name).isCloseTo(lower, within(1e-9));
        assertThat(interval.upper()).as(name).isCloseTo(upper, within(1e-9));
    }

    @Test
    void neitherTheScaleOfWeightsNorTheOrderOfRowsMatters() {
        Map<String, Double> metrics = ROWS.metrics(METRICS, COLUMNS);

        assertEqual(ROWS.weights(weight -> weight * 1e6).metrics(METRICS, COLUMNS), metrics);
        assertEqual(ROWS.weights(weight -> weight * 1e-6).metrics(METRICS, COLUMNS), metrics);
        assertEqual(ROWS.shuffled(5).metrics(METRICS, COLUMNS), metrics);
        assertThat(ROWS.weights(weight -> weight * 1e6)
                        .uncertainties(METRICS, COLUMNS)
                        .get("recall.bee")
                        .interval(0.9)
                        .lower())
                .isCloseTo(
                        ROWS.uncertainties(METRICS, COLUMNS)
                                .get("recall.bee")
                                .interval(0.9)
                                .lower(),
                        within(1e-9));
    }

    @Test
    void theChampionsClassesAreNotTheModels() {
        JudgedColumns wider = new JudgedColumns(
                Side.MODEL, List.of("ant", "bee", "cat", "dog", "elk", "fox"), List.of(0, 1, 2, 3), true, List.of());

        assertEqual(ROWS.metrics(METRICS, wider), ROWS.metrics(METRICS, COLUMNS));
        assertThat(ROWS.findings(METRICS, wider).confusions.get(0).classes()).isEqualTo(ANIMALS);
    }

    @Test
    void aTrueClassWithoutScoreLeavesOutWhatNeedsAllScores() {
        JudgedColumns columns = new JudgedColumns(Side.MODEL, ANIMALS, List.of(0, 1, 2), true, List.of());

        assertThat(ROWS.metrics(METRICS, columns))
                .containsKeys("rocAuc.ant", "rocAuc.ovr")
                .doesNotContainKeys("logLoss", "brier", "ece", "top1Accuracy", "rocAuc.ovo", "rocAuc.ovr.weighted");
        assertThat(ROWS.findings(METRICS, columns).notes)
                .contains("metrics of scores need a score of every class that is true in some row");
    }

    @Test
    void scoresThatAreNoProbabilitiesRankAllTheSame() {
        MulticlassMetrics metrics = new MulticlassMetrics(
                new MetricOptions(OptionalDouble.empty(), List.of(), List.of(1, 4), List.of(), Optional.empty()),
                false);

        assertThat(ROWS.metrics(metrics, COLUMNS))
                .containsKeys("top1Accuracy", "rocAuc.ovr", "prAuc.macro")
                .containsEntry("top4Accuracy", 1.0)
                .doesNotContainKeys("logLoss", "brier", "ece");
        assertThat(ROWS.findings(metrics, COLUMNS).bins).isEmpty();
        assertThat(ROWS.findings(metrics, COLUMNS).notes)
                .contains(
                        "logLoss, brier and ece need probabilities, but some scores are below 0 or above 1",
                        "top4Accuracy says nothing, as no more classes than that have a score");
    }

    @Test
    void probabilitiesThatDoNotSumToOneAreTakenAsTheyAreAndNoted() {
        ClassSample sample =
                ClassSample.empty().add(1, 0, 0, 0.5, 0.25, 0.125, 0).add(1, 1, 1, 0.25, 0.75, 0, 0);

        // scikit-learn 1.9.1 warns and computes the same.
        assertClose(sample.metrics(METRICS, COLUMNS), Map.of("logLoss", 0.4904146265058631, "brier", 0.2265625));
        assertThat(sample.findings(METRICS, COLUMNS).notes)
                .contains("the scores of some rows do not sum to 1; logLoss and brier take them as they are");
    }

    @Test
    void aClassCannotTakeTheNameOfAMean() {
        JudgedColumns columns = new JudgedColumns(Side.MODEL, List.of("macro", "micro"), List.of(), true, List.of());
        ClassSample sample = ClassSample.empty().add(1, 0, 0).add(1, 0, 1).add(2, 1, 1);

        assertThat(sample.metrics(METRICS, columns).get("recall.macro")).isEqualTo(0.75);
        assertThat(sample.findings(METRICS, columns).notes)
                .contains("metrics of these names are means, not those of the class or label: 'macro', 'micro'");
    }

    @Test
    void findingsShowTheMatrixClassesCurvesAndCalibration() {
        Shown findings = ROWS.weights(weight -> 1).findings(METRICS, COLUMNS);

        assertThat(findings.confusions.get(0).classes()).isEqualTo(ANIMALS);
        assertThat(findings.confusions.get(0).counts().stream()
                        .flatMap(List::stream)
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isEqualTo(300);
        assertThat(findings.classes).extracting(ClassMetrics::name).isEqualTo(ANIMALS);
        assertThat(findings.classes)
                .allSatisfy(row -> assertThat(row.specificity()).isPresent());
        assertThat(findings.curves)
                .extracting(NamedCurve::kind)
                .containsExactly(
                        "roc",
                        "precisionRecall",
                        "roc",
                        "precisionRecall",
                        "roc",
                        "precisionRecall",
                        "roc",
                        "precisionRecall");
        assertThat(findings.curves)
                .extracting(NamedCurve::about)
                .startsWith(Optional.of("ant"))
                .endsWith(Optional.of("dog"));
        assertThat(findings.bins.stream()
                        .mapToDouble(Pictures.CalibrationBin::rows)
                        .sum())
                .isEqualTo(300);
        assertThat(findings.notes)
                .containsExactly(
                        "recall is 0 where no row has the label: 'elk'",
                        "precision is 0 where nothing was predicted: 'dog'");
    }

    @Test
    void curvesOfManyRowsAreThinnedAndThoseOfManyClassesLeftOut() {
        ClassSample.Numbers numbers = new ClassSample.Numbers(3);
        ClassSample sample = ClassSample.empty();
        for (int n = 0; n < 20_000; n++) {
            double first = numbers.next();
            sample.add(1, numbers.next() < first ? 0 : 1, 0, first, 1 - first);
        }
        JudgedColumns two = new JudgedColumns(Side.MODEL, List.of("a", "b"), List.of(0, 1), true, List.of());

        List<NamedCurve> curves = sample.findings(METRICS, two).curves;
        assertThat(curves)
                .hasSize(4)
                .allSatisfy(curve -> assertThat(curve.points()).hasSizeBetween(50, 200));
        JudgedColumns thirteen = new JudgedColumns(
                Side.MODEL,
                IntStream.range(0, 13).mapToObj(i -> "c" + i).toList(),
                IntStream.range(0, 13).boxed().toList(),
                true,
                List.of());
        ClassSample many = generated(1, 100, IntStream.range(0, 13).toArray(), new int[] {0}, 13);
        assertThat(many.metrics(METRICS, thirteen)).containsKey("rocAuc.c12");
        assertThat(many.findings(METRICS, thirteen).curves).isEmpty();
    }
}
