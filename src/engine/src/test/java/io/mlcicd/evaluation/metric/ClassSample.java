package io.mlcicd.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.statistic.Uncertainty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Weighted rows of named columns, handed to all tallies of a task as each family asks for them. */
record ClassSample(List<Row> rows) {

    /** A value of each column, and a weight. */
    record Row(Map<String, Double> values, double weight) {}

    /** Numbers that any language makes again bit by bit: the upper 53 bits of Knuth's MMIX generator, 0 to below 1. */
    static final class Numbers {

        private long state;

        Numbers(long seed) {
            state = seed;
        }

        double next() {
            state = state * 6364136223846793005L + 1442695040888963407L;
            return (state >>> 11) * 0x1p-53;
        }

        int next(int bound) {
            return (int) (next() * bound);
        }
    }

    static ClassSample empty() {
        return new ClassSample(new ArrayList<>());
    }

    /** Adds a row of a true and a predicted class, and scores of the first classes. */
    ClassSample add(double weight, int actual, int predicted, double... scores) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("actual", (double) actual);
        values.put("predicted", (double) predicted);
        IntStream.range(0, scores.length).forEach(i -> values.put("score_" + i, scores[i]));
        rows.add(new Row(values, weight));
        return this;
    }

    ClassSample weights(DoubleUnaryOperator change) {
        return new ClassSample(rows.stream()
                .map(row -> new Row(row.values(), change.applyAsDouble(row.weight())))
                .toList());
    }

    ClassSample where(Predicate<Row> kept) {
        return new ClassSample(rows.stream().filter(kept).toList());
    }

    /** The same rows with a column set to a value. */
    ClassSample with(String column, double value) {
        return new ClassSample(rows.stream()
                .map(row -> {
                    Map<String, Double> values = new LinkedHashMap<>(row.values());
                    values.put(column, value);
                    return new Row(values, row.weight());
                })
                .toList());
    }

    ClassSample shuffled(long seed) {
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));
        return new ClassSample(shuffled);
    }

    /** Every row as often as it weighs, a whole number, each time with a weight of 1. */
    ClassSample repeated() {
        ClassSample repeated = empty();
        rows.forEach(row -> IntStream.range(0, (int) row.weight())
                .forEach(i -> repeated.rows().add(new Row(row.values(), 1))));
        return repeated;
    }

    private List<Tally> tallies(TaskMetrics task, JudgedColumns columns, boolean pictured) {
        List<Tally> tallies = new ArrayList<>();
        for (MetricFamily family : task.families(columns)) {
            Tally tally =
                    family.tally().apply(rows.stream().mapToDouble(Row::weight).sum());
            if (pictured) {
                tally = tally.withPictures();
            }
            List<Row> ordered = new ArrayList<>(rows);
            for (int index : family.order()) {
                String by = family.expressions().get(index);
                ordered.sort(
                        (a, b) -> Double.compare(b.values().get(by), a.values().get(by)));
            }
            double[] reused = new double[family.expressions().size()];
            for (Row row : ordered) {
                for (int i = 0; i < reused.length; i++) {
                    reused[i] = row.values().get(family.expressions().get(i));
                }
                tally.add(reused, row.weight());
            }
            tallies.add(tally);
        }
        return tallies;
    }

    Map<String, Double> metrics(TaskMetrics task, JudgedColumns columns) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        tallies(task, columns, false).forEach(tally -> tally.metrics(metrics));
        task.derive(columns, metrics);
        return metrics;
    }

    Map<String, Uncertainty> uncertainties(TaskMetrics task, JudgedColumns columns) {
        Map<String, Uncertainty> uncertainties = new LinkedHashMap<>();
        tallies(task, columns, false).forEach(tally -> tally.uncertainties(uncertainties));
        return uncertainties;
    }

    Shown findings(TaskMetrics task, JudgedColumns columns) {
        Shown findings = new Shown();
        task.describe(columns, tallies(task, columns, true), findings);
        return findings;
    }

    static void assertClose(Map<String, Double> metrics, Map<String, Double> expected) {
        expected.forEach((name, value) -> assertThat(metrics.get(name)).as(name).isCloseTo(value, within(1e-9)));
    }

    static void assertEqual(Map<String, Double> metrics, Map<String, Double> expected) {
        assertThat(metrics.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        assertClose(metrics, expected);
    }
}
