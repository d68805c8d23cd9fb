package io.mlcicd.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.config.MlflowSettings;
import io.mlcicd.config.MlflowSettings.Registration;
import io.mlcicd.config.Project;
import io.mlcicd.config.Requests;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.mlflow.MlflowRun;
import io.mlcicd.mlflow.MlflowServer;
import io.mlcicd.mlflow.ModelUri;
import io.mlcicd.operation.OutsideCommand;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the stages tell MLflow and ask it; does nothing for a project without a section {@code mlflow}. */
final class ModelTracking {

    private static final String RUN_VARIABLE = "MLFLOW_RUN_ID";

    private final Project project;
    private final Requests requests;
    private final ResultFolder results;
    private final Progress progress;
    private boolean warned;

    ModelTracking(Project project, Requests requests, ResultFolder results, Progress progress) {
        this.project = project;
        this.requests = requests;
        this.results = results;
        this.progress = progress;
    }

    /** Trains with the run that training is to log into; one that fails is a failed run. */
    interface TrainingRun {
        Result<TrainingDetails> with(OutsideCommand command) throws InterruptedException;
    }

    /** Runs the training command so that its own calls of MLflow go to the run of this model. */
    Result<TrainingDetails> train(OutsideCommand command, TrainingRun training) throws InterruptedException {
        Optional<MlflowSettings> settings = requests.mlflow();
        if (settings.isEmpty()) {
            return training.with(command);
        }
        results.forget(rememberedRun());
        MlflowRuns runs = runs(settings.get());
        Optional<MlflowRun> run = runs.beforeTraining();
        Map<String, String> variables = new HashMap<>(settings.get().training());
        run.ifPresent(begun -> variables.put(RUN_VARIABLE, begun.id()));
        boolean done = false;
        try {
            Result<TrainingDetails> result = training.with(command.withEnvironment(variables));
            done = true;
            return run.isPresent() ? result.withLineage(runs.withRun(result.lineage(), run.get())) : result;
        } finally {
            if (!done && run.isPresent()) {
                fail(runs, run.get());
            }
        }
    }

    /** An interrupted thread cannot speak to a server, and a run that stays open says the truth, too: it never ended. */
    private static void fail(MlflowRuns runs, MlflowRun run) throws InterruptedException {
        if (!Thread.currentThread().isInterrupted()) {
            runs.fail(run);
        }
    }

    /** Keeps which run the model just trained belongs to. */
    void trained(Result<TrainingDetails> result) throws InterruptedException {
        Optional<MlflowSettings> settings = requests.mlflow();
        if (settings.isEmpty()) {
            return;
        }
        Optional<MlflowRun> run = runs(settings.get()).of(result.lineage());
        if (run.isPresent()) {
            Map<String, String> kept = new HashMap<>(Map.of("run", run.get().id()));
            result.lineage()
                    .model()
                    .ifPresent(model -> kept.put("model", model.digest().value()));
            AtomicFiles.write(rememberedRun(), Json.write(kept));
        }
    }

    /** The run that this very model was trained in. */
    private Optional<String> trainedIn(LineageRecord known) {
        if (!Files.exists(rememberedRun())) {
            return Optional.empty();
        }
        JsonNode kept = Json.read(rememberedRun());
        String model = known.model().map(Artifact::digest).map(Object::toString).orElse("");
        return kept.path("model").asText().equals(model)
                ? Optional.of(kept.path("run").asText())
                : Optional.empty();
    }

    private Path rememberedRun() {
        return results.file("mlflow-run.json");
    }

    /**
     * Logs an evaluation and, when it passed, registers the model.
     *
     * @return the evaluation, with run and version in its lineage
     */
    <D> Result<D> evaluated(Result<D> result) throws InterruptedException {
        Optional<MlflowSettings> settings = requests.mlflow();
        if (settings.isEmpty()) {
            return result;
        }
        MlflowRuns runs = runs(settings.get());
        MlflowRun run = runs.ofModel(trainedIn(result.lineage()));
        runs.log(run, result);
        LineageRecord lineage = runs.withRun(result.lineage(), run);
        Optional<Registration> registration = settings.get().registration().filter(known -> !known.deployed());
        if (registration.isPresent() && result.passed()) {
            lineage = lineage.withRegistered(versions(settings.get(), registration.get())
                    .register(run, lineage, result.verdict().name()));
        } else if (registration.isPresent()) {
            progress.line("nothing is registered in MLflow, for the evaluation failed");
        }
        return result.withLineage(lineage);
    }

    /** Puts the document of a stage to the run of the model it is about. */
    void document(Result<?> result) throws InterruptedException {
        Optional<MlflowSettings> settings = requests.mlflow();
        if (settings.isEmpty()) {
            return;
        }
        MlflowRuns runs = runs(settings.get());
        Optional<MlflowRun> run = runs.of(result.lineage());
        if (run.isPresent()) {
            runs.document(run.get(), result.stage(), results.file(result.stage()));
        }
    }

    /**
     * Registers a model that was released where users get it, if that is when it is to be registered.
     *
     * @return what is known, with the version in it
     */
    LineageRecord released(LineageRecord known, String verdict) throws InterruptedException {
        Optional<MlflowSettings> settings = requests.mlflow();
        Optional<Registration> registration = settings.flatMap(MlflowSettings::registration)
                .filter(Registration::deployed)
                .filter(late -> project.isLastEnvironment());
        if (registration.isEmpty()) {
            return known;
        }
        MlflowVersions versions = versions(settings.get(), registration.get());
        Optional<MlflowRun> run = runs(settings.get()).of(known);
        if (run.isPresent()) {
            return known.withRegistered(versions.register(run.get(), known, verdict));
        }
        // Of a model that was evaluated elsewhere no run is known, but a version of it may be there.
        return known.model().isPresent()
                ? versions.crown(known.model().get().digest())
                        .map(known::withRegistered)
                        .orElse(known)
                : known;
    }

    /** The champion that the project's file names in MLflow; empty when it names none there. */
    Optional<Champion> champion() throws InterruptedException {
        // A mistake in the section is told before anything is computed.
        requests.mlflow();
        Optional<ModelUri> uri = requests.championInMlflow();
        if (uri.isEmpty()) {
            return Optional.empty();
        }
        MlflowServer server = requests.mlflowServer();
        return Optional.of(new Champion(new MlflowChampion(server, progress).find(uri.get(), project.model())));
    }

    /** What MLflow says of the champion; empty when it has none yet. */
    record Champion(Optional<KnownChampion> known) {}

    private MlflowRuns runs(MlflowSettings settings) {
        if (settings.server().insecure() && !warned) {
            warned = true;
            progress.line("warning: the certificate of " + settings.server()
                    + " is not checked, for MLFLOW_TRACKING_INSECURE_TLS says so; anybody between could read along");
        }
        return new MlflowRuns(project, settings, progress);
    }

    private MlflowVersions versions(MlflowSettings settings, Registration registration) {
        return new MlflowVersions(project, settings, registration, progress);
    }
}
