package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.Pictures.CalibrationBin;
import io.mlcicd.evaluation.metric.Pictures.ClassMetrics;
import io.mlcicd.evaluation.metric.Pictures.Confusion;
import io.mlcicd.evaluation.metric.Pictures.LevelCoverage;
import io.mlcicd.evaluation.metric.Pictures.NamedCurve;
import io.mlcicd.evaluation.metric.Pictures.ResidualBin;
import io.mlcicd.evaluation.metric.Pictures.Threshold;
import java.util.ArrayList;
import java.util.List;

/** Findings of metrics of numbers; others are not expected. */
final class Shown implements Findings {

    final List<ResidualBin> residuals = new ArrayList<>();
    final List<LevelCoverage> coverage = new ArrayList<>();
    final List<String> notes = new ArrayList<>();

    @Override
    public void positive(String name) {
        throw new AssertionError(name);
    }

    @Override
    public void confusion(Confusion confusion) {
        throw new AssertionError(confusion);
    }

    @Override
    public void classes(List<ClassMetrics> classes) {
        throw new AssertionError(classes);
    }

    @Override
    public void curve(NamedCurve curve) {
        throw new AssertionError(curve);
    }

    @Override
    public void calibration(List<CalibrationBin> bins) {
        throw new AssertionError(bins);
    }

    @Override
    public void thresholds(List<Threshold> thresholds) {
        throw new AssertionError(thresholds);
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
