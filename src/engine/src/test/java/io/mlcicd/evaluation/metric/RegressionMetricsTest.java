package io.mlcicd.evaluation.metric;

import static io.mlcicd.evaluation.metric.Sample.expect;
import static io.mlcicd.evaluation.metric.Sample.expectSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.evaluation.metric.JudgedColumns.Side;
import io.mlcicd.evaluation.metric.Pictures.ResidualBin;
import io.mlcicd.statistic.Interval;
import io.mlcicd.statistic.Uncertainty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Expected values are those of scikit-learn 1.9.1 (absolute error quantiles: numpy 2's {@code quantile} with
 * averaged_inverted_cdf, weighted: scikit-learn's {@code _weighted_percentile(average=True)}), scipy's {@code pearsonr}
 * (weighted: {@code numpy.cov} with {@code aweights}), statsmodels' {@code DescrStatsW.zconfint_mean}; smape is {@code
 * average(2|p-y| / (|y|+|p|))} and wape {@code sum(w|p-y|) / sum(w|y|)} by numpy.
 */
class RegressionMetricsTest {

    private static final JudgedColumns COLUMNS = new JudgedColumns(Side.MODEL, List.of(), List.of(), true, List.of());

    private static Sample mixed() {
        Lcg random = new Lcg(1);
        Sample sample = Sample.empty();
        for (int i = 0; i < 240; i++) {
            double actual = 100 * random.next() - 20;
            double predicted = actual + Math.floor(20 * random.next()) - 8 + (random.next() < 0.3 ? 0.5 : 0);
            sample.add(1 + Math.floor(4 * random.next()), actual, predicted);
        }
        return sample;
    }

    private static Sample large() {
        Lcg random = new Lcg(2);
        Sample sample = Sample.empty();
        for (int i = 0; i < 300; i++) {
            double actual = 1e9 + random.next();
            double predicted = actual + (random.next() - 0.4) / 4;
            sample.add(0.25 + random.next(), actual, predicted);
        }
        return sample;
    }

    private static Sample counts() {
        Lcg random = new Lcg(3);
        Sample sample = Sample.empty();
        for (int i = 0; i < 150; i++) {
            double actual = Math.floor(6 * random.next());
            double predicted = Math.floor(12 * random.next()) / 2;
            sample.add(1 + Math.floor(3 * random.next()), actual, predicted);
        }
        return sample;
    }

    private static Map<String, Double> metrics(Sample sample) {
        List<MetricFamily> families = new RegressionMetrics().families(COLUMNS);
        Map<String, Double> metrics = new LinkedHashMap<>(sample.metrics(families.get(0)));
        metrics.putAll(absoluteErrors(sample).metrics(families.get(1)));
        return metrics;
    }

    private static Sample absoluteErrors(Sample sample) {
        return sample.values(row -> new double[] {Math.abs(row[1] - row[0])});
    }

    private static Shown shown(Sample sample) {
        List<MetricFamily> families = new RegressionMetrics().families(COLUMNS);
        Shown shown = new Shown();
        new RegressionMetrics()
                .describe(
                        COLUMNS,
                        List.of(
                                sample.tally(families.get(0)),
                                absoluteErrors(sample).tally(families.get(1))),
                        shown);
        return shown;
    }

    @Test
    void equalsScikitLearn() {
        expect(
                metrics(mixed().unweighted()),
                "mae",
                5.208333333333333,
                "mse",
                38.00625,
                "rmse",
                6.164920924067072,
                "bias",
                1.9041666666666666,
                "maxError",
                11.5,
                "mape",
                0.6586147483390842,
                "smape",
                0.32226447714606793,
                "wape",
                0.15328640163555624,
                "r2",
                0.9514483120597211,
                "explainedVariance",
                0.9560802126401443,
                "pearson",
                0.9791989265655316,
                "medianAbsoluteError",
                5.0,
                "absoluteError.p90",
                10.0,
                "absoluteError.p95",
                11.0);
    }

    @Test
    void equalsScikitLearnWithWeights() {
        expect(
                metrics(mixed()),
                "mae",
                5.355704697986577,
                "mse",
                40.006711409395976,
                "rmse",
                6.325085881582635,
                "bias",
                2.186241610738255,
                "maxError",
                11.5,
                "mape",
                0.617450810723068,
                "smape",
                0.323010202005316,
                "wape",
                0.15852744969890362,
                "r2",
                0.9481485618389113,
                "explainedVariance",
                0.954343318696182,
                "pearson",
                0.978909602721604,
                "medianAbsoluteError",
                5.0,
                "absoluteError.p90",
                10.5,
                "absoluteError.p95",
                11.0);
    }

    @Test
    void keepsTheDigitsOfLargeLabelsOfSmallSpread() {
        expect(
                metrics(large().unweighted()),
                "mae",
                0.06698408166567485,
                "mse",
                0.0060734704295065944,
                "rmse",
                0.07793247352359987,
                "bias",
                0.028697078625361125,
                "maxError",
                0.14829659461975098,
                "mape",
                6.698408163327014e-11,
                "smape",
                6.698408163154722e-11,
                "wape",
                6.698408163241084e-11,
                "rmsle",
                7.79324853404856e-11,
                "r2",
                0.9303616802618555,
                "explainedVariance",
                0.9398041746990662,
                "pearson",
                0.9703855878566161,
                "medianAbsoluteError",
                0.0662265419960022,
                "absoluteError.p90",
                0.12283724546432495,
                "absoluteError.p95",
                0.13554024696350098);
        expect(
                metrics(large()),
                "mae",
                0.06795802376938861,
                "mse",
                0.006138338526721294,
                "rmse",
                0.07834754958976889,
                "bias",
                0.030140594981387797,
                "maxError",
                0.14829659461975098,
                "mape",
                6.795802373670846e-11,
                "smape",
                6.795802373492021e-11,
                "wape",
                6.795802373605591e-11,
                "rmsle",
                7.83476081510751e-11,
                "r2",
                0.9291765182842222,
                "explainedVariance",
                0.9396581785566024,
                "pearson",
                0.9704096607692164,
                "medianAbsoluteError",
                0.06772637367248535,
                "absoluteError.p90",
                0.12241828441619873,
                "absoluteError.p95",
                0.13294613361358643);
    }

    @Test
    void leavesOutMapeWhereALabelIsZero() {
        expect(
                metrics(counts()),
                "mae",
                2.026690391459075,
                "mse",
                6.403024911032029,
                "rmse",
                2.530419908045309,
                "bias",
                0.030249110320284697,
                "maxError",
                5.5,
                "smape",
                0.9532305955352792,
                "wape",
                0.7748299319727892,
                "rmsle",
                0.8482949234273395,
                "r2",
                -0.9892401303105893,
                "explainedVariance",
                -0.9889558627961694,
                "pearson",
                0.01506550621323148,
                "medianAbsoluteError",
                2.0,
                "absoluteError.p90",
                4.0,
                "absoluteError.p95",
                5.0);
        assertThat(shown(counts()).notes).containsExactly("mape is not defined, for at least one label is 0");
    }

    @Test
    void toleratesConstantLabels() {
        Sample constant = Sample.empty()
                .add(1, 4, 4)
                .add(1, 4, 4.5)
                .add(1, 4, 3)
                .add(1, 4, 4)
                .add(1, 4, 5);
        expect(
                metrics(constant),
                "mae",
                0.5,
                "mse",
                0.45,
                "rmse",
                0.6708203932499369,
                "bias",
                0.1,
                "maxError",
                1.0,
                "mape",
                0.125,
                "smape",
                0.12511671335200747,
                "wape",
                0.125,
                "rmsle",
                0.13573372826178565,
                "r2",
                0.0,
                "explainedVariance",
                0.0,
                "medianAbsoluteError",
                0.5,
                "absoluteError.p90",
                1.0,
                "absoluteError.p95",
                1.0);
        assertThat(shown(constant).notes)
                .containsExactly("pearson is not defined, for all labels or all predictions are the same");
        // Means of 0.1 are not all 0.1 in binary; the spread of equal labels is 0 all the same.
        Sample perfect = Sample.empty();
        for (int i = 0; i < 10; i++) {
            perfect.add(0.3, 0.1, 0.1);
        }
        assertThat(metrics(perfect)).containsEntry("r2", 1.0).containsEntry("explainedVariance", 1.0);
    }

    @Test
    void measuresOneRow() {
        Sample one = Sample.empty().add(1, 3, 5);
        expect(
                metrics(one),
                "mae",
                2.0,
                "mse",
                4.0,
                "rmse",
                2.0,
                "bias",
                2.0,
                "maxError",
                2.0,
                "mape",
                0.6666666666666666,
                "smape",
                0.5,
                "wape",
                0.6666666666666666,
                "rmsle",
                0.4054651081081644,
                "medianAbsoluteError",
                2.0,
                "absoluteError.p90",
                2.0,
                "absoluteError.p95",
                2.0);
        assertThat(shown(one).notes).containsExactly("r2 and explainedVariance need two rows or more");
        assertThat(shown(one).residuals).containsExactly(new ResidualBin(2, 2, 1));
        assertThat(one.uncertainties(new RegressionMetrics().families(COLUMNS).get(0)))
                .isEmpty();
    }

    @Test
    void saysWhyMetricsAreMissing() {
        assertThat(shown(Sample.empty().add(1, 0, -1).add(1, 0, 2)).notes)
                .containsExactly(
                        "mape is not defined, for at least one label is 0",
                        "wape is not defined, for all labels are 0",
                        "rmsle is not defined, for at least one label or prediction is negative",
                        "pearson is not defined, for all labels or all predictions are the same");
        assertThat(metrics(Sample.empty())).isEmpty();
        // Squares beyond the range of a double are not told as infinity.
        assertThat(metrics(Sample.empty().add(1, 1e200, -1e200).add(1, 1, 2)))
                .containsKeys("mae", "maxError")
                .doesNotContainKeys("mse", "rmse");
    }

    @Test
    void tellsTheErrorOfMeansAsStatsmodels() {
        Map<String, Uncertainty> uncertainties = mixed().unweighted()
                .uncertainties(new RegressionMetrics().families(COLUMNS).get(0));
        expectInterval(uncertainties.get("mae"), 4.790162357743593, 5.6265043089230735);
        expectInterval(uncertainties.get("mse"), 33.2063716462187, 42.806128353781304);
        expectInterval(uncertainties.get("rmse"), 5.762496997501925, 6.5426392498579125);
        expectInterval(uncertainties.get("bias"), 1.1607974054933416, 2.6475359278399915);
        expectInterval(uncertainties.get("mape"), 0.249617631371982, 1.0676118653061863);
        expectInterval(uncertainties.get("smape"), 0.2643104476755816, 0.3802185066165544);
        assertThat(uncertainties).hasSize(6);
        assertThat(counts().uncertainties(
                                new RegressionMetrics().families(COLUMNS).get(0)))
                .containsKey("rmsle")
                .doesNotContainKey("mape");
    }

    private static void expectInterval(Uncertainty uncertainty, double lower, double upper) {
        Interval interval = uncertainty.interval(0.95);
        assertThat(interval.lower()).isCloseTo(lower, within(1e-9));
        assertThat(interval.upper()).isCloseTo(upper, within(1e-9));
    }

    @Test
    void doesNotDependOnOrderOrScaleOfWeights() {
        for (Sample sample : List.of(mixed(), large(), counts())) {
            Map<String, Double> metrics = metrics(sample);
            for (int seed = 0; seed < 5; seed++) {
                expectSame(metrics(sample.shuffled(seed)), metrics);
            }
            expectSame(metrics(sample.scaled(0.1)), metrics);
            expectSame(metrics(sample.scaled(7e5)), metrics);
        }
    }

    @Test
    void countsAWeightOfTwoAsTwoRows() {
        expectSame(metrics(mixed().repeated()), metrics(mixed()));
        expectSame(metrics(counts().repeated()), metrics(counts()));
    }

    @Test
    void doesNotDependOnWhereNumbersStart() {
        Map<String, Double> metrics = metrics(counts());
        Map<String, Double> shifted = metrics(counts().values(row -> new double[] {row[0] + 1e6, row[1] + 1e6}));
        for (String name : List.of("mae", "mse", "rmse", "bias", "maxError", "medianAbsoluteError", "r2", "pearson")) {
            assertThat(shifted.get(name)).as(name).isCloseTo(metrics.get(name), within(1e-9));
        }
    }

    @Test
    void takesTheErrorsOfTheSideFromItsColumn() {
        JudgedColumns champion = new JudgedColumns(Side.CHAMPION, List.of(), List.of(), true, List.of());
        List<MetricFamily> families = new RegressionMetrics().families(champion);
        assertThat(families.get(0).expressions()).containsExactly("actual", "champion_predicted");
        assertThat(families.get(1).expressions()).containsExactly("ABS(champion_predicted - actual)");
    }
}
