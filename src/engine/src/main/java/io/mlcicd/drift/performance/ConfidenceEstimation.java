package io.mlcicd.drift.performance;

import io.mlcicd.data.DataEngine;
import io.mlcicd.drift.performance.Calibration.Scored;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Metrics of classes without labels, by the model's own confidence (J. Białek et al., "Estimating model performance under
 * covariate shift without labels", 2024, CBPE): scores are made probabilities on the reference, and the probabilities of
 * each row are what it adds to the expected confusion matrix and ROC curve. It is right as far as a score means the same
 * probability as in the reference; a change of what the labels are for the same features it cannot see.
 */
final class ConfidenceEstimation {

    /** More rows than that calibrate no better. */
    private static final long MOST_CALIBRATED = 1_000_000;

    private final PerformanceRequest request;
    private final WatchedRows served;
    private final ClassColumns columns;
    private final List<Calibration> calibrations = new ArrayList<>();

    private ConfidenceEstimation(PerformanceRequest request, WatchedRows served, ClassColumns columns) {
        this.request = request;
        this.served = served;
        this.columns = columns;
    }

    /** Whether a task's roles have the scores that it needs. */
    static boolean suits(PerformanceRequest request) {
        return request.task() == Task.BINARY
                ? request.roles().score().isPresent()
                : request.task() == Task.MULTICLASS && !request.roles().scores().isEmpty();
    }

    static Estimates of(
            PerformanceRequest request,
            WatchedRows reference,
            WatchedRows served,
            Windows windows,
            List<String> classes)
            throws InterruptedException {
        ClassColumns columns = ClassColumns.of(request, served.relation(), classes);
        ConfidenceEstimation estimation = new ConfidenceEstimation(request, served, columns);
        estimation.requireKnownPredictions();
        List<String> notes = estimation.calibrate(reference, ClassColumns.of(request, reference.relation(), classes));
        if (served.areMany()) {
            return estimation.added(windows, notes);
        }
        Map<Integer, Map<String, EstimatedValue>> ofWindows = estimation.estimate(windows.table(), windows.column());
        Map<Integer, Map<String, EstimatedValue>> whole = estimation.estimate(windows.table(), "0");
        return new Estimates(whole.getOrDefault(0, Map.of()), ofWindows, notes);
    }

    private void requireKnownPredictions() throws InterruptedException {
        long unknown = served.engine()
                .query("SELECT COUNT(*) AS n FROM %s WHERE %s < 0".formatted(served.table(), columns.predicted()))
                .get(0)
                .count("n");
        if (unknown > 0) {
            throw new InvalidInputException(
                    "%s predicts another class than %s in %s; 'scores' must name a column for each"
                            .formatted(
                                    served.file(),
                                    String.join(", ", columns.classes()),
                                    Wording.count(unknown, "row")));
        }
    }

    private String weight() {
        return request.roles()
                .weight()
                .map(name -> "CAST(" + DataEngine.quote(name) + " AS DOUBLE)")
                .orElse("1E0");
    }

    private List<String> calibrate(WatchedRows reference, ClassColumns of) throws InterruptedException {
        List<String> notes = new ArrayList<>();
        long labelled = reference.labelledRows();
        long every = (labelled + MOST_CALIBRATED - 1) / MOST_CALIBRATED;
        String rank = reference.free("watch_rank");
        String number = "(" + rank + " - 1)";
        String sampled = "(SELECT * FROM %s AS ranked WHERE %s %% %d = 0) AS labelled"
                .formatted(reference.labelledInOrder(rank), number, every);
        for (int i = 0; i < of.scores().size(); i++) {
            int truth = of.scores().size() == 1 ? 1 : i;
            Scored scored = reference.areMany()
                    ? AddedConfidence.scored(
                            reference.engine(),
                            sampled,
                            of.scores().get(i),
                            of.actual().orElseThrow() + " = " + truth,
                            weight(),
                            "%s %% %d = %d".formatted(number, 2 * every, every))
                    : scored(reference, sampled, of, i, number, every);
            if (scored.size() == 0) {
                throw new InvalidInputException(reference.file()
                        + " (the reference of the performance watch) has no row with a weight above 0");
            }
            Calibration calibration = Calibration.of(scored);
            calibrations.add(calibration);
            notes.add(calibration.sentence(
                    of.scores().size() == 1 ? "" : " of class '" + of.classes().get(i) + "'"));
        }
        return notes;
    }

    private Scored scored(WatchedRows reference, String sampled, ClassColumns of, int score, String number, long every)
            throws InterruptedException {
        int truth = of.scores().size() == 1 ? 1 : score;
        Scored scored = new Scored((int) (reference.labelledRows() / every + every));
        reference
                .engine()
                .scan(
                        "SELECT CAST(%s AS DOUBLE) AS s, CAST(%s AS DOUBLE), %s, CAST(%s AS DOUBLE) FROM %s ORDER BY s"
                                .formatted(
                                        of.scores().get(score), of.actual().orElseThrow(), weight(), number, sampled),
                        4,
                        row -> scored.add(row[0], (int) row[1] == truth, row[2], (long) (row[3] / every) % 2 == 1));
        return scored;
    }

    private Estimates added(Windows windows, List<String> notes) throws InterruptedException {
        AddedConfidence added = AddedConfidence.of(
                served.engine(),
                windows.table(),
                windows.column(),
                windows.windows().size(),
                columns,
                weight(),
                calibrations);
        double level = request.confidence().level();
        List<String> all = new ArrayList<>(notes);
        added.sentence().ifPresent(all::add);
        return new Estimates(
                added.whole().map(whole -> whole.metrics(level)).orElse(Map.of()), metrics(added.byWindow()), all);
    }

    private Map<Integer, Map<String, EstimatedValue>> metrics(Map<Integer, ExpectedMetrics> groups) {
        Map<Integer, Map<String, EstimatedValue>> estimates = new TreeMap<>();
        groups.forEach((index, group) ->
                estimates.put(index, group.metrics(request.confidence().level())));
        return estimates;
    }

    private double[] probabilities(double[] row) {
        int classes = columns.classes().size();
        double[] probabilities = new double[classes];
        if (calibrations.size() == 1) {
            probabilities[1] = calibrations.get(0).probability(row[0]);
            probabilities[0] = 1 - probabilities[1];
            return probabilities;
        }
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            probabilities[i] = calibrations.get(i).probability(row[i]);
            sum += probabilities[i];
        }
        for (int i = 0; i < classes; i++) {
            probabilities[i] = sum > 0 ? probabilities[i] / sum : 1.0 / classes;
        }
        return probabilities;
    }

    private Map<Integer, Map<String, EstimatedValue>> estimate(String table, String by) throws InterruptedException {
        int scores = columns.scores().size();
        Map<Integer, ExpectedMetrics> groups = new TreeMap<>();
        String list = String.join(
                ", ",
                columns.scores().stream()
                        .map(score -> "CAST(" + score + " AS DOUBLE)")
                        .toList());
        for (int i = 0; i < scores; i++) {
            int curve = i;
            served.engine()
                    .scan(
                            "SELECT %s, CAST(%s AS DOUBLE), %s, CAST(%s AS DOUBLE) FROM %s ORDER BY %d, %d DESC"
                                    .formatted(list, columns.predicted(), weight(), by, table, scores + 3, i + 1),
                            scores + 3,
                            row -> {
                                if (!(row[scores + 1] > 0)) {
                                    return;
                                }
                                ExpectedMetrics group = groups.computeIfAbsent(
                                        (int) row[scores + 2],
                                        index -> new ExpectedMetrics(
                                                columns.classes().size(), scores));
                                double[] probabilities = probabilities(row);
                                if (curve == 0) {
                                    group.confusion().add(probabilities, (int) row[scores], row[scores + 1]);
                                }
                                double positive = scores == 1 ? probabilities[1] : probabilities[curve];
                                group.curve(curve).add(row[curve], positive, row[scores + 1]);
                            });
        }
        return metrics(groups);
    }
}
