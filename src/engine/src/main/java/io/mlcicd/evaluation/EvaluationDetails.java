package io.mlcicd.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mlcicd.evaluation.metric.Pictures.CalibrationBin;
import io.mlcicd.evaluation.metric.Pictures.ClassMetrics;
import io.mlcicd.evaluation.metric.Pictures.Confusion;
import io.mlcicd.evaluation.metric.Pictures.LevelCoverage;
import io.mlcicd.evaluation.metric.Pictures.NamedCurve;
import io.mlcicd.evaluation.metric.Pictures.ResidualBin;
import io.mlcicd.evaluation.metric.Pictures.Threshold;
import io.mlcicd.operation.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an evaluation adds to its result document.
 *
 * @param task the kind of prediction; empty where only reported numbers were held against gates
 * @param rows number of evaluated rows
 * @param confidence of all intervals in this document, such as 0.95
 * @param intervals metric name to its confidence interval
 * @param positive binary: the positive class
 * @param confusion classification: how often each class was taken for each
 * @param classes classification: each class by itself
 * @param slices metrics of each slice, in the order of columns and values
 * @param plots ROC, precision–recall and other curves
 * @param calibration how scores and shares of positives go together
 * @param thresholds binary: what decisions at other thresholds would have done
 * @param residuals regression: how the errors spread
 * @param coverage quantile: how often the truth was at or below each quantile
 * @param worstSlices the slices on which the model does worst, worst first
 * @param fairness how differently groups are treated
 * @param behaviour what came of behavioural tests
 * @param tests what came of the model's own tests
 * @param champion what was compared with
 * @param notes metrics that could not be computed, and why; what to mind about others
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EvaluationDetails(
        Optional<Task> task,
        long rows,
        double confidence,
        Map<String, MetricInterval> intervals,
        Optional<String> positive,
        Optional<Confusion> confusion,
        List<ClassMetrics> classes,
        List<SliceMetrics> slices,
        List<NamedCurve> plots,
        List<CalibrationBin> calibration,
        List<Threshold> thresholds,
        List<ResidualBin> residuals,
        List<LevelCoverage> coverage,
        List<WorstSlice> worstSlices,
        List<Fairness> fairness,
        List<Behaviour> behaviour,
        List<TestSuite> tests,
        Optional<Champion> champion,
        List<String> notes) {

    public EvaluationDetails {
        intervals = intervals == null ? Map.of() : intervals;
        classes = orEmpty(classes);
        slices = orEmpty(slices);
        plots = orEmpty(plots);
        calibration = orEmpty(calibration);
        thresholds = orEmpty(thresholds);
        residuals = orEmpty(residuals);
        coverage = orEmpty(coverage);
        worstSlices = orEmpty(worstSlices);
        fairness = orEmpty(fairness);
        behaviour = orEmpty(behaviour);
        tests = orEmpty(tests);
        notes = orEmpty(notes);
    }

    /**
     * A confidence interval.
     *
     * @param method how it was found: {@code wilson}, {@code delong}, {@code normal}, {@code bootstrap} ...
     */
    public record MetricInterval(double lower, double upper, String method) {}

    /**
     * One slice.
     *
     * @param column what splits: a column, or several with commas
     * @param value what the slice's rows have there
     * @param rows how many there are
     * @param gated whether gates on slices hold it; slices that are too small are not
     * @param metrics metric name to value
     * @param intervals metric name to confidence interval
     */
    public record SliceMetrics(
            String column,
            String value,
            long rows,
            boolean gated,
            Map<String, Double> metrics,
            Map<String, MetricInterval> intervals) {
        public SliceMetrics {
            intervals = intervals == null ? Map.of() : intervals;
        }
    }

    /**
     * A slice on which the model does worse than on all other rows.
     *
     * @param conditions what its rows have in common, such as {@code season = winter} or {@code temp_max below 4.4}
     * @param sentence the finding in words, with numbers, for a reviewer
     * @param rows how many rows it has
     * @param metric what was compared, such as {@code errorRate} or {@code absoluteError}; less is better
     * @param value of the slice
     * @param rest of all other rows
     * @param pValue that chance alone makes such a difference, corrected for the number of slices that were looked at
     *     (Holm)
     * @param effect the difference in standard deviations
     */
    public record WorstSlice(
            List<String> conditions,
            String sentence,
            long rows,
            String metric,
            double value,
            double rest,
            double pValue,
            double effect) {}

    /**
     * How differently the groups of one slicing are treated (Hardt, Price and Srebro 2016; names as in Fairlearn).
     *
     * @param column what tells the groups
     * @param groups the groups that have enough rows
     * @param measures {@code demographicParityDifference} ... to value; each is a metric {@code fairness.<column>.<name>}
     * @param sentence the finding in words
     */
    public record Fairness(String column, List<FairnessGroup> groups, Map<String, Double> measures, String sentence) {}

    /** A group: the share of it that was predicted positive, and of its positives and of its negatives. */
    public record FairnessGroup(
            String value,
            long rows,
            double selectionRate,
            OptionalDouble truePositiveRate,
            OptionalDouble falsePositiveRate) {}

    /**
     * What came of a behavioural test.
     *
     * @param kind see {@link BehaviourSpec.Kind}
     * @param rows how many rows were tested
     * @param passed how many of them behaved
     * @param examples the first rows that did not, each in words
     */
    public record Behaviour(String name, String kind, long rows, long passed, List<String> examples) {}

    /**
     * What came of a suite of the model's own tests.
     *
     * @param name the suite's name
     * @param failures names of the tests that failed or broke, with their messages
     */
    public record TestSuite(
            String name, long tests, long failed, long errors, long skipped, double seconds, List<String> failures) {}

    /**
     * The champion.
     *
     * @param document its result document: the name of the file, or which evaluation it is in words
     * @param evaluated when it was evaluated
     * @param metrics its metrics: over the same rows, if its predictions are known, else as it was evaluated
     * @param paired whether both were judged by the same rows, row by row
     * @param changes metric name to the change against the champion
     * @param tests tests of whether the two differ
     */
    public record Champion(
            String document,
            String evaluated,
            Map<String, Double> metrics,
            boolean paired,
            Map<String, Change> changes,
            List<PairedTest> tests) {
        public Champion {
            changes = changes == null ? Map.of() : changes;
            tests = orEmpty(tests);
        }
    }

    /**
     * A metric minus the champion's.
     *
     * @param lower limits of its confidence interval; empty where there is none
     * @param better whether the change is for the better; empty where it is neither, or nobody knows
     */
    public record Change(
            double change,
            OptionalDouble lower,
            OptionalDouble upper,
            OptionalDouble pValue,
            Optional<String> method,
            Optional<Boolean> better) {}

    /**
     * A test of whether model and champion differ.
     *
     * @param name such as {@code McNemar}
     * @param pValue that chance alone makes such a difference
     * @param sentence what it says, in words with numbers
     */
    public record PairedTest(String name, double statistic, double pValue, String sentence) {}

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }
}
