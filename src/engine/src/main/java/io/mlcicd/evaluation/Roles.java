package io.mlcicd.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which column of a predictions file is what.
 *
 * @param label the true value; not of a multilabel task
 * @param prediction the predicted value; may be left out where a score tells it
 * @param score binary: the score of the positive class; ranking: what documents are ranked by
 * @param scores multiclass: class to the column with its probability
 * @param positive binary: label of the positive class; empty to recognise it, see {@link ClassLabels#positive}
 * @param labels multilabel: label to its columns
 * @param quantiles quantile: level, above 0 and below 1, to the column with that predicted quantile
 * @param query ranking: the query that a document was ranked for
 * @param weight how much a row counts, 0 or more; every row counts 1 when left out
 * @param id what names a row in this file and in the champion's; the row's number when left out
 * @param horizon forecasts: how many steps ahead they are, 1 or more, for the test of Diebold and Mariano
 */
public record Roles(
        Optional<String> label,
        Optional<String> prediction,
        Optional<String> score,
        Map<String, String> scores,
        Optional<String> positive,
        Map<String, LabelColumns> labels,
        Map<Double, String> quantiles,
        Optional<String> query,
        Optional<String> weight,
        Optional<String> id,
        OptionalInt horizon) {

    /** Columns of one label: whether it holds, whether it was predicted, and its score; one of the last two may lack. */
    public record LabelColumns(String label, Optional<String> prediction, Optional<String> score) {}

    /** No column is named. */
    public static final Roles NONE = new Roles(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty());

    public Roles {
        scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        quantiles = Collections.unmodifiableMap(new LinkedHashMap<>(quantiles));
    }

    /** With the true value in that column. */
    public Roles withLabel(String column) {
        return new Roles(
                Optional.of(column),
                prediction,
                score,
                scores,
                positive,
                labels,
                quantiles,
                query,
                weight,
                id,
                horizon);
    }

    /** With the predicted value in that column. */
    public Roles withPrediction(String column) {
        return new Roles(
                label, Optional.of(column), score, scores, positive, labels, quantiles, query, weight, id, horizon);
    }

    /** With the score in that column. */
    public Roles withScore(String column) {
        return new Roles(
                label,
                prediction,
                Optional.of(column),
                scores,
                positive,
                labels,
                quantiles,
                query,
                weight,
                id,
                horizon);
    }

    /** With a probability of each class, by class. */
    public Roles withScores(Map<String, String> columns) {
        return new Roles(label, prediction, score, columns, positive, labels, quantiles, query, weight, id, horizon);
    }

    /** The levels of the quantiles, rising. */
    List<Double> levels() {
        return quantiles.keySet().stream().sorted().toList();
    }
}
