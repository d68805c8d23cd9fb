package io.mlcicd.evaluation.metric;

import io.mlcicd.evaluation.metric.Pictures.CalibrationBin;
import io.mlcicd.evaluation.metric.Pictures.ClassMetrics;
import io.mlcicd.evaluation.metric.Pictures.Confusion;
import io.mlcicd.evaluation.metric.Pictures.LevelCoverage;
import io.mlcicd.evaluation.metric.Pictures.NamedCurve;
import io.mlcicd.evaluation.metric.Pictures.ResidualBin;
import io.mlcicd.evaluation.metric.Pictures.Threshold;
import java.util.List;

/** Hears what an evaluation has to show beside its metrics. */
public interface Findings {

    /** Binary: the name of the positive class. */
    void positive(String name);

    void confusion(Confusion confusion);

    void classes(List<ClassMetrics> classes);

    /** A curve such as ROC; several of one kind are told apart by what they are about. */
    void curve(NamedCurve curve);

    void calibration(List<CalibrationBin> bins);

    /** Binary: what decisions at other thresholds would have done, in falling order of the threshold. */
    void thresholds(List<Threshold> thresholds);

    void residuals(List<ResidualBin> bins);

    /** Quantile: how often the truth was at or below each predicted quantile. */
    void coverage(List<LevelCoverage> levels);

    /** Why a metric was left out, or what to mind about one: one sentence. */
    void note(String sentence);
}
