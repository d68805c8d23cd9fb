package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.evaluation.EvaluationDetails.Champion;
import io.mlcicd.evaluation.EvaluationDetails.SliceMetrics;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Gates;
import io.mlcicd.gate.Metrics;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Operation;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges a model by its predictions: metrics over all rows and over slices, held against gates and the champion. */
public final class EvaluateModel implements Operation<EvaluationRequest, EvaluationDetails> {

    @Override
    public Result<EvaluationDetails> run(EvaluationRequest request, Progress progress) throws InterruptedException {
        Instant started = Instant.now();
        long clock = System.nanoTime();
        Optional<Result<EvaluationDetails>> champion = champion(request);
        progress.step("reading " + request.predictions().shown(), 0.1);
        try (DataEngine engine = DataEngine.embedded(request.predictions())) {
            Predictions predictions = new Predictions(engine, engine.open(request.predictions()));
            Columns columns = Columns.find(request, predictions);
            long rows = predictions.requireValues(columns.all());
            TaskMetrics task = task(request, predictions, columns);
            progress.step("computing metrics", 0.4);
            Map<String, Double> overall = new LinkedHashMap<>();
            overall.put("rows", (double) rows);
            overall.putAll(task.by(Grouping.all()).get(Grouping.ALL));
            List<SliceMetrics> slices = slices(request, predictions, task, progress);
            EvaluationDraft draft = new EvaluationDraft();
            task.describe(draft);
            EvaluationDetails details = draft.finish(
                    request.task(), rows, slices, champion.map(found -> summary(request, found)), task.notes());
            List<GateResult> gates =
                    Gates.hold(request.gates(), metrics(overall, slices), champion.map(EvaluateModel::metrics));
            progress.step("digesting " + request.predictions().shown(), 0.9);
            return new Result<>(
                    Result.SCHEMA_VERSION,
                    Stage.EVALUATE,
                    Tool.current(),
                    Optional.of(new Model(request.model().name(), Optional.of(request.task()))),
                    Verdict.of(gates),
                    started,
                    (System.nanoTime() - clock) / 1e9,
                    inputs(request, engine.artifact(request.predictions())),
                    overall,
                    gates,
                    request.known(),
                    details);
        }
    }

    private static TaskMetrics task(EvaluationRequest request, Predictions predictions, Columns columns)
            throws InterruptedException {
        return switch (request.task()) {
            case BINARY ->
                new BinaryMetrics(
                        predictions, columns.label(), columns.prediction(), columns.score(), request.positive());
            case MULTICLASS ->
                new MulticlassMetrics(
                        predictions, columns.label(), columns.prediction().orElseThrow(), columns.scores());
            case REGRESSION ->
                new RegressionMetrics(
                        predictions, columns.label(), columns.prediction().orElseThrow());
        };
    }

    private static List<SliceMetrics> slices(
            EvaluationRequest request, Predictions predictions, TaskMetrics task, Progress progress)
            throws InterruptedException {
        List<SliceMetrics> slices = new ArrayList<>();
        for (String name : request.slices()) {
            progress.step("computing metrics by " + name, 0.6);
            Column column = predictions.column(name, "a slice");
            Grouping grouping = Grouping.by(column);
            Map<String, Long> sizes = new LinkedHashMap<>();
            predictions.engine().stream(
                    "SELECT g, COUNT(*) AS n FROM (SELECT " + grouping.sql() + " AS g FROM " + predictions.from()
                            + ") AS grouped GROUP BY g",
                    row -> sizes.put(row.text("g").orElseThrow(), row.count("n")));
            task.by(grouping).forEach((value, metrics) -> {
                long rows = sizes.get(value);
                slices.add(new SliceMetrics(name, value, rows, rows >= request.minSliceSize(), metrics));
            });
        }
        return List.copyOf(slices);
    }

    private static Metrics metrics(Map<String, Double> overall, List<SliceMetrics> slices) {
        Map<String, Map<String, Map<String, Double>>> bySlice = new LinkedHashMap<>();
        for (SliceMetrics slice : slices) {
            Map<String, Map<String, Double>> values =
                    bySlice.computeIfAbsent(slice.column(), column -> new LinkedHashMap<>());
            if (slice.gated()) {
                values.put(slice.value(), slice.metrics());
            }
        }
        return new Metrics(overall, bySlice);
    }

    private static Metrics metrics(Result<EvaluationDetails> champion) {
        return metrics(champion.metrics(), champion.details().slices());
    }

    private static Optional<Result<EvaluationDetails>> champion(EvaluationRequest request) {
        return request.champion().map(file -> {
            Result<EvaluationDetails> champion = ResultDocuments.read(file, Stage.EVALUATE, EvaluationDetails.class);
            if (champion.details().task() != request.task()) {
                throw new InvalidInputException("the champion %s is the evaluation of a %s model, this one is %s"
                        .formatted(
                                file,
                                champion.details().task().key(),
                                request.task().key()));
            }
            return champion;
        });
    }

    private static Champion summary(EvaluationRequest request, Result<EvaluationDetails> champion) {
        return new Champion(
                request.champion().map(file -> file.getFileName().toString()).orElse(""),
                champion.started().toString(),
                champion.metrics());
    }

    private static List<Artifact> inputs(EvaluationRequest request, Artifact predictions) {
        List<Artifact> inputs = new ArrayList<>();
        inputs.add(predictions);
        request.champion()
                .ifPresent(
                        file -> inputs.add(digest("champion", file.getFileName().toString(), file)));
        return List.copyOf(inputs);
    }

    private static Artifact digest(String name, String shown, Path file) {
        try {
            return Digests.artifact(name, shown, file);
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
