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
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Weighted rows, handed to the tally of a family in the order that it asks for. */
record Sample(List<Row> rows) {

    /** Values as of the family's expressions, and a weight. */
    static final class Row {
        private final double[] values;
        private final double weight;

        Row(double[] values, double weight) {
            this.values = values;
            this.weight = weight;
        }

        double[] values() {
            return values;
        }

        double weight() {
            return weight;
        }
    }

    static Sample empty() {
        return new Sample(new ArrayList<>());
    }

    Sample add(double weight, double... values) {
        rows.add(new Row(values, weight));
        return this;
    }

    Sample map(UnaryOperator<Row> change) {
        return new Sample(new ArrayList<>(rows.stream().map(change).toList()));
    }

    /** The same rows with other values. */
    Sample values(UnaryOperator<double[]> change) {
        return map(row -> new Row(change.apply(row.values()), row.weight()));
    }

    Sample unweighted() {
        return map(row -> new Row(row.values(), 1));
    }

    Sample scaled(double factor) {
        return map(row -> new Row(row.values(), row.weight() * factor));
    }

    Sample shuffled(long seed) {
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));
        return new Sample(shuffled);
    }

    /** Every row as often as it weighs, a whole number, each time with a weight of 1. */
    Sample repeated() {
        Sample repeated = empty();
        for (Row row : rows) {
            for (int i = 0; i < row.weight(); i++) {
                repeated.add(1, row.values());
            }
        }
        return repeated;
    }

    Tally tally(MetricFamily family) {
        List<Row> ordered = new ArrayList<>(rows);
        ordered.sort((a, b) -> family.order().stream()
                .mapToInt(i -> Double.compare(b.values()[i], a.values()[i]))
                .filter(order -> order != 0)
                .findFirst()
                .orElse(0));
        Tally tally =
                family.tally().apply(rows.stream().mapToDouble(Row::weight).sum());
        double[] reused = new double[family.expressions().size()];
        for (Row row : ordered) {
            System.arraycopy(row.values(), 0, reused, 0, reused.length);
            tally.add(reused, row.weight());
        }
        return tally;
    }

    Map<String, Double> metrics(MetricFamily family) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        tally(family).metrics(metrics);
        return metrics;
    }

    Map<String, Uncertainty> uncertainties(MetricFamily family) {
        Map<String, Uncertainty> uncertainties = new LinkedHashMap<>();
        tally(family).uncertainties(uncertainties);
        return uncertainties;
    }

    /** Expects these metrics and no others. */
    static void expect(Map<String, Double> metrics, Object... namesAndValues) {
        Map<String, Double> expected = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            expected.put((String) namesAndValues[i], (Double) namesAndValues[i + 1]);
        }
        expectSame(metrics, expected);
    }

    /** Expects the same metrics but for rounding. */
    static void expectSame(Map<String, Double> metrics, Map<String, Double> expected) {
        assertThat(metrics.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((name, value) ->
                assertThat(metrics.get(name)).as(name).isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value)))));
    }
}
