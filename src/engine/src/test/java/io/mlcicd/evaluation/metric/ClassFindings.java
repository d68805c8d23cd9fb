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

/** What metrics of classes and labels show; other pictures are not theirs. */
final class ClassFindings implements Findings {

    final List<Confusion> confusions = new ArrayList<>();
    final List<ClassMetrics> classes = new ArrayList<>();
    final List<NamedCurve> curves = new ArrayList<>();
    final List<CalibrationBin> bins = new ArrayList<>();
    final List<String> notes = new ArrayList<>();

    @Override
    public void positive(String name) {
        throw new AssertionError(name);
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
        bins.addAll(calibration);
    }

    @Override
    public void thresholds(List<Threshold> thresholds) {
        throw new AssertionError(thresholds);
    }

    @Override
    public void residuals(List<ResidualBin> residuals) {
        throw new AssertionError(residuals);
    }

    @Override
    public void coverage(List<LevelCoverage> levels) {
        throw new AssertionError(levels);
    }

    @Override
    public void note(String sentence) {
        notes.add(sentence);
    }
}
