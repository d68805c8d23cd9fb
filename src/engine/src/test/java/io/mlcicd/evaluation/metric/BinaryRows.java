package io.mlcicd.evaluation.metric;

import io.mlcicd.statistic.Uncertainty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rows of two classes, fed to their tally as an evaluation does. */
final class BinaryRows {

    /** A row; without a score the score is NaN, without a prediction so is that. */
    record Row(double score, double actual, double predicted, double weight) {}

    /** What a tally told. */
    record Measured(Map<String, Double> metrics, Map<String, Uncertainty> uncertainties, Shown findings) {}

    private final List<Row> rows;

    private BinaryRows(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    static BinaryRows of(List<Row> rows) {
        return new BinaryRows(rows);
    }

    /** Rows by column; scores, predictions and weights may be empty. */
    static BinaryRows of(double[] scores, double[] actuals, double[] predictions, double[] weights) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < actuals.length; i++) {
            rows.add(new Row(
                    scores.length == 0 ? Double.NaN : scores[i],
                    actuals[i],
                    predictions.length == 0 ? Double.NaN : predictions[i],
                    weights.length == 0 ? 1 : weights[i]));
        }
        return new BinaryRows(rows);
    }

    /**
     * Rows of Knuth's linear congruential generator, seeded with 42: three numbers u, v, w within 0 and 1 for each row,
     * whose score is u cut to four decimals, which is positive where v is below the score's square, and weighs 1/2 + w.
     */
    static BinaryRows generated(int size, boolean weighted) {
        long state = 42;
        List<Row> rows = new ArrayList<>();
        double[] drawn = new double[3];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < drawn.length; j++) {
                state = state * 6364136223846793005L + 1442695040888963407L;
                drawn[j] = (state >>> 11) * 0x1p-53;
            }
            double score = Math.floor(drawn[0] * 10000) / 10000;
            rows.add(new Row(score, drawn[1] < score * score ? 1 : 0, Double.NaN, weighted ? 0.5 + drawn[2] : 1));
        }
        return new BinaryRows(rows);
    }

    /** Random rows with many ties, of both classes. */
    static BinaryRows random(Random random, int size, int scores, boolean weighted) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double score = (double) random.nextInt(scores) / scores;
            double actual = i < 2 ? i : random.nextDouble() < score ? 1 : 0;
            rows.add(new Row(score, actual, Double.NaN, weighted ? 0.1 + random.nextDouble() : 1));
        }
        return new BinaryRows(rows);
    }

    List<Row> list() {
        return rows;
    }

    BinaryRows shuffled(Random random) {
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);
        return new BinaryRows(shuffled);
    }

    BinaryRows reweighted(double factor) {
        return new BinaryRows(rows.stream()
                .map(row -> new Row(row.score(), row.actual(), row.predicted(), row.weight() * factor))
                .toList());
    }

    boolean scored() {
        return rows.stream().noneMatch(row -> Double.isNaN(row.score()));
    }

    boolean predicted() {
        return rows.stream().noneMatch(row -> Double.isNaN(row.predicted()));
    }

    JudgedColumns columns() {
        return new JudgedColumns(
                JudgedColumns.Side.MODEL,
                List.of("no", "yes"),
                scored() ? List.of(1) : List.of(),
                predicted(),
                List.of());
    }

    Measured measure(MetricOptions options, boolean probabilities) {
        JudgedColumns columns = columns();
        BinaryMetrics task = new BinaryMetrics(options, probabilities);
        MetricFamily family = task.families(columns).get(0);
        double total = rows.stream().mapToDouble(Row::weight).sum();
        Tally plain = family.tally().apply(total);
        Tally pictured = family.tally().apply(total).withPictures();
        double threshold = options.threshold().orElse(0.5);
        rows.stream().sorted(Comparator.comparingDouble(row -> -row.score())).forEach(row -> {
            double predicted = Double.isNaN(row.predicted()) ? (row.score() >= threshold ? 1 : 0) : row.predicted();
            double[] values = family.expressions().size() == 3
                    ? new double[] {row.score(), row.actual(), predicted}
                    : new double[] {row.actual(), predicted};
            plain.add(values, row.weight());
            pictured.add(values, row.weight());
            Arrays.fill(values, Double.NaN);
        });
        Map<String, Double> metrics = new LinkedHashMap<>();
        plain.metrics(metrics);
        Map<String, Uncertainty> uncertainties = new LinkedHashMap<>();
        plain.uncertainties(uncertainties);
        Shown findings = new Shown();
        task.describe(columns, List.of(pictured), findings);
        Map<String, Double> again = new LinkedHashMap<>();
        pictured.metrics(again);
        if (!again.equals(metrics)) {
            throw new AssertionError("pictures change the metrics: " + again + " instead of " + metrics);
        }
        return new Measured(metrics, uncertainties, findings);
    }
}
