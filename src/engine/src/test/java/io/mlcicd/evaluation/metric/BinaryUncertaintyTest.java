package io.mlcicd.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.evaluation.metric.BinaryRows.Row;
import io.mlcicd.evaluation.metric.MetricOptions.Costs;
import io.mlcicd.statistic.Interval;
import io.mlcicd.statistic.NormalError;
import io.mlcicd.statistic.Uncertainty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Expected limits of shares were computed with statsmodels 0.15's {@code proportion_confint}, those of means with its
 * {@code DescrStatsW.std_mean}, DeLong's standard error with numpy from its definition over all pairs.
 */
class BinaryUncertaintyTest {

    private static final double[] SCORES = {
        1.0, 0.9, 0.9, 0.7, 0.7, 0.7000000000000001, 0.6, 0.30000000000000004, 0.3, 0.3, 0.1, 0.0
    };
    private static final double[] ACTUALS = {1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0};
    private static final double[] WEIGHTS = {1, 2, 0.5, 3, 1.25, 0.1, 7, 2, 0.3, 1, 4, 2.5};
    private static final double[] NONE = {};

    private static MetricOptions options(double threshold) {
        return new MetricOptions(
                OptionalDouble.of(threshold), List.of(), List.of(), List.of(), Optional.of(new Costs(-1, 2, 5, 0.25)));
    }

    private static Map<String, Uncertainty> unweighted() {
        return BinaryRows.of(SCORES, ACTUALS, NONE, NONE)
                .measure(options(0.5), true)
                .uncertainties();
    }

    @ParameterizedTest
    @CsvSource({
        "accuracy, 0.3906220888727995, 0.8618799089087869",
        "precision, 0.2504583645276572, 0.8417801447485302",
        "recall, 0.3755346297625252, 0.9637758913675698",
        "specificity, 0.2504583645276572, 0.8417801447485302",
        "positiveShare, 0.31951131254954973, 0.8067396863412435",
        "prevalence, 0.1932603136587565, 0.6804886874504502"
    })
    void sharesHaveWilsonsInterval(String metric, double lower, double upper) {
        Uncertainty uncertainty = unweighted().get(metric);

        assertThat(uncertainty.method()).isEqualTo("wilson");
        assertThat(uncertainty.interval(0.95).lower()).isCloseTo(lower, within(1e-9));
        assertThat(uncertainty.interval(0.95).upper()).isCloseTo(upper, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "accuracy, 0.24133212259493525, 0.8445375387690428",
        "precision, 0.18644770976495728, 0.8873039757476535",
        "recall, 0.0652846401685182, 0.8447352267525824"
    })
    void sharesOfWeightedRowsCountTheirEffectiveNumber(String metric, double lower, double upper) {
        Interval interval = BinaryRows.of(SCORES, ACTUALS, NONE, WEIGHTS)
                .measure(options(0.65), true)
                .uncertainties()
                .get(metric)
                .interval(0.95);

        assertThat(interval.lower()).isCloseTo(lower, within(1e-9));
        assertThat(interval.upper()).isCloseTo(upper, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "logLoss, normal, 0.201635595079789",
        "brier, normal, 0.0781134082309468",
        "cost, normal, 0.5216281813667275",
        "rocAuc, delong, 0.16235930591649828"
    })
    void othersHaveAStandardError(String metric, String method, double standardError) {
        NormalError uncertainty = (NormalError) unweighted().get(metric);

        assertThat(uncertainty.method()).isEqualTo(method);
        assertThat(uncertainty.standardError()).isCloseTo(standardError, within(1e-9));
    }

    @Test
    void manyRowsHaveTheStandardErrorsOfTheirDefinition() {
        NormalError weighted = (NormalError) BinaryRows.of(SCORES, ACTUALS, NONE, WEIGHTS)
                .measure(options(0.5), true)
                .uncertainties()
                .get("logLoss");
        NormalError area = (NormalError) BinaryRows.generated(100_000, false)
                .measure(options(0.5), true)
                .uncertainties()
                .get("rocAuc");

        assertThat(weighted.standardError()).isCloseTo(0.25561120710244495, within(1e-9));
        assertThat(area.standardError()).isCloseTo(0.0011196271105633193, within(1e-12));
    }

    @Test
    void whatCannotBeToldIsLeftOut() {
        Map<String, Uncertainty> oneRow = BinaryRows.of(new double[] {0.4}, new double[] {1}, NONE, NONE)
                .measure(options(0.5), true)
                .uncertainties();
        Map<String, Uncertainty> onePositive = BinaryRows.of(
                        new double[] {0.4, 0.3, 0.2}, new double[] {1, 0, 0}, NONE, NONE)
                .measure(options(0.5), true)
                .uncertainties();

        assertThat(oneRow).containsOnlyKeys("accuracy", "recall", "positiveShare", "prevalence");
        assertThat(onePositive)
                .containsOnlyKeys(
                        "accuracy", "recall", "specificity", "positiveShare", "prevalence", "cost", "logLoss", "brier");
    }

    /** Scores u uniform within 0 and 1, positive with chance u: the truth follows by integration. */
    @Test
    void intervalsCoverTheTruthAsOftenAsTheySay() {
        Map<String, Double> truth = Map.of(
                "accuracy", 0.75,
                "precision", 0.75,
                "recall", 0.75,
                "specificity", 0.75,
                "prevalence", 0.5,
                "rocAuc", 5.0 / 6,
                "logLoss", 0.5,
                "brier", 1.0 / 6,
                "cost", (-1 * 0.75 + 2 * 0.25 + 5 * 0.25 + 0.25 * 0.75) / 2);
        Random random = new Random(11);
        Map<String, Integer> covered = new LinkedHashMap<>();
        int samples = 1500;
        for (int i = 0; i < samples; i++) {
            List<Row> rows = new ArrayList<>();
            for (int j = 0; j < 200; j++) {
                double score = random.nextDouble();
                double actual = random.nextDouble() < score ? 1 : 0;
                rows.add(new Row(score, actual, Double.NaN, 0.5 + random.nextDouble()));
            }
            Map<String, Uncertainty> uncertainties =
                    BinaryRows.of(rows).measure(options(0.5), true).uncertainties();
            truth.forEach((name, value) -> {
                Interval interval = uncertainties.get(name).interval(0.9);
                boolean hit = interval.lower() <= value && value <= interval.upper();
                covered.merge(name, hit ? 1 : 0, Integer::sum);
            });
        }
        covered.forEach(
                (name, hits) -> assertThat((double) hits / samples).as(name).isBetween(0.875, 0.925));
    }
}
