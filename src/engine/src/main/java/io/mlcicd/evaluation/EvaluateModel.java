package io.mlcicd.evaluation;

import io.mlcicd.data.DataEngines;
import io.mlcicd.document.ScratchFolder;
import io.mlcicd.evaluation.EvaluationDetails.Champion;
import io.mlcicd.evaluation.EvaluationRequest.Judged;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Gates;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Operation;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Task;
import io.mlcicd.operation.Tool;
import io.mlcicd.statistic.Estimate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges a model: metrics with their uncertainty over all rows and over slices, behavioural tests and the model's own
 * tests, held against gates and the champion.
 */
public final class EvaluateModel implements Operation<EvaluationRequest, EvaluationDetails> {

    private final DataEngines engines;

    /** Judges predictions in this process. */
    public EvaluateModel() {
        this(DataEngines.EMBEDDED);
    }

    /** Judges predictions where these engines are. */
    public EvaluateModel(DataEngines engines) {
        this.engines = engines;
    }

    @Override
    public Result<EvaluationDetails> run(EvaluationRequest request, Progress progress) throws InterruptedException {
        Instant started = Instant.now();
        long clock = System.nanoTime();
        EvaluationDraft draft = new EvaluationDraft(request.confidence());
        List<Artifact> inputs = new ArrayList<>();
        ChampionComparison comparison = ChampionComparison.with(request, draft);
        long rows = judge(request, draft, comparison, inputs, progress);
        if (rows > 0) {
            draft.metric("rows", Estimate.certain((double) rows));
        }
        List<Gate> gates = new ArrayList<>(request.gates());
        gates.addAll(BehaviourTests.run(request.behaviour(), draft, inputs, progress));
        gates.addAll(TestReports.read(request.tests(), request.gates(), draft, inputs));
        gates.addAll(TfxBlessings.read(request.blessings(), request.gates(), draft, inputs));
        comparison.document().ifPresent(file -> inputs.add(digest("champion", file)));
        Optional<Champion> champion = comparison.summary(draft);
        GateMetrics held = new GateMetrics(gates, draft, comparison);
        List<GateResult> results = Gates.hold(gates, held.model(), held.champion());
        Optional<Task> task = task(request.judged());
        Map<String, Double> metrics = EvaluationDraft.values(draft.metrics());
        return new Result<>(
                Result.SCHEMA_VERSION,
                Stage.EVALUATE,
                Tool.current(),
                Optional.of(new Model(
                        request.model().name(), task.or(() -> request.model().task()))),
                Verdict.of(results),
                started,
                (System.nanoTime() - clock) / 1e9,
                List.copyOf(inputs),
                metrics,
                results,
                request.known(),
                draft.finish(task, rows, champion));
    }

    private long judge(
            EvaluationRequest request,
            EvaluationDraft draft,
            ChampionComparison comparison,
            List<Artifact> inputs,
            Progress progress)
            throws InterruptedException {
        if (request.judged() instanceof Judged.Predictions predictions) {
            return new PredictionEvaluation(request, engines, draft, comparison, progress)
                    .judge(predictions.task(), predictions.data(), request.roles(), inputs);
        }
        if (request.judged() instanceof Judged.Service service) {
            try (ScratchFolder folder = ScratchFolder.create("evaluation")) {
                ServiceAnswers answers = ServiceAnswers.collect(
                        service.endpoint(), service.task(), request.roles(), folder.path(), draft, progress);
                inputs.add(new PredictionEvaluation(request, DataEngines.EMBEDDED, draft, comparison, progress)
                        .artifact(service.endpoint().cases()));
                return new PredictionEvaluation(request, DataEngines.EMBEDDED, draft, comparison, progress)
                        .judge(service.task(), answers.data(), answers.roles(), new ArrayList<>());
            }
        }
        Judged.Reported reported = (Judged.Reported) request.judged();
        progress.step("reading " + reported.file().shown(), 0.1);
        List<NamedFile> files = ReportedMetrics.files(reported.file());
        ReportedMetrics.read(files).forEach((name, value) -> draft.metric(name, Estimate.certain(value)));
        files.forEach(file -> inputs.add(digest("reported", file)));
        return 0;
    }

    private static Optional<Task> task(Judged judged) {
        if (judged instanceof Judged.Predictions predictions) {
            return Optional.of(predictions.task());
        }
        return judged instanceof Judged.Service service
                ? Optional.of(service.task())
                : ((Judged.Reported) judged).task();
    }

    /**
     * Where an evaluation keeps predictions for later comparisons.
     *
     * @param folder see {@link EvaluationRequest#keep}
     * @param predictions the digest of the file that was judged
     */
    public static Path keptPredictions(Path folder, Digest predictions) {
        return folder.resolve(predictions.abbreviated() + ".parquet");
    }

    static Artifact digest(String name, NamedFile file) {
        try {
            return Digests.artifact(name, file.shown(), file.path());
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + file.shown() + ": " + e.getMessage(), e);
        }
    }

    private static Artifact digest(String name, Path file) {
        return digest(name, new NamedFile(file, file.getFileName().toString()));
    }
}
