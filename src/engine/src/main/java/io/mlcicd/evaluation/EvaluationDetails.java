package io.mlcicd.evaluation;

import io.mlcicd.operation.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an evaluation adds to its result document.
 *
 * @param task the kind of prediction
 * @param rows number of evaluated rows
 * @param positive binary: the positive class
 * @param confusion classification: how often each class was taken for each
 * @param classes classification: each class by itself
 * @param slices metrics of each slice, in the order of columns and values
 * @param curves binary with a score: ROC, precision–recall and calibration
 * @param residuals regression: how the errors spread
 * @param champion the metrics compared with
 * @param notes metrics that could not be computed, and why
 */
public record EvaluationDetails(
        Task task,
        long rows,
        Optional<String> positive,
        Optional<Confusion> confusion,
        List<ClassMetrics> classes,
        List<SliceMetrics> slices,
        Optional<Curves> curves,
        List<ResidualBin> residuals,
        Optional<Champion> champion,
        List<String> notes) {

    /**
     * A confusion matrix.
     *
     * @param classes the classes, rows and columns alike
     * @param counts number of rows by true class (first index) and predicted class (second)
     */
    public record Confusion(List<String> classes, List<List<Long>> counts) {}

    /** One class: its number of true rows, and precision, recall and F1 from 0 to 1 with 0 where undefined. */
    public record ClassMetrics(String name, long support, double precision, double recall, double f1) {}

    /**
     * One slice.
     *
     * @param column the column that splits
     * @param value the value of this slice's rows
     * @param rows how many there are
     * @param gated whether gates on slices hold it; slices that are too small are not
     * @param metrics metric name to value
     */
    public record SliceMetrics(String column, String value, long rows, boolean gated, Map<String, Double> metrics) {}

    /** Curves of a binary score, each of a few hundred points at most. */
    public record Curves(List<Point> roc, List<Point> precisionRecall, List<CalibrationBin> calibration) {}

    /** A point of a curve; both coordinates 0 to 1. */
    public record Point(double x, double y) {}

    /** Rows of similar score: how many, their mean score, and the share of them that is positive. */
    public record CalibrationBin(long rows, double meanScore, double positiveShare) {}

    /** Rows whose error (prediction minus label) is from {@code from} up to {@code to}. */
    public record ResidualBin(double from, double to, long rows) {}

    /** The champion: its document, when it was evaluated, and its metrics. */
    public record Champion(String document, String evaluated, Map<String, Double> metrics) {}
}
