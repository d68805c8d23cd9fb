package io.mlcicd.evaluation.metric;

import static io.mlcicd.evaluation.metric.ClassSample.assertClose;
import static io.mlcicd.evaluation.metric.ClassSample.assertEqual;
import static io.mlcicd.evaluation.metric.MulticlassRows.COLUMNS;
import static io.mlcicd.evaluation.metric.MulticlassRows.METRICS;
import static io.mlcicd.evaluation.metric.MulticlassRows.ROWS;
import static io.mlcicd.evaluation.metric.MulticlassRows.generated;
import static io.mlcicd.evaluation.metric.MulticlassRows.metrics;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.evaluation.metric.JudgedColumns.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Expected metrics were computed with scikit-learn 1.9.1, those it lacks (specificity, ECE) with numpy 2.4 from their
 * definitions.
 */
class MulticlassReferenceTest {

    @Test
    void weightedMetricsWithTiesANeverPredictedAndANeverTrueClassEqualScikitLearn() {
        Map<String, Double> expected = new HashMap<>(Map.ofEntries(
                Map.entry("accuracy", 0.4650204268469639),
                Map.entry("balancedAccuracy", 0.4270233499075965),
                Map.entry("mcc", 0.30719412203840474),
                Map.entry("cohenKappa", 0.2916821404303799),
                Map.entry("precision.macro", 0.3237435277861831),
                Map.entry("precision.micro", 0.4650204268469638),
                Map.entry("precision.weighted", 0.48837886881470327),
                Map.entry("precision.ant", 0.38193027246839223),
                Map.entry("precision.bee", 0.7187598138789766),
                Map.entry("precision.cat", 0.5180275525835466),
                Map.entry("precision.dog", 0.0),
                Map.entry("precision.elk", 0.0),
                Map.entry("recall.macro", 0.3416186799260772),
                Map.entry("recall.micro", 0.4650204268469638),
                Map.entry("recall.weighted", 0.4650204268469638),
                Map.entry("recall.ant", 0.6383133035290216),
                Map.entry("recall.bee", 0.5140734983615326),
                Map.entry("recall.cat", 0.5557065977398318),
                Map.entry("recall.dog", 0.0),
                Map.entry("recall.elk", 0.0),
                Map.entry("f1.macro", 0.322707691228363),
                Map.entry("f1.micro", 0.4650204268469638),
                Map.entry("f1.weighted", 0.46278314305698326),
                Map.entry("f1.ant", 0.4779077853025496),
                Map.entry("f1.bee", 0.5994247045952081),
                Map.entry("f1.cat", 0.5362059662440574),
                Map.entry("f1.dog", 0.0),
                Map.entry("f1.elk", 0.0),
                Map.entry("f0.5.macro", 0.3212369388155293),
                Map.entry("f0.5.micro", 0.4650204268469638),
                Map.entry("f0.5.weighted", 0.4748672932907552),
                Map.entry("f0.5.ant", 0.41529119908739665),
                Map.entry("f0.5.bee", 0.6657445182272135),
                Map.entry("f0.5.cat", 0.5251489767630361),
                Map.entry("f0.5.dog", 0.0),
                Map.entry("f0.5.elk", 0.0),
                Map.entry("f2.macro", 0.3311237830951892),
                Map.entry("f2.micro", 0.4650204268469638),
                Map.entry("f2.weighted", 0.46042807961121857),
                Map.entry("f2.ant", 0.5627592402955128),
                Map.entry("f2.bee", 0.5451210963396169),
                Map.entry("f2.cat", 0.5477385788408162),
                Map.entry("f2.dog", 0.0),
                Map.entry("f2.elk", 0.0),
                Map.entry("specificity.macro", 0.8638140804948702),
                Map.entry("specificity.micro", 0.8662551067117409),
                Map.entry("specificity.weighted", 0.8540499756273873),
                Map.entry("specificity.ant", 0.7274159681798701),
                Map.entry("specificity.bee", 0.8573732837411776),
                Map.entry("specificity.cat", 0.8599130493139622),
                Map.entry("specificity.dog", 1.0),
                Map.entry("specificity.elk", 0.8743681012393413),
                Map.entry("logLoss", 4.2827893095828875),
                Map.entry("brier", 0.6391493671478603),
                Map.entry("ece", 0.1729279247252917),
                Map.entry("top1Accuracy", 0.5828035767065245),
                Map.entry("top2Accuracy", 0.7371606616158041),
                Map.entry("top3Accuracy", 0.8663771624531157),
                Map.entry("rocAuc.ant", 0.744780035529333),
                Map.entry("prAuc.ant", 0.487349915568265),
                Map.entry("rocAuc.bee", 0.7670358350479746),
                Map.entry("prAuc.bee", 0.7312007103137395),
                Map.entry("rocAuc.cat", 0.7660210386492797),
                Map.entry("prAuc.cat", 0.47291841199086887),
                Map.entry("rocAuc.dog", 0.6794106578047143),
                Map.entry("prAuc.dog", 0.3963944814968041),
                Map.entry("rocAuc.ovr", 0.7393118917578254),
                Map.entry("prAuc.macro", 0.5219658798424194),
                Map.entry("rocAuc.ovr.weighted", 0.747877158487059)));
        Map<String, Double> metrics = ROWS.metrics(METRICS, COLUMNS);

        assertThat(metrics).containsKeys("rocAuc.ovo", "rocAuc.ovo.weighted");
        metrics.keySet().removeAll(List.of("rocAuc.ovo", "rocAuc.ovo.weighted"));
        assertEqual(metrics, expected);
    }

    @Test
    void wholeWeightsAreRepeatedRowsOfScikitLearnAlsoWhereItKnowsNoWeights() {
        ClassSample whole = ROWS.weights(weight -> Math.floor(weight * 8) - 1);

        assertClose(
                whole.metrics(METRICS, COLUMNS),
                Map.ofEntries(
                        Map.entry("logLoss", 4.32965245942711),
                        Map.entry("brier", 0.6426016712744413),
                        Map.entry("ece", 0.17247139426052233),
                        Map.entry("top2Accuracy", 0.7341040462427746),
                        Map.entry("rocAuc.ant", 0.7390971116457018),
                        Map.entry("prAuc.ant", 0.48411936379384785),
                        Map.entry("rocAuc.bee", 0.7666741945197229),
                        Map.entry("prAuc.bee", 0.7303017349740732),
                        Map.entry("rocAuc.cat", 0.7639107435017503),
                        Map.entry("prAuc.cat", 0.46720828523148494),
                        Map.entry("rocAuc.dog", 0.6719943041871922),
                        Map.entry("prAuc.dog", 0.3845957916594831),
                        Map.entry("rocAuc.ovr", 0.7354190884635917),
                        Map.entry("prAuc.macro", 0.5165562939147224),
                        Map.entry("rocAuc.ovr.weighted", 0.74492703276767),
                        Map.entry("rocAuc.ovo", 0.7337865543583723),
                        Map.entry("rocAuc.ovo.weighted", 0.737855475884465)));
        assertEqual(whole.metrics(METRICS, COLUMNS), whole.repeated().metrics(METRICS, COLUMNS));
    }

    @Test
    void aClassWithoutRowsLeavesOutItsAreasAndTheirPlainMeansAlone() {
        ClassSample sample = generated(11, 200, new int[] {0, 1, 3}, new int[] {0, 1, 2, 3}, 4)
                .weights(weight -> 1);
        Map<String, Double> metrics = sample.metrics(METRICS, COLUMNS);

        assertClose(
                metrics,
                Map.ofEntries(
                        Map.entry("logLoss", 3.3493041214603476),
                        Map.entry("brier", 0.6508621720442591),
                        Map.entry("ece", 0.13626716092215319),
                        Map.entry("top2Accuracy", 0.73),
                        Map.entry("rocAuc.ant", 0.7374069679646208),
                        Map.entry("prAuc.ant", 0.6303882015722608),
                        Map.entry("rocAuc.bee", 0.7626666666666666),
                        Map.entry("prAuc.bee", 0.5397708548882292),
                        Map.entry("rocAuc.dog", 0.7256889452011404),
                        Map.entry("prAuc.dog", 0.6542321949480335),
                        Map.entry("rocAuc.ovr.weighted", 0.7392104538761923),
                        Map.entry("rocAuc.ovo", 0.7435622368499081),
                        Map.entry("rocAuc.ovo.weighted", 0.742158619462729)));
        assertThat(metrics).doesNotContainKeys("rocAuc.ovr", "rocAuc.cat", "prAuc.cat", "prAuc.macro", "precision.elk");
        assertThat(sample.findings(METRICS, COLUMNS).notes)
                .contains("rocAuc.ovr is left out, as it needs some rows that are and some that are not: 'cat'");
    }

    @Test
    void constantScoresEqualScikitLearn() {
        ClassSample sample = ClassSample.empty();
        for (int actual : new int[] {0, 1, 2, 1, 0, 1}) {
            sample.add(1, actual, 1, 0.25, 0.5, 0.25);
        }
        JudgedColumns columns =
                new JudgedColumns(Side.MODEL, List.of("a", "b", "c"), List.of(0, 1, 2), true, List.of());

        assertClose(
                sample.metrics(metrics(List.of(), List.of(1, 2)), columns),
                Map.ofEntries(
                        Map.entry("logLoss", 1.0397207708399179),
                        Map.entry("brier", 0.625),
                        Map.entry("ece", 0.0),
                        Map.entry("top1Accuracy", 0.5),
                        Map.entry("top2Accuracy", 0.6666666666666666),
                        Map.entry("rocAuc.a", 0.5),
                        Map.entry("prAuc.a", 0.3333333333333333),
                        Map.entry("rocAuc.b", 0.5),
                        Map.entry("prAuc.b", 0.5),
                        Map.entry("rocAuc.c", 0.5),
                        Map.entry("prAuc.c", 0.16666666666666666),
                        Map.entry("rocAuc.ovr", 0.5),
                        Map.entry("prAuc.macro", 0.3333333333333333),
                        Map.entry("rocAuc.ovr.weighted", 0.5),
                        Map.entry("rocAuc.ovo", 0.5),
                        Map.entry("rocAuc.ovo.weighted", 0.5)));
    }

    @Test
    void aSingleRowHasMetricsButNoStandardErrors() {
        JudgedColumns columns =
                new JudgedColumns(Side.MODEL, List.of("a", "b", "c"), List.of(0, 1, 2), true, List.of());
        ClassSample sample = ClassSample.empty().add(3, 1, 1, 0.2, 0.5, 0.3);
        Map<String, Double> metrics = sample.metrics(METRICS, columns);

        assertClose(
                metrics,
                Map.of(
                        "accuracy",
                        1.0,
                        "balancedAccuracy",
                        1.0,
                        "mcc",
                        0.0,
                        "logLoss",
                        0.6931471805599453,
                        "brier",
                        0.38,
                        "f1.macro",
                        1.0,
                        "specificity.b",
                        0.0,
                        "specificity.micro",
                        0.0,
                        "prAuc.b",
                        1.0));
        assertThat(metrics)
                .doesNotContainKeys("cohenKappa", "rocAuc.b", "rocAuc.ovr", "rocAuc.ovo", "rocAuc.ovr.weighted");
        assertThat(sample.uncertainties(METRICS, columns)).doesNotContainKeys("logLoss", "brier", "rocAuc.b");
        assertThat(sample.findings(METRICS, columns).notes)
                .contains("cohenKappa is left out, as all labels and predictions are of one class");
    }

    @Test
    void kappaOfWholeNumbersKnowsNearMisses() {
        JudgedColumns columns =
                new JudgedColumns(Side.MODEL, List.of("1", "10", "2", "30"), List.of(), true, List.of());
        ClassSample sample = generated(13, 150, new int[] {0, 1, 2, 3}, new int[] {0, 1, 2, 3}, 4);

        assertClose(
                sample.metrics(METRICS, columns),
                Map.ofEntries(
                        Map.entry("cohenKappa.linear", 0.5400187802872026),
                        Map.entry("cohenKappa.quadratic", 0.5607284327620937)));
        ClassSample withoutTwo = sample.where(
                row -> row.values().get("actual") != 2 && row.values().get("predicted") != 2);
        assertClose(
                withoutTwo.metrics(METRICS, columns),
                Map.ofEntries(
                        Map.entry("cohenKappa.linear", 0.6248753942363237),
                        Map.entry("cohenKappa.quadratic", 0.6376687909854187)));
        assertThat(ROWS.metrics(METRICS, COLUMNS)).doesNotContainKey("cohenKappa.linear");
    }
}
