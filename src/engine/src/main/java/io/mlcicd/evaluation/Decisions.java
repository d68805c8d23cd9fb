package io.mlcicd.evaluation;

import io.mlcicd.data.DataEngine;
import io.mlcicd.evaluation.metric.JudgedColumns;
import io.mlcicd.evaluation.metric.MetricOptions;

/** What the model decided of a row, in SQL: its prediction, else whether its score reaches the threshold. */
final class Decisions {

    private static final double HALF = 0.5;

    private Decisions() {}

    /** Of a row: the predicted class's code. */
    static String ofRow(JudgedColumns columns, MetricOptions options) {
        return columns.predicted() || columns.classes().size() != 2
                ? columns.predictedValue()
                : reaches(columns.score(), options);
    }

    /** Multilabel: whether the label of that index was predicted, 1 or 0. */
    static String ofLabel(JudgedColumns columns, int label, MetricOptions options) {
        return columns.predicted() ? columns.predicted(label) : reaches(columns.score(label), options);
    }

    private static String reaches(String score, MetricOptions options) {
        return "CASE WHEN %s >= %s THEN 1 ELSE 0 END"
                .formatted(score, DataEngine.literal(options.threshold().orElse(HALF)));
    }
}
