package io.mlcicd.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.evaluation.metric.BinaryRows.Measured;
import io.mlcicd.evaluation.metric.BinaryRows.Row;
import io.mlcicd.evaluation.metric.MetricOptions.Costs;
import io.mlcicd.evaluation.metric.Pictures.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What holds for any rows of two classes. */
class BinaryPropertiesTest {

    private static MetricOptions costed(Costs costs) {
        return new MetricOptions(OptionalDouble.of(0.4), List.of(3.0), List.of(), List.of(), Optional.of(costs));
    }

    private static MetricOptions costed() {
        return costed(new Costs(-2, 1, 4, 0));
    }

    /** Outcomes of deciding at a threshold, counted row by row. */
    private static BinaryOutcomes decidedAt(double threshold, List<Row> rows) {
        double[] sums = new double[4];
        for (Row row : rows) {
            sums[(row.actual() == 1 ? 0 : 2) + (row.score() >= threshold ? 0 : 1)] += row.weight();
        }
        return new BinaryOutcomes(
                /* truePositives= */ sums[0],
                /* falsePositives= */ sums[2],
                /* falseNegatives= */ sums[1],
                /* trueNegatives= */ sums[3]);
    }

    private static double greatest(List<Row> rows, ToDoubleFunction<BinaryOutcomes> objective) {
        return DoubleStream.concat(
                        DoubleStream.of(Double.POSITIVE_INFINITY), rows.stream().mapToDouble(Row::score))
                .distinct()
                .map(threshold -> objective.applyAsDouble(decidedAt(threshold, rows)))
                .max()
                .orElseThrow();
    }

    private static void assertSame(Map<String, Double> some, Map<String, Double> others) {
        assertThat(some.keySet()).isEqualTo(others.keySet());
        some.forEach((name, value) -> assertThat(value).as(name).isCloseTo(others.get(name), within(1e-9)));
    }

    @RepeatedTest(20)
    void theOrderOfRowsOfOneScoreDoesNotMatter(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        BinaryRows rows = BinaryRows.random(random, 300, 12, true);

        Map<String, Double> metrics = rows.measure(costed(), true).metrics();

        assertSame(rows.shuffled(random).measure(costed(), true).metrics(), metrics);
    }

    @RepeatedTest(20)
    void scalingAllWeightsChangesNothing(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        BinaryRows rows = BinaryRows.random(random, 2 + random.nextInt(200), 50, true);

        Measured measured = rows.measure(costed(), true);
        Measured scaled = rows.reweighted(0.037).measure(costed(), true);

        assertSame(scaled.metrics(), measured.metrics());
        assertThat(scaled.uncertainties().keySet())
                .isEqualTo(measured.uncertainties().keySet());
        measured.uncertainties().forEach((name, uncertainty) -> {
            var interval = scaled.uncertainties().get(name).interval(0.9);
            assertThat(interval.lower())
                    .as(name)
                    .isCloseTo(uncertainty.interval(0.9).lower(), within(1e-9));
            assertThat(interval.upper())
                    .as(name)
                    .isCloseTo(uncertainty.interval(0.9).upper(), within(1e-9));
        });
    }

    @RepeatedTest(10)
    void aWeightOfThreeIsTheRowThreeTimes(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Row> weighted = new ArrayList<>();
        List<Row> repeated = new ArrayList<>();
        for (Row row : BinaryRows.random(random, 100, 30, false).list()) {
            int times = 1 + random.nextInt(3);
            weighted.add(new Row(row.score(), row.actual(), row.predicted(), times));
            for (int i = 0; i < times; i++) {
                repeated.add(row);
            }
        }

        assertSame(
                BinaryRows.of(weighted).measure(costed(), true).metrics(),
                BinaryRows.of(repeated).measure(costed(), true).metrics());
    }

    @RepeatedTest(40)
    void theBestThresholdsAreTheBestOfAll(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        boolean weighted = random.nextBoolean();
        BinaryRows rows = BinaryRows.random(random, 2 + random.nextInt(120), 1 + random.nextInt(80), weighted);
        Costs costs =
                new Costs(random.nextGaussian(), random.nextGaussian(), random.nextGaussian(), random.nextGaussian());

        Measured measured = rows.measure(costed(costs), true);

        double ks = greatest(rows.list(), outcomes -> Math.abs(outcomes.recall() - 1 + outcomes.specificity()));
        double youden = greatest(rows.list(), outcomes -> outcomes.recall() - 1 + outcomes.specificity());
        double f1 = greatest(rows.list(), outcomes -> outcomes.f(1));
        double cost = -greatest(rows.list(), outcomes -> -outcomes.cost(costs));
        assertThat(measured.metrics().get("ks")).isCloseTo(ks, within(1e-9));
        assertThat(measured.metrics().get("costBest")).isCloseTo(cost, within(1e-9));
        List<Threshold> thresholds = measured.findings().thresholds;
        assertThat(special(thresholds, "best F1").orElseThrow().f1()).isCloseTo(f1, within(1e-9));
        assertThat(special(thresholds, "least cost").orElseThrow().cost().orElseThrow())
                .isCloseTo(cost, within(1e-9));
        assertThat(special(thresholds, "greatest TPR − FPR")
                        .map(threshold -> threshold.recall() - 1 + threshold.specificity())
                        .orElse(0.0))
                .isCloseTo(youden, within(1e-9));
    }

    private static Optional<Threshold> special(List<Threshold> thresholds, String why) {
        return thresholds.stream()
                .filter(threshold ->
                        threshold.why().filter(reasons -> reasons.contains(why)).isPresent())
                .findFirst();
    }

    @RepeatedTest(20)
    void everyThresholdToldDoesWhatIsTold(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        BinaryRows rows = BinaryRows.random(random, 2 + random.nextInt(500), 1 + random.nextInt(300), true);

        List<Threshold> thresholds = rows.measure(costed(), true).findings().thresholds;

        assertThat(thresholds).extracting(Threshold::threshold).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(thresholds).hasSizeBetween(1, 25);
        assertThat(special(thresholds, "in use").orElseThrow().threshold()).isEqualTo(0.4);
        for (Threshold told : thresholds) {
            BinaryOutcomes outcomes = decidedAt(told.threshold(), rows.list());
            assertThat(told.precision()).isCloseTo(outcomes.precision(), within(1e-9));
            assertThat(told.recall()).isCloseTo(outcomes.recall(), within(1e-9));
            assertThat(told.f1()).isCloseTo(outcomes.f(1), within(1e-9));
            assertThat(told.specificity()).isCloseTo(outcomes.specificity(), within(1e-9));
            assertThat(told.positiveShare()).isCloseTo(outcomes.positiveShare(), within(1e-9));
            assertThat(told.cost().orElseThrow()).isCloseTo(outcomes.cost(new Costs(-2, 1, 4, 0)), within(1e-9));
        }
    }

    @Test
    void thresholdsPartTheRowsEvenly() {
        List<Threshold> thresholds = BinaryRows.generated(50_000, true)
                .measure(MetricOptions.DEFAULT, true)
                .findings()
                .thresholds;

        double[] shares = thresholds.stream()
                .filter(threshold -> threshold.why().isEmpty())
                .mapToDouble(Threshold::positiveShare)
                .toArray();
        assertThat(shares).hasSize(20);
        for (int i = 0; i < shares.length; i++) {
            assertThat(shares[i]).isCloseTo((i + 1) / 20.0, within(0.001));
        }
    }
}
