package io.mlcicd.evaluation.metric;

import java.util.List;

/**
 * The columns of the judged rows, by their roles and not by their names in the file. Classes are codes: the index of the
 * class in {@link #classes}, in the order of their texts.
 *
 * @param side whose predictions: those of the model, or of the champion in the same rows
 * @param classes binary: the negative and the positive class; multiclass: all classes that occur as label or prediction of
 *     either side; multilabel: the labels' names; else empty
 * @param scored multiclass: the classes that have a score, as indices of {@link #classes}; multilabel: the labels that have
 *     one; binary: 1 if there is a score; else empty
 * @param predicted whether there is a column of predictions
 * @param levels quantile: the levels whose quantiles were predicted, rising strictly, above 0 and below 1; else empty
 */
public record JudgedColumns(
        Side side, List<String> classes, List<Integer> scored, boolean predicted, List<Double> levels) {

    /** Whose predictions. */
    public enum Side {
        MODEL(""),
        CHAMPION("champion_");

        private final String prefix;

        Side(String prefix) {
            this.prefix = prefix;
        }
    }

    public JudgedColumns {
        classes = List.copyOf(classes);
        scored = List.copyOf(scored);
        levels = List.copyOf(levels);
    }

    /** The true value: a class's code, or a number. Binary: 1 for the positive class, else 0. Ranking: the relevance. */
    public String actual() {
        return "actual";
    }

    /** The predicted value, in the same form. */
    public String predictedValue() {
        return side.prefix + "predicted";
    }

    /** Binary: the score of the positive class; ranking: the score by which documents are ranked. */
    public String score() {
        return side.prefix + "score";
    }

    /** Multiclass: the score of the class of that index. Multilabel: the score of the label of that index. */
    public String score(int index) {
        return side.prefix + "score_" + index;
    }

    /** Multilabel: whether the label of that index holds, 1 or 0. */
    public String actual(int label) {
        return "actual_" + label;
    }

    /** Multilabel: whether the label of that index was predicted, 1 or 0. */
    public String predicted(int label) {
        return side.prefix + "predicted_" + label;
    }

    /** Quantile: the predicted quantile of the level of that index. */
    public String quantile(int index) {
        return side.prefix + "quantile_" + index;
    }

    /** Ranking: the query's code; rows of one query have the same. */
    public String query() {
        return "query";
    }
}
