package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.JudgedColumns.Side;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Generated predictions of one class out of many. Scores are shares of small whole numbers, so that many are tied and some
 * are 0.
 */
final class MulticlassRows {

    static final List<String> ANIMALS = List.of("ant", "bee", "cat", "dog", "elk");
    static final JudgedColumns COLUMNS = new JudgedColumns(Side.MODEL, ANIMALS, List.of(0, 1, 2, 3), true, List.of());
    static final MulticlassMetrics METRICS = metrics(List.of(0.5, 2.0), List.of(1, 2, 3));

    /** Class 3 is never predicted, class 4 never true. */
    static final ClassSample ROWS = generated(7, 300, new int[] {0, 1, 1, 2, 3}, new int[] {0, 1, 2, 4}, 4);

    private MulticlassRows() {}

    static MulticlassMetrics metrics(List<Double> betas, List<Integer> topK) {
        return new MulticlassMetrics(
                new MetricOptions(OptionalDouble.empty(), betas, topK, List.of(), Optional.empty()), true);
    }

    static ClassSample generated(long seed, int size, int[] truths, int[] predictions, int scored) {
        ClassSample.Numbers numbers = new ClassSample.Numbers(seed);
        ClassSample sample = ClassSample.empty();
        for (int n = 0; n < size; n++) {
            int actual = truths[numbers.next(truths.length)];
            double[] scores = new double[scored];
            for (int c = 0; c < scored; c++) {
                scores[c] = numbers.next(5) + (c == actual ? 4 * numbers.next(2) : 0);
            }
            scores[numbers.next(scored)]++;
            double sum = IntStream.range(0, scored).mapToDouble(c -> scores[c]).sum();
            IntStream.range(0, scored).forEach(c -> scores[c] /= sum);
            boolean canBeRight = IntStream.of(predictions).anyMatch(code -> code == actual);
            int predicted = numbers.next() < 0.5
                    ? predictions[numbers.next(predictions.length)]
                    : canBeRight ? actual : predictions[0];
            sample.add(0.25 + numbers.next(), actual, predicted, scores);
        }
        return sample;
    }
}
