package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Metrics of a task with any number of classes. */
final class MulticlassMetrics implements TaskMetrics {

    private final Predictions predictions;
    private final String actual;
    private final String predicted;
    private final Map<String, String> scores = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<ConfusionMatrix> whole = Optional.empty();

    MulticlassMetrics(Predictions predictions, Column label, Column prediction, Map<String, Column> scores)
            throws InterruptedException {
        this.predictions = predictions;
        this.actual = ClassLabels.sql(label);
        this.predicted = ClassLabels.sql(prediction);
        scores.forEach((name, column) -> this.scores.put(name, DataEngine.quote(column.name())));
        if (!this.scores.isEmpty()) {
            requireScoreOfEveryLabel();
        }
    }

    private void requireScoreOfEveryLabel() throws InterruptedException {
        for (String name :
                Confusions.count(predictions, Grouping.all(), actual, actual).classes()) {
            if (!scores.containsKey(name)) {
                throw new InvalidInputException("%s has the class '%s', but 'scores' names no column for it; it has: %s"
                        .formatted(predictions.file(), name, String.join(", ", scores.keySet())));
            }
        }
    }

    @Override
    public Map<String, Map<String, Double>> by(Grouping grouping) throws InterruptedException {
        Map<String, Map<String, Double>> metrics = new TreeMap<>();
        Map<String, ConfusionMatrix> matrices =
                Confusions.count(predictions, grouping, actual, predicted).matrices(List.of());
        matrices.forEach((group, matrix) -> metrics.put(group, matrix.multiclass()));
        if (grouping.equals(Grouping.all())) {
            whole = Optional.ofNullable(matrices.get(Grouping.ALL));
        }
        if (!scores.isEmpty()) {
            logLoss(grouping, metrics);
            rocAuc(grouping, matrices, metrics);
        }
        return metrics;
    }

    private void logLoss(Grouping grouping, Map<String, Map<String, Double>> metrics) throws InterruptedException {
        StringBuilder hit = new StringBuilder("CASE");
        scores.forEach((name, column) -> hit.append(" WHEN (")
                .append(actual)
                .append(") = ")
                .append(DataEngine.literal(name))
                .append(" THEN ")
                .append(column));
        hit.append(" END");
        predictions.engine().stream(
                "SELECT g, MIN(h) AS least, MAX(h) AS greatest, AVG(-LN(LEAST(GREATEST(h, "
                        + Probabilities.EPSILON + "), 1 - " + Probabilities.EPSILON
                        + "))) AS log_loss FROM (SELECT " + grouping.sql() + " AS g, " + hit + " AS h FROM "
                        + predictions.from() + ") AS hits GROUP BY g",
                row -> {
                    boolean probabilities = row.number("least").orElse(-1) >= 0
                            && row.number("greatest").orElse(2) <= 1;
                    if (probabilities) {
                        metrics.get(row.text("g").orElseThrow())
                                .put("logLoss", row.number("log_loss").orElseThrow());
                    } else if (grouping.equals(Grouping.all())) {
                        notes.add("logLoss needs probabilities, but some scores are below 0 or above 1");
                    }
                });
    }

    /** The mean over the classes of each class's area against all others (Provost and Domingos, 2000). */
    private void rocAuc(
            Grouping grouping, Map<String, ConfusionMatrix> matrices, Map<String, Map<String, Double>> metrics)
            throws InterruptedException {
        Map<String, List<Double>> areas = new TreeMap<>();
        for (Map.Entry<String, String> score : scores.entrySet()) {
            Map<String, RankingCurve> rankings = new TreeMap<>();
            matrices.forEach((group, matrix) -> {
                int index = matrix.classes().indexOf(score.getKey());
                long positives = index < 0 ? 0 : matrix.support(index);
                rankings.put(group, new RankingCurve(positives, matrix.total() - positives));
            });
            String positive = "(" + actual + ") = " + DataEngine.literal(score.getKey());
            Rankings.stream(predictions, grouping, score.getValue(), positive, rankings);
            rankings.forEach((group, ranking) -> ranking.rocAuc()
                    .ifPresent(area -> areas.computeIfAbsent(group, key -> new ArrayList<>())
                            .add(area)));
        }
        metrics.forEach((group, ofGroup) -> {
            List<Double> ofClasses = areas.getOrDefault(group, List.of());
            if (ofClasses.size() == scores.size()) {
                ofGroup.put(
                        "rocAuc.ovr",
                        ofClasses.stream().mapToDouble(Double::doubleValue).sum() / scores.size());
            } else if (grouping.equals(Grouping.all())) {
                notes.add("rocAuc.ovr needs at least one row of every class that has a score, and one of another");
            }
        });
    }

    @Override
    public void describe(EvaluationDraft draft) {
        whole.ifPresent(draft::confusion);
    }

    @Override
    public List<String> notes() {
        return notes;
    }
}
