package io.mlcicd.evaluation.metric;

import static io.mlcicd.evaluation.metric.ClassSample.assertClose;
import static io.mlcicd.evaluation.metric.ClassSample.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.evaluation.metric.JudgedColumns.Side;
import io.mlcicd.evaluation.metric.Pictures.ClassMetrics;
import io.mlcicd.evaluation.metric.Pictures.NamedCurve;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.statistic.Interval;
import io.mlcicd.statistic.Uncertainty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/**
 * Expected metrics were computed with scikit-learn 1.9.1, specificity with numpy 2.4 and intervals with statsmodels 0.15
 * and scipy from their definitions. Scores are shares of small whole numbers, so that many are tied; some rows have all
 * labels and some none.
 */
class MultilabelMetricsTest {

    private static final List<String> LABELS = List.of("ads", "bug", "doc", "ui");
    private static final JudgedColumns COLUMNS =
            new JudgedColumns(Side.MODEL, LABELS, List.of(0, 1, 2, 3), true, List.of());
    private static final MultilabelMetrics METRICS = metrics(OptionalDouble.empty(), List.of(2.0));
    private static final ClassSample ROWS = generated(17, 250);

    private static MultilabelMetrics metrics(OptionalDouble threshold, List<Double> betas) {
        return new MultilabelMetrics(new MetricOptions(threshold, betas, List.of(), List.of(), Optional.empty()), true);
    }

    private static ClassSample generated(long seed, int size) {
        double[] prevalences = {0.15, 0.5, 0.3, 0.6};
        ClassSample.Numbers numbers = new ClassSample.Numbers(seed);
        ClassSample sample = ClassSample.empty();
        for (int n = 0; n < size; n++) {
            Map<String, Double> values = new LinkedHashMap<>();
            for (int label = 0; label < prevalences.length; label++) {
                int actual = numbers.next() < prevalences[label] ? 1 : 0;
                int predicted = numbers.next() < 0.7 ? actual : numbers.next(2);
                values.put("actual_" + label, (double) actual);
                values.put("predicted_" + label, (double) predicted);
                values.put("score_" + label, (numbers.next(8) + 4.0 * actual) / 11);
            }
            sample.rows().add(new ClassSample.Row(values, 0.25 + numbers.next()));
        }
        return sample;
    }

    @Test
    void weightedMetricsWithTiesEqualScikitLearn() {
        assertEqual(
                ROWS.metrics(METRICS, COLUMNS),
                Map.ofEntries(
                        Map.entry("subsetAccuracy", 0.5114765486845262),
                        Map.entry("hammingLoss", 0.15385490933677046),
                        Map.entry("jaccard.samples", 0.6324889487269231),
                        Map.entry("precision.samples", 0.679893776059232),
                        Map.entry("recall.samples", 0.7454406028838082),
                        Map.entry("f1.samples", 0.6893280630580487),
                        Map.entry("precision.macro", 0.7042717506171747),
                        Map.entry("precision.micro", 0.7676667240791244),
                        Map.entry("precision.weighted", 0.8044524911259642),
                        Map.entry("precision.ads", 0.3878351414329288),
                        Map.entry("precision.bug", 0.8150169953637836),
                        Map.entry("precision.doc", 0.6926813449923351),
                        Map.entry("precision.ui", 0.9215535206796511),
                        Map.entry("recall.macro", 0.8582778592013214),
                        Map.entry("recall.micro", 0.8578750846035668),
                        Map.entry("recall.weighted", 0.8578750846035668),
                        Map.entry("recall.ads", 0.8652696354935695),
                        Map.entry("recall.bug", 0.8893209544601673),
                        Map.entry("recall.doc", 0.8270406298359572),
                        Map.entry("recall.ui", 0.8514802170155918),
                        Map.entry("f1.macro", 0.7563009614045175),
                        Map.entry("f1.micro", 0.8102678778842463),
                        Map.entry("f1.weighted", 0.8229567859516392),
                        Map.entry("f1.ads", 0.5356008174868702),
                        Map.entry("f1.bug", 0.8505492614220637),
                        Map.entry("f1.doc", 0.7539216058289949),
                        Map.entry("f1.ui", 0.8851321608801412),
                        Map.entry("f2.macro", 0.8071258194767964),
                        Map.entry("f2.micro", 0.8381762993308864),
                        Map.entry("f2.weighted", 0.8407884027961087),
                        Map.entry("f2.ads", 0.6943237500386252),
                        Map.entry("f2.bug", 0.8733957016472037),
                        Map.entry("f2.doc", 0.796154633565346),
                        Map.entry("f2.ui", 0.8646291926560107),
                        Map.entry("specificity.macro", 0.8411911430742549),
                        Map.entry("specificity.micro", 0.838865208420128),
                        Map.entry("specificity.weighted", 0.8449388959207219),
                        Map.entry("specificity.ads", 0.8518757821222067),
                        Map.entry("specificity.bug", 0.8365139018635319),
                        Map.entry("specificity.doc", 0.80478356810027),
                        Map.entry("specificity.ui", 0.871591320211011),
                        Map.entry("accuracy.ads", 0.8531862925219463),
                        Map.entry("accuracy.bug", 0.8601449491281701),
                        Map.entry("accuracy.doc", 0.8125127825693088),
                        Map.entry("accuracy.ui", 0.8587363384334932),
                        Map.entry("coverageError", 1.960596205502924),
                        Map.entry("lrap", 0.8816069936673835),
                        Map.entry("rankingLoss", 0.13705141443378221),
                        Map.entry("logLoss", 0.4315469070896369),
                        Map.entry("rocAuc.ads", 0.8758599653893),
                        Map.entry("prAuc.ads", 0.700847302105828),
                        Map.entry("rocAuc.bug", 0.8810577810721363),
                        Map.entry("prAuc.bug", 0.8610720957350285),
                        Map.entry("rocAuc.doc", 0.9236498901021295),
                        Map.entry("prAuc.doc", 0.8672092348987533),
                        Map.entry("rocAuc.ui", 0.8500215197835925),
                        Map.entry("prAuc.ui", 0.8969977982640875),
                        Map.entry("rocAuc.macro", 0.8826472890867896),
                        Map.entry("prAuc.macro", 0.8315316077509244)));
    }

    @Test
    void aLabelThatNeverHoldsAndOneNeverPredictedEqualScikitLearn() {
        ClassSample sample = ROWS.with("actual_0", 0).with("predicted_1", 0);
        Map<String, Double> metrics = sample.metrics(METRICS, COLUMNS);

        assertClose(
                metrics,
                Map.ofEntries(
                        Map.entry("subsetAccuracy", 0.28731467656665494),
                        Map.entry("hammingLoss", 0.24863538291596174),
                        Map.entry("jaccard.samples", 0.4347074198251718),
                        Map.entry("precision.samples", 0.5786047537014338),
                        Map.entry("recall.samples", 0.5122112188864524),
                        Map.entry("f1.samples", 0.5143371329869297),
                        Map.entry("precision.macro", 0.40355871641799657),
                        Map.entry("precision.micro", 0.6795743917867785),
                        Map.entry("precision.weighted", 0.5785372588247575),
                        Map.entry("precision.ads", 0.0),
                        Map.entry("precision.bug", 0.0),
                        Map.entry("precision.doc", 0.6926813449923351),
                        Map.entry("precision.ui", 0.9215535206796511),
                        Map.entry("recall.macro", 0.4196302117128873),
                        Map.entry("recall.micro", 0.5798401097581879),
                        Map.entry("recall.weighted", 0.5798401097581879),
                        Map.entry("recall.ads", 0.0),
                        Map.entry("recall.bug", 0.0),
                        Map.entry("recall.doc", 0.8270406298359572),
                        Map.entry("recall.ui", 0.8514802170155918),
                        Map.entry("f1.macro", 0.40976344167728407),
                        Map.entry("f1.micro", 0.6257582224741921),
                        Map.entry("f1.weighted", 0.5771330760150399),
                        Map.entry("f1.ads", 0.0),
                        Map.entry("f1.bug", 0.0),
                        Map.entry("f1.doc", 0.7539216058289949),
                        Map.entry("f1.ui", 0.8851321608801412),
                        Map.entry("specificity.macro", 0.8645205439593139),
                        Map.entry("specificity.micro", 0.8472169774711307),
                        Map.entry("specificity.weighted", 0.8954846819824126),
                        Map.entry("specificity.ads", 0.7817072875259746),
                        Map.entry("specificity.bug", 1.0),
                        Map.entry("specificity.doc", 0.80478356810027),
                        Map.entry("specificity.ui", 0.871591320211011),
                        Map.entry("accuracy.ads", 0.7817072875259746),
                        Map.entry("accuracy.bug", 0.5525020598073769),
                        Map.entry("accuracy.doc", 0.8125127825693088),
                        Map.entry("accuracy.ui", 0.8587363384334932),
                        Map.entry("coverageError", 1.8962988011277944),
                        Map.entry("lrap", 0.8671833364371562),
                        Map.entry("rankingLoss", 0.15546581511625399),
                        Map.entry("logLoss", 0.5938468461422831),
                        Map.entry("rocAuc.bug", 0.8810577810721363),
                        Map.entry("prAuc.bug", 0.8610720957350285),
                        Map.entry("rocAuc.doc", 0.9236498901021295),
                        Map.entry("prAuc.doc", 0.8672092348987533),
                        Map.entry("rocAuc.ui", 0.8500215197835925),
                        Map.entry("prAuc.ui", 0.8969977982640875)));
        assertThat(metrics).doesNotContainKeys("rocAuc.ads", "prAuc.ads", "rocAuc.macro", "prAuc.macro");
        assertThat(sample.findings(METRICS, COLUMNS).notes)
                .containsExactly(
                        "recall is 0 where no row has the label: 'ads'",
                        "precision is 0 where nothing was predicted: 'bug'",
                        "rocAuc.macro is left out, as it needs some rows that are and some that are not: 'ads'");
    }

    @Test
    void withoutPredictionsALabelIsPredictedFromTheThresholdOn() {
        JudgedColumns scoresAlone = new JudgedColumns(Side.MODEL, LABELS, List.of(0, 1, 2, 3), false, List.of());

        assertClose(
                ROWS.metrics(metrics(OptionalDouble.of(0.4), List.of()), scoresAlone),
                Map.ofEntries(
                        Map.entry("subsetAccuracy", 0.24348870788520877),
                        Map.entry("f1.samples", 0.6220437036452485),
                        Map.entry("precision.macro", 0.5565651675355477)));
        assertThat(ROWS.metrics(METRICS, scoresAlone).get("recall.ads"))
                .isLessThan(ROWS.metrics(metrics(OptionalDouble.of(0.4), List.of()), scoresAlone)
                        .get("recall.ads"));
    }

    @Test
    void aLabelWithNeitherPredictionNorScoreIsRefused() {
        JudgedColumns columns = new JudgedColumns(Side.MODEL, LABELS, List.of(0, 1, 3), false, List.of());

        assertThatThrownBy(() -> METRICS.families(columns))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("the label 'doc' has neither a prediction nor a score; name a column for one of them");
    }

    @Test
    void scoresOfSomeLabelsRankThoseAlone() {
        JudgedColumns columns = new JudgedColumns(Side.MODEL, LABELS, List.of(1, 3), true, List.of());
        Map<String, Double> metrics = ROWS.metrics(METRICS, columns);

        assertClose(metrics, Map.of("rocAuc.bug", 0.8810577810721363, "rocAuc.ui", 0.8500215197835925));
        assertThat(metrics.get("rocAuc.macro")).isCloseTo(0.8655396504278644, within(1e-9));
        assertThat(metrics).doesNotContainKeys("rocAuc.ads", "coverageError", "lrap", "rankingLoss", "logLoss");
        assertThat(ROWS.findings(METRICS, columns).notes)
                .containsExactly("coverageError, lrap, rankingLoss and logLoss need a score of every label");
    }

    @Test
    void scoresThatAreNoProbabilitiesHaveNoLogLoss() {
        MultilabelMetrics metrics = new MultilabelMetrics(MetricOptions.DEFAULT, false);

        assertThat(ROWS.metrics(metrics, COLUMNS)).containsKey("lrap").doesNotContainKey("logLoss");
        assertThat(ROWS.findings(metrics, COLUMNS).notes)
                .containsExactly("logLoss needs probabilities, but some scores are below 0 or above 1");
    }

    @Test
    void constantScoresAreAllTies() {
        ClassSample sample = ROWS;
        for (int label = 0; label < 4; label++) {
            sample = sample.with("score_" + label, 0.5);
        }

        assertClose(
                sample.metrics(METRICS, COLUMNS),
                Map.of(
                        "coverageError",
                        3.4820452368493413,
                        "lrap",
                        0.5124413293452789,
                        "rankingLoss",
                        0.8599791325680478,
                        "rocAuc.macro",
                        0.5,
                        "prAuc.macro",
                        0.3829526385576143));
    }

    @Test
    void aSingleRowHasMetricsButNoStandardErrors() {
        ClassSample sample = new ClassSample(ROWS.rows().subList(0, 1));

        assertClose(
                sample.metrics(METRICS, COLUMNS),
                Map.of("subsetAccuracy", 1.0, "hammingLoss", 0.0, "lrap", 1.0, "coverageError", 3.0));
        assertThat(sample.uncertainties(METRICS, COLUMNS)).doesNotContainKeys("hammingLoss", "lrap", "rocAuc.ads");
        assertThat(ClassSample.empty().metrics(METRICS, COLUMNS)).isEmpty();
    }

    @Test
    void uncertaintiesAreThoseOfTheReferences() {
        Map<String, Uncertainty> unweighted = ROWS.weights(weight -> 1).uncertainties(METRICS, COLUMNS);
        Map<String, Uncertainty> weighted = ROWS.uncertainties(METRICS, COLUMNS);

        assertInterval(weighted.get("subsetAccuracy"), "wilson", 0.4457769451987081, 0.576782019469434);
        assertInterval(weighted.get("accuracy.doc"), "wilson", 0.7557210050699182, 0.8585721081400911);
        assertInterval(weighted.get("precision.ads"), "wilson", 0.2648822098634259, 0.5269496009165509);
        assertInterval(weighted.get("specificity.ui"), "wilson", 0.7806290049019182, 0.9283003614170953);
        assertInterval(unweighted.get("hammingLoss"), "normal", 0.13542425212823098, 0.18057574787176903);
        assertInterval(unweighted.get("jaccard.samples"), "normal", 0.595956655001173, 0.6893766783321602);
        assertInterval(unweighted.get("lrap"), "normal", 0.8553711341205894, 0.9068510881016327);
        assertInterval(unweighted.get("rocAuc.ads"), "delong", 0.7992835608336086, 0.9459087468586991);
        assertThat(weighted).doesNotContainKeys("precision.micro", "f1.ads", "recall.macro", "prAuc.ads");
    }

    private static void assertInterval(Uncertainty uncertainty, String method, double lower, double upper) {
        Interval interval = uncertainty.interval(0.95);
        assertThat(uncertainty.method()).isEqualTo(method);
        assertThat(interval.lower()).isCloseTo(lower, within(1e-9));
        assertThat(interval.upper()).isCloseTo(upper, within(1e-9));
    }

    @Test
    void weightsCountAsRowsAndNeitherTheirScaleNorTheOrderOfRowsMatters() {
        Map<String, Double> metrics = ROWS.metrics(METRICS, COLUMNS);
        ClassSample whole = ROWS.weights(weight -> Math.floor(weight * 8) - 1);

        assertEqual(ROWS.weights(weight -> weight * 1e6).metrics(METRICS, COLUMNS), metrics);
        assertEqual(ROWS.shuffled(5).metrics(METRICS, COLUMNS), metrics);
        assertEqual(whole.metrics(METRICS, COLUMNS), whole.repeated().metrics(METRICS, COLUMNS));
    }

    @Test
    void findingsShowLabelsAndCurves() {
        Shown findings = ROWS.findings(METRICS, COLUMNS);

        assertThat(findings.classes).extracting(ClassMetrics::name).isEqualTo(LABELS);
        assertThat(findings.curves)
                .hasSize(8)
                .extracting(NamedCurve::about)
                .contains(Optional.of("ads"), Optional.of("ui"));
        assertThat(findings.confusions).isEmpty();
        assertThat(findings.notes).isEmpty();
    }
}
