package io.mlcicd.pipeline;

import io.mlcicd.document.Json;
import io.mlcicd.evaluation.imports.MetricNames;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.mlflow.MlflowArtifacts;
import io.mlcicd.mlflow.MlflowRegistry;
import io.mlcicd.mlflow.MlflowRun;
import io.mlcicd.mlflow.MlflowServer;
import io.mlcicd.mlflow.MlflowTracking;
import io.mlcicd.mlflow.ModelUri;
import io.mlcicd.mlflow.ModelVersion;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The champion as MLflow's registry knows it: the evaluation that its run has, or else the run's own metrics. */
final class MlflowChampion {

    private final MlflowServer server;
    private final Progress progress;

    MlflowChampion(MlflowServer server, Progress progress) {
        this.server = server;
        this.progress = progress;
    }

    /**
     * Looks it up.
     *
     * @return empty when the registry has no such version yet
     * @throws InvalidInputException when the version came from no run, for then nobody knows how good it is
     */
    Optional<KnownChampion> find(ModelUri uri, Model model) throws InterruptedException {
        progress.step("asking MLflow for " + uri, Double.NaN);
        Optional<ModelVersion> version = new MlflowRegistry(server).version(uri);
        if (version.isEmpty()) {
            progress.line("there is no " + uri + " on " + server + " yet, so the model has no champion to beat");
            return Optional.empty();
        }
        MlflowRun run = run(version.get());
        String title = "version %s of %s in MLflow (%s)"
                .formatted(version.get().version(), version.get().name(), uri);
        Optional<String> evaluation =
                new MlflowArtifacts(server).text(run, MlflowRuns.FOLDER + Stage.EVALUATE.key() + ".json");
        return Optional.of(new KnownChampion(
                title, evaluation.orElseGet(() -> Json.write(evaluation(run, model))), Optional.empty()));
    }

    private MlflowRun run(ModelVersion version) throws InterruptedException {
        Optional<MlflowRun> run = version.run().isPresent()
                ? new MlflowTracking(server).run(version.run().get())
                : Optional.empty();
        return run.orElseThrow(() -> new InvalidInputException(
                "version %s of the model '%s' on %s belongs to no run, so nobody knows its metrics; name another champion"
                        .formatted(version.version(), version.name(), server)));
    }

    /** Metrics keep their names, and have beside them ours for those of MLflow's own evaluators. */
    private static Result<Map<String, Object>> evaluation(MlflowRun run, Model model) {
        Map<String, Double> metrics = new LinkedHashMap<>(run.metrics());
        MetricNames names = MetricNames.of(model.task());
        run.metrics()
                .forEach((name, value) -> names.ofMlflow(name).ifPresent(ours -> metrics.putIfAbsent(ours, value)));
        return new Result<>(
                Result.SCHEMA_VERSION,
                Stage.EVALUATE,
                Tool.current(),
                Optional.of(model),
                Verdict.PASSED,
                run.started(),
                0,
                List.of(),
                metrics,
                List.of(),
                LineageRecord.EMPTY,
                Map.of("rows", 0, "confidence", 0));
    }
}
