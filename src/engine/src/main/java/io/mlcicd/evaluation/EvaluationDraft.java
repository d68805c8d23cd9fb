package io.mlcicd.evaluation;

import io.mlcicd.evaluation.EvaluationDetails.Behaviour;
import io.mlcicd.evaluation.EvaluationDetails.Champion;
import io.mlcicd.evaluation.EvaluationDetails.Fairness;
import io.mlcicd.evaluation.EvaluationDetails.MetricInterval;
import io.mlcicd.evaluation.EvaluationDetails.SliceMetrics;
import io.mlcicd.evaluation.EvaluationDetails.TestSuite;
import io.mlcicd.evaluation.EvaluationDetails.WorstSlice;
import io.mlcicd.evaluation.metric.Findings;
import io.mlcicd.evaluation.metric.Pictures.CalibrationBin;
import io.mlcicd.evaluation.metric.Pictures.ClassMetrics;
import io.mlcicd.evaluation.metric.Pictures.Confusion;
import io.mlcicd.evaluation.metric.Pictures.LevelCoverage;
import io.mlcicd.evaluation.metric.Pictures.NamedCurve;
import io.mlcicd.evaluation.metric.Pictures.ResidualBin;
import io.mlcicd.evaluation.metric.Pictures.Threshold;
import io.mlcicd.operation.Task;
import io.mlcicd.statistic.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Metrics and details while they are being put together. */
final class EvaluationDraft implements Findings {

    private final Confidence confidence;
    private final Map<String, Estimate> metrics = new LinkedHashMap<>();
    private final List<SliceEstimates> slices = new ArrayList<>();
    private Optional<String> positive = Optional.empty();
    private Optional<Confusion> confusion = Optional.empty();
    private List<ClassMetrics> classes = List.of();
    private final List<NamedCurve> plots = new ArrayList<>();
    private List<CalibrationBin> calibration = List.of();
    private List<Threshold> thresholds = List.of();
    private List<ResidualBin> residuals = List.of();
    private List<LevelCoverage> coverage = List.of();
    private List<WorstSlice> worstSlices = List.of();
    private List<Fairness> fairness = List.of();
    private final List<Behaviour> behaviour = new ArrayList<>();
    private final List<TestSuite> tests = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    EvaluationDraft(Confidence confidence) {
        this.confidence = confidence;
    }

    /**
     * One slice with what was estimated of it.
     *
     * @param grouping the slicing's name
     */
    record SliceEstimates(String grouping, String value, long rows, boolean gated, Map<String, Estimate> metrics) {}

    Confidence confidence() {
        return confidence;
    }

    /** A metric over all rows; the first of a name stays. */
    void metric(String name, Estimate estimate) {
        metrics.putIfAbsent(name, estimate);
    }

    void slice(SliceEstimates slice) {
        slices.add(slice);
    }

    void worstSlices(List<WorstSlice> value) {
        worstSlices = value;
    }

    void fairness(List<Fairness> value) {
        fairness = value;
    }

    void behaviour(Behaviour value) {
        behaviour.add(value);
    }

    void tests(List<TestSuite> value) {
        tests.addAll(value);
    }

    @Override
    public void positive(String name) {
        positive = Optional.of(name);
    }

    @Override
    public void confusion(Confusion value) {
        confusion = Optional.of(value);
    }

    @Override
    public void classes(List<ClassMetrics> value) {
        classes = List.copyOf(value);
    }

    @Override
    public void curve(NamedCurve curve) {
        plots.add(curve);
    }

    @Override
    public void calibration(List<CalibrationBin> bins) {
        calibration = List.copyOf(bins);
    }

    @Override
    public void thresholds(List<Threshold> value) {
        thresholds = List.copyOf(value);
    }

    @Override
    public void residuals(List<ResidualBin> bins) {
        residuals = List.copyOf(bins);
    }

    @Override
    public void coverage(List<LevelCoverage> levels) {
        coverage = List.copyOf(levels);
    }

    @Override
    public void note(String sentence) {
        notes.add(sentence);
    }

    /** Notes by how much metrics may be off. */
    void error(String sentence) {
        errors.add(sentence);
        note(sentence);
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    Map<String, Estimate> metrics() {
        return metrics;
    }

    List<SliceEstimates> slices() {
        return slices;
    }

    EvaluationDetails finish(Optional<Task> task, long rows, Optional<Champion> champion) {
        return new EvaluationDetails(
                task,
                rows,
                confidence.level(),
                intervals(metrics),
                positive,
                confusion,
                classes,
                slices.stream()
                        .map(slice -> new SliceMetrics(
                                slice.grouping(),
                                slice.value(),
                                slice.rows(),
                                slice.gated(),
                                values(slice.metrics()),
                                intervals(slice.metrics())))
                        .toList(),
                List.copyOf(plots),
                calibration,
                thresholds,
                residuals,
                coverage,
                worstSlices,
                fairness,
                List.copyOf(behaviour),
                List.copyOf(tests),
                champion,
                List.copyOf(notes));
    }

    static Map<String, Double> values(Map<String, Estimate> estimates) {
        Map<String, Double> values = new LinkedHashMap<>();
        estimates.forEach((name, estimate) -> values.put(name, estimate.value()));
        return values;
    }

    private Map<String, MetricInterval> intervals(Map<String, Estimate> estimates) {
        Map<String, MetricInterval> intervals = new LinkedHashMap<>();
        estimates.forEach((name, estimate) -> estimate.uncertainty().ifPresent(uncertainty -> {
            var interval = uncertainty.interval(confidence.level());
            intervals.put(name, new MetricInterval(interval.lower(), interval.upper(), uncertainty.method()));
        }));
        return intervals;
    }
}
