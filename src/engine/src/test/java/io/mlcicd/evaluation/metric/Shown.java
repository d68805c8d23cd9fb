package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.Pictures.CalibrationBin;
import io.mlcicd.evaluation.metric.Pictures.ClassMetrics;
import io.mlcicd.evaluation.metric.Pictures.Confusion;
import io.mlcicd.evaluation.metric.Pictures.LevelCoverage;
import io.mlcicd.evaluation.metric.Pictures.NamedCurve;
import io.mlcicd.evaluation.metric.Pictures.Point;
import io.mlcicd.evaluation.metric.Pictures.ResidualBin;
import io.mlcicd.evaluation.metric.Pictures.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What metrics show beside their numbers, as it comes. */
final class Shown implements Findings {

    final List<Confusion> confusions = new ArrayList<>();
    final List<ClassMetrics> classes = new ArrayList<>();
    final List<NamedCurve> curves = new ArrayList<>();
    final List<CalibrationBin> bins = new ArrayList<>();
    final List<String> positives = new ArrayList<>();
    final List<Threshold> thresholds = new ArrayList<>();
    final List<ResidualBin> residuals = new ArrayList<>();
    final List<LevelCoverage> coverage = new ArrayList<>();
    final List<String> notes = new ArrayList<>();

    /** The curves' points, by kind. */
    Map<String, List<Point>> curvesByKind() {
        return curves.stream().collect(Collectors.toMap(NamedCurve::kind, NamedCurve::points));
    }

    @Override
    public void positive(String name) {
        positives.add(name);
    }

    @Override
    public void confusion(Confusion confusion) {
        confusions.add(confusion);
    }

    @Override
    public void classes(List<ClassMetrics> ofClasses) {
        classes.addAll(ofClasses);
    }

    @Override
    public void curve(NamedCurve curve) {
        curves.add(curve);
    }

    @Override
    public void calibration(List<CalibrationBin> calibration) {
        this.bins.addAll(calibration);
    }

    @Override
    public void thresholds(List<Threshold> table) {
        thresholds.addAll(table);
    }

    @Override
    public void residuals(List<ResidualBin> bins) {
        residuals.addAll(bins);
    }

    @Override
    public void coverage(List<LevelCoverage> levels) {
        coverage.addAll(levels);
    }

    @Override
    public void note(String sentence) {
        notes.add(sentence);
    }
}
