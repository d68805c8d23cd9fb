package io.mlcicd.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.config.MlflowSettings;
import io.mlcicd.config.MlflowSettings.ChosenRun;
import io.mlcicd.config.MlflowSettings.Logged;
import io.mlcicd.config.Project;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.lineage.Parameters;
import io.mlcicd.lineage.Training;
import io.mlcicd.mlflow.MlflowArtifacts;
import io.mlcicd.mlflow.MlflowRun;
import io.mlcicd.mlflow.MlflowTracking;
import io.mlcicd.mlflow.VersionSeal;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import io.mlcicd.report.MlflowMetrics;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The run in MLflow that belongs to the model: begun or found, and what is logged to it. */
final class MlflowRuns {

    /** The folder of our documents among a run's artifacts. */
    static final String FOLDER = "mlcicd/";

    private final Project project;
    private final MlflowSettings settings;
    private final MlflowTracking tracking;
    private final MlflowArtifacts artifacts;
    private final Progress progress;

    MlflowRuns(Project project, MlflowSettings settings, Progress progress) {
        this.project = project;
        this.settings = settings;
        this.progress = progress;
        this.tracking = new MlflowTracking(settings.server());
        this.artifacts = new MlflowArtifacts(settings.server());
    }

    /** The run that training is to log into; empty where the training command makes its own. */
    Optional<MlflowRun> beforeTraining() throws InterruptedException {
        if (settings.run() instanceof ChosenRun.Given given) {
            return Optional.of(existing(given.id()));
        }
        return settings.run() instanceof ChosenRun.Own ? Optional.of(begin()) : Optional.empty();
    }

    /** The run of the model that is judged; what training has left goes before one of our own. */
    MlflowRun ofModel(Optional<String> trained) throws InterruptedException {
        if (settings.run() instanceof ChosenRun.Given given) {
            return existing(given.id());
        }
        if (settings.run() instanceof ChosenRun.Left left) {
            throw new InvalidInputException(
                    "mlflow.run names the file %s, which is not there; the training code must write its run's id into it"
                            .formatted(left.file()));
        }
        if (settings.run() instanceof ChosenRun.Newest) {
            MlflowRun newest = tracking.newest(tracking.experiment(settings.experiment()))
                    .orElseThrow(() -> new InvalidInputException(
                            "the experiment '%s' on %s has no run yet; the training code must begin one, or leave out"
                                            .formatted(settings.experiment(), settings.server())
                                    + " 'run: latest'"));
            // A search does not tell the models that were logged beside a run.
            return existing(newest.id());
        }
        return trained.isPresent() ? existing(trained.get()) : begin();
    }

    private MlflowRun begin() throws InterruptedException {
        progress.step("beginning a run in MLflow", Double.NaN);
        return tracking.begin(
                tracking.experiment(settings.experiment()),
                project.model().name(),
                Map.of("mlflow.source.name", "ml-cicd"));
    }

    private MlflowRun existing(String id) throws InterruptedException {
        return tracking.run(id)
                .orElseThrow(
                        () -> new InvalidInputException("there is no run %s on %s; see 'mlflow.run' and MLFLOW_RUN_ID"
                                .formatted(id, settings.server())));
    }

    /** Where people see it. */
    String page(MlflowRun run) {
        return tracking.page(run);
    }

    /** Ends a run that failed. */
    void fail(MlflowRun run) throws InterruptedException {
        tracking.end(run.id(), "FAILED");
    }

    /** Logs an evaluation: its metrics, the parameters of training, and tags that say of what it is. */
    void log(MlflowRun run, Result<?> evaluation) throws InterruptedException {
        progress.step("logging to MLflow", Double.NaN);
        Map<String, String> params = settings.logged().contains(Logged.PARAMS)
                ? evaluation
                        .lineage()
                        .parameters()
                        .<Map<String, String>>map(Parameters::values)
                        .orElse(Map.of())
                : Map.of();
        Map<String, Double> metrics = settings.logged().contains(Logged.METRICS) ? metrics(evaluation) : Map.of();
        List<String> refused = tracking.log(run, metrics, params, tags(evaluation));
        if (!refused.isEmpty()) {
            progress.line("MLflow keeps the values that the run has already for the parameters "
                    + String.join(", ", refused));
        }
        if (run.status().equals("RUNNING") && settings.run() instanceof ChosenRun.Own) {
            tracking.end(run.id(), "FINISHED");
        }
        progress.line("logged to " + page(run));
    }

    private static Map<String, Double> metrics(Result<?> result) {
        String flat = MlflowMetrics.json(
                ResultDocuments.of(Json.mapper().valueToTree(result), "the evaluation", JsonNode.class));
        try {
            return Json.mapper().readValue(flat, new TypeReference<LinkedHashMap<String, Double>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("flat metrics are JSON", e);
        }
    }

    private static Map<String, String> tags(Result<?> result) {
        LineageRecord lineage = result.lineage();
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("mlcicd.verdict", result.verdict().name());
        tags.put("mlcicd.version", result.tool().version());
        lineage.commit().ifPresent(commit -> {
            tags.put("mlflow.source.git.commit", commit.sha());
            tags.put("mlcicd.dirty", String.valueOf(commit.dirty()));
            commit.branch().ifPresent(branch -> tags.put("mlflow.source.git.branch", branch));
            commit.remote().ifPresent(remote -> tags.put("mlflow.source.git.repoURL", remote));
            commit.tag().ifPresent(tag -> tags.put("mlcicd.tag", tag));
        });
        for (Artifact data : lineage.data()) {
            tags.put("mlcicd.data." + data.name(), data.digest().value());
            data.dvc().ifPresent(version -> tags.put("mlcicd.dvc." + data.name(), version.hash()));
        }
        lineage.model()
                .ifPresent(model -> tags.put(VersionSeal.MODEL, model.digest().value()));
        return tags;
    }

    /** Puts a result document among the run's artifacts, where documents are wanted and can be put. */
    void document(MlflowRun run, Stage stage, Path file) throws InterruptedException {
        if (!settings.logged().contains(Logged.DOCUMENTS)) {
            return;
        }
        if (!artifacts.takesFiles(run)) {
            progress.line("the result document is not put into MLflow, for the run's artifacts are kept in "
                    + run.artifacts() + ", where ml-cicd cannot put files; start the server with --serve-artifacts");
            return;
        }
        artifacts.put(run, FOLDER + stage.key() + ".json", file);
    }

    /** What is known, with the run in it. */
    LineageRecord withRun(LineageRecord known, MlflowRun run) {
        Training training = known.training().orElse(new Training(List.of(), OptionalDouble.empty()));
        return known.withTraining(training.withRun(page(run)));
    }

    /** The run that a record of lineage names; empty when it names none on this server. */
    Optional<MlflowRun> of(LineageRecord lineage) throws InterruptedException {
        Optional<String> id = lineage.training()
                .flatMap(Training::run)
                .filter(page -> page.startsWith(settings.server() + "/"))
                .map(page -> page.substring(page.lastIndexOf('/') + 1));
        return id.isPresent() ? tracking.run(id.get()) : Optional.empty();
    }
}
