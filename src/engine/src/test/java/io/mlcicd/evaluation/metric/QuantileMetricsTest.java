package io.mlcicd.evaluation.metric;

import static io.mlcicd.evaluation.metric.Sample.expect;
import static io.mlcicd.evaluation.metric.Sample.expectSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.evaluation.metric.JudgedColumns.Side;
import io.mlcicd.statistic.Interval;
import io.mlcicd.statistic.Uncertainty;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Expected values are those of scikit-learn 1.9.1 ({@code mean_pinball_loss} and the errors of the point forecast), of
 * statsmodels' {@code proportion_confint}, and else of numpy: crps is {@code 2 * trapezoid([0, losses, 0], [0, levels, 1])},
 * coverage {@code average(y <= q)}, the interval score {@code average(u - l + (max(l - y, 0) + max(y - u, 0)) * 2 / alpha)}.
 */
class QuantileMetricsTest {

    private static final List<Double> LEVELS = List.of(0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95);

    /** Rows of the label, seven quantiles and a point forecast; some cross, many tie with the label. */
    private static Sample forecasts() {
        Lcg random = new Lcg(4);
        Sample sample = Sample.empty();
        for (int i = 0; i < 200; i++) {
            double[] row = new double[9];
            double centre = 10 * random.next();
            double spread = 1 + random.next();
            row[0] = Math.floor(4 * (centre + spread * (random.next() + random.next() + random.next() - 1.5))) / 4;
            for (int k = 0; k < LEVELS.size(); k++) {
                row[1 + k] = Math.floor(4 * (centre + spread * 1.1 * (LEVELS.get(k) - 0.5))) / 4
                        + (random.next() < 0.03 ? 0.5 : 0);
            }
            row[8] = centre;
            sample.add(1 + Math.floor(3 * random.next()), row);
        }
        return sample;
    }

    private static JudgedColumns columns(boolean predicted, Double... levels) {
        return new JudgedColumns(Side.MODEL, List.of(), List.of(), predicted, List.of(levels));
    }

    private static MetricFamily family(boolean predicted, Double... levels) {
        return new QuantileMetrics().families(columns(predicted, levels)).get(0);
    }

    private static MetricFamily all(boolean predicted) {
        return family(predicted, LEVELS.toArray(new Double[0]));
    }

    @Test
    void equalsTheReferenceWithWeightsAndAPointForecast() {
        expect(
                forecasts().metrics(all(true)),
                "pinball",
                0.19315548253199585,
                "crps",
                0.4461410411622276,
                "calibrationError",
                0.1409892770667589,
                "quantileCrossing",
                0.14527845036319612,
                "pinball.0.05",
                0.12012711864406779,
                "coverage.0.05",
                0.3050847457627119,
                "pinball.0.1",
                0.1606537530266344,
                "coverage.0.1",
                0.34382566585956414,
                "pinball.0.25",
                0.2539346246973366,
                "coverage.0.25",
                0.47699757869249393,
                "pinball.0.5",
                0.31840193704600483,
                "coverage.0.5",
                0.6416464891041163,
                "pinball.0.75",
                0.25484261501210653,
                "coverage.0.75",
                0.7966101694915254,
                "pinball.0.9",
                0.14872881355932202,
                "coverage.0.9",
                0.8716707021791767,
                "pinball.0.95",
                0.09539951573849882,
                "coverage.0.95",
                0.9055690072639225,
                "intervalCoverage.90",
                0.7167070217917676,
                "intervalWidth.90",
                1.4412832929782082,
                "intervalScore.90",
                4.310532687651332,
                "intervalCoverage.80",
                0.6464891041162227,
                "intervalWidth.80",
                1.3081113801452784,
                "intervalScore.80",
                3.093825665859564,
                "intervalCoverage.50",
                0.45036319612590797,
                "intervalWidth.50",
                0.8026634382566586,
                "intervalScore.50",
                2.0351089588377724,
                "mae",
                0.6592112000891827,
                "mse",
                0.6595017983131176,
                "rmse",
                0.8120971606360396,
                "bias",
                0.25483192316060277);
    }

    @Test
    void takesTheMedianForThePointForecast() {
        expect(
                forecasts().unweighted().metrics(all(false)),
                "pinball",
                0.1911160714285714,
                "crps",
                0.442525,
                "calibrationError",
                0.13214285714285715,
                "quantileCrossing",
                0.14,
                "pinball.0.05",
                0.11731249999999999,
                "coverage.0.05",
                0.29,
                "pinball.0.1",
                0.156875,
                "coverage.0.1",
                0.33,
                "pinball.0.25",
                0.2528125,
                "coverage.0.25",
                0.455,
                "pinball.0.5",
                0.31625,
                "coverage.0.5",
                0.63,
                "pinball.0.75",
                0.253125,
                "coverage.0.75",
                0.79,
                "pinball.0.9",
                0.14775,
                "coverage.0.9",
                0.865,
                "pinball.0.95",
                0.09368750000000002,
                "coverage.0.95",
                0.905,
                "intervalCoverage.90",
                0.725,
                "intervalWidth.90",
                1.445,
                "intervalScore.90",
                4.22,
                "intervalCoverage.80",
                0.655,
                "intervalWidth.80",
                1.30875,
                "intervalScore.80",
                3.04625,
                "intervalCoverage.50",
                0.455,
                "intervalWidth.50",
                0.79875,
                "intervalScore.50",
                2.02375,
                "mae",
                0.6325,
                "mse",
                0.619375,
                "rmse",
                0.7870038119348597,
                "bias",
                0.1225);
    }

    @Test
    void measuresLevelsWithoutCounterpart() {
        expect(
                forecasts()
                        .unweighted()
                        .values(row -> new double[] {row[0], row[1], row[6]})
                        .metrics(family(false, 0.025, 0.9)),
                "pinball",
                0.125078125,
                "crps",
                0.23622187500000003,
                "calibrationError",
                0.15,
                "quantileCrossing",
                0.0,
                "pinball.0.025",
                0.10240625000000002,
                "coverage.0.025",
                0.29,
                "pinball.0.9",
                0.14775,
                "coverage.0.9",
                0.865);
    }

    @Test
    void namesLevelsAndIntervalsPlainly() {
        Sample one = Sample.empty().add(1, 1, 0, 1, 2, 3, 4, 5);
        assertThat(one.metrics(family(false, 0.0005, 0.0125, 1 - 0.9, 0.9, 0.9875, 0.9995)))
                .containsKeys(
                        "pinball.0.0005",
                        "coverage.0.1",
                        "intervalCoverage.80",
                        "intervalWidth.97.5",
                        "intervalScore.99.9");
    }

    @Test
    void measuresASingleLevel() {
        expect(
                Sample.empty().add(1, 5, 3).metrics(family(false, 0.9)),
                "pinball",
                1.8,
                "crps",
                1.8,
                "calibrationError",
                0.9,
                "pinball.0.9",
                1.8,
                "coverage.0.9",
                0.0);
    }

    @Test
    void nearsTheContinuousScoreAsLevelsGrow() {
        // Uniform forecasts of uniform labels: the expected score is 1/6.
        Double[] levels = new Double[99];
        double[] row = new double[100];
        for (int i = 0; i < 99; i++) {
            levels[i] = (i + 1) / 100.0;
            row[1 + i] = levels[i];
        }
        Sample sample = Sample.empty();
        for (int i = 0; i < 1000; i++) {
            double[] copy = row.clone();
            copy[0] = (i + 0.5) / 1000;
            sample.add(1, copy);
        }
        assertThat(sample.metrics(family(false, levels)).get("crps")).isCloseTo(1 / 6.0, within(1e-4));
    }

    @Test
    void tellsSharesByWilson() {
        Map<String, Uncertainty> uncertainties = forecasts().unweighted().uncertainties(all(true));
        Interval interval = uncertainties.get("coverage.0.1").interval(0.95);
        assertThat(interval.lower()).isCloseTo(0.26857425870603957, within(1e-9));
        assertThat(interval.upper()).isCloseTo(0.39783315226223115, within(1e-9));
        assertThat(uncertainties.get("coverage.0.1").method()).isEqualTo("wilson");
        assertThat(uncertainties).doesNotContainKey("calibrationError").hasSize(3 + 2 * 7 + 3 * 3 + 4);
        Map<String, Double> metrics = forecasts().unweighted().metrics(all(true));
        uncertainties.forEach((name, uncertainty) -> assertThat(metrics.get(name))
                .as(name)
                .isBetween(
                        uncertainty.interval(0.5).lower(),
                        uncertainty.interval(0.5).upper()));
    }

    @Test
    void doesNotDependOnOrderOrScaleOfWeights() {
        Map<String, Double> metrics = forecasts().metrics(all(true));
        expectSame(forecasts().shuffled(1).metrics(all(true)), metrics);
        expectSame(forecasts().scaled(0.1).metrics(all(true)), metrics);
        expectSame(forecasts().repeated().metrics(all(true)), metrics);
        Sample shifted =
                forecasts().values(row -> Arrays.stream(row).map(x -> x + 1024).toArray());
        expectSame(shifted.metrics(all(true)), metrics);
    }

    @Test
    void showsCoverageErrorsAndCrossing() {
        Shown shown = new Shown();
        Sample sample = forecasts().unweighted();
        QuantileMetrics metrics = new QuantileMetrics();
        metrics.describe(columns(true, LEVELS.toArray(new Double[0])), List.of(sample.tally(all(true))), shown);
        assertThat(shown.coverage).hasSize(7);
        assertThat(shown.coverage.get(1).level()).isEqualTo(0.1);
        assertThat(shown.coverage.get(1).observed()).isCloseTo(0.33, within(1e-12));
        assertThat(shown.residuals.stream().mapToDouble(bin -> bin.rows()).sum())
                .isEqualTo(200);
        assertThat(shown.notes).singleElement().asString().contains("cross");

        Shown plain = new Shown();
        Sample two = Sample.empty().add(1, 1, 0, 2);
        metrics.describe(columns(false, 0.1, 0.9), List.of(two.tally(family(false, 0.1, 0.9))), plain);
        assertThat(plain.notes).isEmpty();
        assertThat(plain.residuals).isEmpty();
    }
}
