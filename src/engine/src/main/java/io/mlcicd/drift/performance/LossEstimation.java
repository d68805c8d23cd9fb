package io.mlcicd.drift.performance;

import io.mlcicd.data.DataEngine;
import io.mlcicd.document.Figures;
import io.mlcicd.drift.learner.BoostedTrees;
import io.mlcicd.drift.learner.Matrix;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Task;
import io.mlcicd.statistic.Interval;
import io.mlcicd.statistic.NormalError;
import io.mlcicd.statistic.WeightedMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Errors of predicted numbers without labels, by direct loss estimation (NannyML's DLE): boosted trees learn from the
 * reference how large absolute and squared errors are for given features and prediction; the means of what they say of
 * served rows are {@code mae}, {@code mse} and, by its root, {@code rmse}. It is right as far as errors depend on the
 * features as they did in the reference; a change of what the labels are for the same features it cannot see.
 */
final class LossEstimation {

    /** In place of a window, all rows. */
    private static final int ALL = -1;

    private static final int MOST_LEARNED = 100_000;
    private static final int BATCH = 8192;
    private static final BoostedTrees.Options OPTIONS = BoostedTrees.Options.USUAL.withTrees(100);

    private final PerformanceRequest request;
    private final Features features;
    private final BoostedTrees absolute;
    private final BoostedTrees squared;
    private final double absoluteDeviation;
    private final double squaredDeviation;

    private LossEstimation(
            PerformanceRequest request,
            Features features,
            BoostedTrees absolute,
            BoostedTrees squared,
            double absoluteDeviation,
            double squaredDeviation) {
        this.request = request;
        this.features = features;
        this.absolute = absolute;
        this.squared = squared;
        this.absoluteDeviation = absoluteDeviation;
        this.squaredDeviation = squaredDeviation;
    }

    /** Whether a task is such that its errors can be learned. */
    static boolean suits(PerformanceRequest request) {
        return request.task() == Task.REGRESSION;
    }

    static Estimates of(
            PerformanceRequest request,
            List<String> candidates,
            WatchedRows reference,
            WatchedRows served,
            Windows windows)
            throws InterruptedException {
        String prediction = request.roles()
                .prediction()
                .orElseThrow(() -> new InvalidInputException(
                        "an estimate of errors needs the column with the predicted value: name it with 'prediction'"));
        Features features = Features.of(candidates, reference, prediction);
        double[][] learned = learned(request, features, reference, prediction);
        int columns = features.names().size();
        Matrix x = Matrix.ofColumns(features.names(), Arrays.copyOf(learned, columns));
        double[] errors = learned[columns];
        double[] squares = Arrays.stream(errors).map(error -> error * error).toArray();
        double skill = skill(x, errors);
        LossEstimation estimation = new LossEstimation(
                request,
                features,
                BoostedTrees.regressor(x, errors, OPTIONS),
                BoostedTrees.regressor(x, squares, OPTIONS),
                deviation(errors),
                deviation(squares));
        List<String> notes = new ArrayList<>();
        notes.add(
                "errors are learned from %s of the reference by %s; of how they vary, that tells %s %% on held-out rows"
                        .formatted(
                                Wording.count(errors.length, "row"),
                                String.join(", ", features.names()),
                                Figures.number(Math.max(0, skill) * 100)));
        Map<Integer, Map<String, EstimatedValue>> byWindow = served.areMany()
                ? estimation.estimateDrawn(served, windows, notes)
                : estimation.estimate(served, windows);
        return new Estimates(byWindow.remove(ALL), byWindow, notes);
    }

    /** The features of labelled rows and, as the last column, the absolute error. */
    private static double[][] learned(
            PerformanceRequest request, Features features, WatchedRows reference, String prediction)
            throws InterruptedException {
        int columns = features.names().size() + 1;
        long labelled = reference.labelledRows();
        long every = (labelled + MOST_LEARNED - 1) / MOST_LEARNED;
        List<double[]> rows = new ArrayList<>();
        String rank = reference.free("watch_rank");
        reference
                .engine()
                .scan(
                        "SELECT %s, ABS(CAST(%s AS DOUBLE) - CAST(%s AS DOUBLE)) FROM %s AS labelled WHERE (%s - 1) %% %d = 0 ORDER BY %s"
                                .formatted(
                                        String.join(", ", features.sql()),
                                        DataEngine.quote(prediction),
                                        DataEngine.quote(request.roles().label().orElseThrow()),
                                        reference.labelledInOrder(rank),
                                        rank,
                                        every,
                                        rank),
                        columns,
                        row -> rows.add(row.clone()));
        return transposed(rows, columns);
    }

    private static double[][] transposed(List<double[]> rows, int columns) {
        double[][] transposed = new double[columns][rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            for (int c = 0; c < columns; c++) {
                transposed[c][i] = rows.get(i)[c];
            }
        }
        return transposed;
    }

    /** The coefficient of determination on every other row, learned from the rest. */
    private static double skill(Matrix x, double[] errors) throws InterruptedException {
        int[] even = IntStream.range(0, errors.length).filter(i -> i % 2 == 0).toArray();
        int[] odd = IntStream.range(0, errors.length).filter(i -> i % 2 == 1).toArray();
        if (odd.length < 2) {
            return 0;
        }
        double[] said = BoostedTrees.regressor(
                        x.select(even),
                        Arrays.stream(even).mapToDouble(i -> errors[i]).toArray(),
                        OPTIONS)
                .predict(x.select(odd));
        double mean = Arrays.stream(odd).mapToDouble(i -> errors[i]).average().orElseThrow();
        double left = 0;
        double all = 0;
        for (int i = 0; i < odd.length; i++) {
            left += (errors[odd[i]] - said[i]) * (errors[odd[i]] - said[i]);
            all += (errors[odd[i]] - mean) * (errors[odd[i]] - mean);
        }
        return all > 0 ? 1 - left / all : 0;
    }

    private static double deviation(double[] values) {
        WeightedMean mean = new WeightedMean();
        Arrays.stream(values).forEach(value -> mean.add(value, 1));
        return Math.sqrt(mean.variance());
    }

    /** What is put together of one group of rows. */
    private static final class Group {
        final WeightedMean absolute = new WeightedMean();
        final WeightedMean squared = new WeightedMean();
        long rows;
    }

    /** Estimates by window, and of all rows. */
    private Map<Integer, Map<String, EstimatedValue>> estimate(WatchedRows served, Windows windows)
            throws InterruptedException {
        Map<Integer, Group> groups = predicted(served.engine(), windows.table(), windows.column());
        Map<Integer, Map<String, EstimatedValue>> estimates = new TreeMap<>();
        groups.forEach((index, group) -> {
            double root = Math.sqrt(group.absolute.effectiveSize());
            estimates.put(
                    index,
                    metrics(
                            group.absolute.value(), absoluteDeviation / root,
                            group.squared.value(), squaredDeviation / root));
        });
        estimates.putIfAbsent(ALL, Map.of());
        return estimates;
    }

    /** The same by rows that are drawn of each window; what drawing adds to the error is the drawn ones' own. */
    private Map<Integer, Map<String, EstimatedValue>> estimateDrawn(
            WatchedRows served, Windows windows, List<String> notes) throws InterruptedException {
        DrawnWindows drawn = DrawnWindows.of(served, windows, weight());
        Map<Integer, Group> groups = predicted(served.engine(), drawn.from(), windows.column());
        Optional<Group> all = Optional.ofNullable(groups.remove(ALL));
        Map<Integer, Map<String, EstimatedValue>> estimates = new TreeMap<>();
        Strata absolute = new Strata(absoluteDeviation);
        Strata squared = new Strata(squaredDeviation);
        groups.forEach((index, group) -> {
            DrawnWindows.Totals totals = drawn.totals().get(index);
            double left = 1 - group.rows / totals.rows();
            estimates.put(
                    index,
                    metrics(
                            group.absolute.value(), absolute.add(group.absolute, totals, left),
                            group.squared.value(), squared.add(group.squared, totals, left)));
        });
        estimates.put(
                ALL,
                all.isEmpty() ? Map.of() : metrics(absolute.mean(), absolute.error(), squared.mean(), squared.error()));
        if (absolute.greatest() > 0) {
            notes.add(
                    "what errors to expect was computed for %s, about %s of each large window, drawn by chance; that gives the mae of a window a standard error of up to %s, which its interval has in it"
                            .formatted(
                                    Wording.count(all.map(some -> some.rows).orElse(0L), "row"),
                                    Wording.count(drawn.most(), "row"),
                                    Figures.number(absolute.greatest())));
        }
        return estimates;
    }

    private String weight() {
        return request.roles()
                .weight()
                .map(name -> "CAST(" + DataEngine.quote(name) + " AS DOUBLE)")
                .orElse("1E0");
    }

    /** What trees say of rows, by window and of all. */
    private Map<Integer, Group> predicted(DataEngine engine, String from, String window) throws InterruptedException {
        Map<Integer, Group> groups = new TreeMap<>();
        int columns = features.names().size();
        List<double[]> batch = new ArrayList<>();
        engine.scan(
                "SELECT %s, %s, CAST(%s AS DOUBLE) FROM %s"
                        .formatted(String.join(", ", features.sql()), weight(), window, from),
                columns + 2,
                row -> {
                    batch.add(row.clone());
                    if (batch.size() == BATCH) {
                        predict(batch, groups);
                    }
                });
        predict(batch, groups);
        return groups;
    }

    private void predict(List<double[]> batch, Map<Integer, Group> groups) {
        int columns = features.names().size();
        if (batch.isEmpty()) {
            return;
        }
        double[][] transposed = transposed(batch, columns + 2);
        Matrix x = Matrix.ofColumns(features.names(), Arrays.copyOf(transposed, columns));
        double[] errors = absolute.predict(x);
        double[] squares = squared.predict(x);
        for (int i = 0; i < batch.size(); i++) {
            double weight = transposed[columns][i];
            if (weight > 0) {
                for (int index : new int[] {(int) transposed[columns + 1][i], ALL}) {
                    Group group = groups.computeIfAbsent(index, none -> new Group());
                    group.absolute.add(Math.max(0, errors[i]), weight);
                    group.squared.add(Math.max(0, squares[i]), weight);
                    group.rows++;
                }
            }
        }
        batch.clear();
    }

    private Map<String, EstimatedValue> metrics(
            double absoluteMean, double absoluteError, double squaredMean, double squaredError) {
        Map<String, EstimatedValue> metrics = new LinkedHashMap<>();
        metrics.put("mae", value(absoluteMean, absoluteError, value -> value));
        metrics.put("mse", value(squaredMean, squaredError, value -> value));
        metrics.put("rmse", value(squaredMean, squaredError, Math::sqrt));
        return metrics;
    }

    private EstimatedValue value(double mean, double error, DoubleUnaryOperator function) {
        Interval inner = NormalError.ofMean(mean, error, 0, Double.POSITIVE_INFINITY)
                .interval(request.confidence().level());
        return new EstimatedValue(
                function.applyAsDouble(mean),
                Optional.of(
                        new Interval(function.applyAsDouble(inner.lower()), function.applyAsDouble(inner.upper()))));
    }
}
