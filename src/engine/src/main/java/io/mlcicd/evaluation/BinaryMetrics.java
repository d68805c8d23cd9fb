package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import io.mlcicd.evaluation.EvaluationDetails.CalibrationBin;
import io.mlcicd.evaluation.EvaluationDetails.Curves;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Metrics of a task with two classes. */
final class BinaryMetrics implements TaskMetrics {

    private final Predictions predictions;
    private final String actual;
    private final String predicted;
    private final Optional<String> score;
    private final String positive;
    private final List<String> classes;
    private final boolean probabilities;
    private final List<String> notes = new ArrayList<>();
    private Optional<Curves> curves = Optional.empty();
    private Optional<ConfusionMatrix> whole = Optional.empty();

    BinaryMetrics(
            Predictions predictions,
            Column label,
            Optional<Column> prediction,
            Optional<Column> score,
            Optional<String> positiveName)
            throws InterruptedException {
        this.predictions = predictions;
        this.actual = ClassLabels.sql(label);
        this.score = score.map(column -> DataEngine.quote(column.name()));
        SortedSet<String> found = new TreeSet<>(Confusions.count(
                        predictions,
                        Grouping.all(),
                        actual,
                        prediction.map(ClassLabels::sql).orElse(actual))
                .classes());
        this.positive = ClassLabels.positive(found, positiveName, predictions.file());
        found.add(positive);
        this.classes = List.copyOf(found);
        String negative = classes.stream()
                .filter(name -> !name.equals(positive))
                .findFirst()
                .orElse("not " + positive);
        this.predicted = prediction
                .map(ClassLabels::sql)
                .orElseGet(() -> "CASE WHEN " + this.score.orElseThrow() + " >= 0.5 THEN "
                        + DataEngine.literal(positive) + " ELSE " + DataEngine.literal(negative) + " END");
        this.probabilities = this.score.isPresent() && areProbabilities();
    }

    private boolean areProbabilities() throws InterruptedException {
        Row range = predictions
                .engine()
                .query("SELECT MIN(" + score.orElseThrow() + ") AS least, MAX(" + score.orElseThrow()
                        + ") AS greatest FROM " + predictions.from())
                .get(0);
        double least = range.number("least").orElse(0);
        double greatest = range.number("greatest").orElse(0);
        if (least >= 0 && greatest <= 1) {
            return true;
        }
        notes.add("logLoss, brier and the calibration curve need probabilities, but the scores go from " + least
                + " to " + greatest);
        return false;
    }

    @Override
    public Map<String, Map<String, Double>> by(Grouping grouping) throws InterruptedException {
        Map<String, Map<String, Double>> metrics = new TreeMap<>();
        Map<String, ConfusionMatrix> matrices =
                Confusions.count(predictions, grouping, actual, predicted).matrices(allClasses());
        matrices.forEach((group, matrix) ->
                metrics.put(group, matrix.binary(matrix.classes().indexOf(positive))));
        if (grouping.equals(Grouping.all())) {
            whole = Optional.ofNullable(matrices.get(Grouping.ALL));
        }
        if (score.isPresent()) {
            ranking(grouping, matrices, metrics);
        }
        if (probabilities) {
            losses(grouping, metrics);
        }
        return metrics;
    }

    /** A score may put a row into a class that no label has. */
    private List<String> allClasses() {
        if (classes.size() == 2) {
            return classes;
        }
        return List.of("not " + positive, positive);
    }

    private void ranking(
            Grouping grouping, Map<String, ConfusionMatrix> matrices, Map<String, Map<String, Double>> metrics)
            throws InterruptedException {
        Map<String, RankingCurve> rankings = new TreeMap<>();
        matrices.forEach((group, matrix) -> {
            long positives = matrix.support(matrix.classes().indexOf(positive));
            rankings.put(group, new RankingCurve(positives, matrix.total() - positives));
        });
        Rankings.stream(predictions, grouping, score.orElseThrow(), isPositive(), rankings);
        rankings.forEach((group, ranking) -> {
            ranking.rocAuc().ifPresent(area -> metrics.get(group).put("rocAuc", area));
            ranking.averagePrecision().ifPresent(area -> metrics.get(group).put("prAuc", area));
        });
        if (grouping.equals(Grouping.all())) {
            RankingCurve ranking = rankings.get(Grouping.ALL);
            if (ranking.rocAuc().isEmpty()) {
                notes.add("rocAuc needs rows of both classes");
            }
            curves = Optional.of(new Curves(ranking.roc(), ranking.precisionRecall(), calibration()));
        }
    }

    /** Log loss clips probabilities as scikit-learn does, at the machine epsilon of a double. */
    private void losses(Grouping grouping, Map<String, Map<String, Double>> metrics) throws InterruptedException {
        String p = score.orElseThrow();
        String hit = "CASE WHEN " + isPositive() + " THEN " + p + " ELSE 1 - " + p + " END";
        predictions.engine().stream(
                "SELECT g, AVG(-LN(LEAST(GREATEST(h, " + Probabilities.EPSILON + "), 1 - "
                        + Probabilities.EPSILON + "))) AS log_loss, AVG((1 - h) * (1 - h)) AS brier FROM (SELECT "
                        + grouping.sql() + " AS g, " + hit + " AS h FROM " + predictions.from()
                        + ") AS hits GROUP BY g",
                row -> {
                    Map<String, Double> group = metrics.get(row.text("g").orElseThrow());
                    row.number("log_loss").ifPresent(value -> group.put("logLoss", value));
                    row.number("brier").ifPresent(value -> group.put("brier", value));
                });
    }

    private List<CalibrationBin> calibration() throws InterruptedException {
        if (!probabilities) {
            return List.of();
        }
        String p = score.orElseThrow();
        List<CalibrationBin> bins = new ArrayList<>();
        predictions.engine().stream(
                "SELECT b, COUNT(*) AS n, AVG(s) AS mean, AVG(hit) AS share FROM (SELECT LEAST(FLOOR(" + p
                        + " * 10), 9) AS b, " + p + " AS s, CASE WHEN " + isPositive()
                        + " THEN 1.0 ELSE 0.0 END AS hit FROM " + predictions.from()
                        + ") AS binned GROUP BY b ORDER BY b",
                row -> bins.add(new CalibrationBin(
                        row.count("n"),
                        row.number("mean").orElseThrow(),
                        row.number("share").orElseThrow())));
        return bins;
    }

    private String isPositive() {
        return "(" + actual + ") = " + DataEngine.literal(positive);
    }

    @Override
    public void describe(EvaluationDraft draft) {
        draft.positive(positive);
        whole.ifPresent(draft::confusion);
        curves.ifPresent(draft::curves);
    }

    @Override
    public List<String> notes() {
        return notes;
    }
}
