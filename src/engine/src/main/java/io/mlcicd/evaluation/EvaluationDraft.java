package io.mlcicd.evaluation;

import io.mlcicd.evaluation.EvaluationDetails.Champion;
import io.mlcicd.evaluation.EvaluationDetails.ClassMetrics;
import io.mlcicd.evaluation.EvaluationDetails.Confusion;
import io.mlcicd.evaluation.EvaluationDetails.Curves;
import io.mlcicd.evaluation.EvaluationDetails.ResidualBin;
import io.mlcicd.evaluation.EvaluationDetails.SliceMetrics;
import io.mlcicd.operation.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Details while they are being put together. */
final class EvaluationDraft {

    private Optional<String> positive = Optional.empty();
    private Optional<Confusion> confusion = Optional.empty();
    private Optional<Curves> curves = Optional.empty();
    private List<ClassMetrics> classes = List.of();
    private List<ResidualBin> residuals = List.of();

    void positive(String name) {
        positive = Optional.of(name);
    }

    void confusion(ConfusionMatrix matrix) {
        List<List<Long>> counts = new ArrayList<>();
        List<ClassMetrics> each = new ArrayList<>();
        for (int i = 0; i < matrix.classes().size(); i++) {
            List<Long> row = new ArrayList<>();
            for (int j = 0; j < matrix.classes().size(); j++) {
                row.add(matrix.count(i, j));
            }
            counts.add(List.copyOf(row));
            each.add(new ClassMetrics(
                    matrix.classes().get(i), matrix.support(i), matrix.precision(i), matrix.recall(i), matrix.f1(i)));
        }
        confusion = Optional.of(new Confusion(matrix.classes(), List.copyOf(counts)));
        classes = List.copyOf(each);
    }

    void curves(Curves value) {
        curves = Optional.of(value);
    }

    void residuals(List<ResidualBin> bins) {
        residuals = List.copyOf(bins);
    }

    EvaluationDetails finish(
            Task task, long rows, List<SliceMetrics> slices, Optional<Champion> champion, List<String> notes) {
        return new EvaluationDetails(
                task, rows, positive, confusion, classes, slices, curves, residuals, champion, List.copyOf(notes));
    }
}
