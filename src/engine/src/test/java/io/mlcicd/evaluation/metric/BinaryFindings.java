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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps what it hears. */
final class BinaryFindings implements Findings {

    String positive = "";
    List<List<Double>> confusion = List.of();
    List<ClassMetrics> classes = List.of();
    final Map<String, List<Point>> curves = new LinkedHashMap<>();
    List<CalibrationBin> calibration = List.of();
    List<Threshold> thresholds = List.of();
    final List<String> notes = new ArrayList<>();

    @Override
    public void positive(String name) {
        positive = name;
    }

    @Override
    public void confusion(Confusion told) {
        confusion = told.counts();
    }

    @Override
    public void classes(List<ClassMetrics> told) {
        classes = told;
    }

    @Override
    public void curve(NamedCurve curve) {
        curves.put(curve.kind(), curve.points());
    }

    @Override
    public void calibration(List<CalibrationBin> bins) {
        calibration = bins;
    }

    @Override
    public void thresholds(List<Threshold> told) {
        thresholds = told;
    }

    @Override
    public void residuals(List<ResidualBin> bins) {
        throw new AssertionError("two classes have no residuals");
    }

    @Override
    public void coverage(List<LevelCoverage> levels) {
        throw new AssertionError("two classes have no quantiles");
    }

    @Override
    public void note(String sentence) {
        notes.add(sentence);
    }
}
