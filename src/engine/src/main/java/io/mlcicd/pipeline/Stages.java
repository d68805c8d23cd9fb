package io.mlcicd.pipeline;

import io.mlcicd.config.KnownMonitoring;
import io.mlcicd.config.Project;
import io.mlcicd.config.Requests;
import io.mlcicd.contract.ValidateData;
import io.mlcicd.contract.ValidationDetails;
import io.mlcicd.data.ChosenEngines;
import io.mlcicd.data.DataProfile;
import io.mlcicd.deployment.Approval;
import io.mlcicd.deployment.BatchDetails;
import io.mlcicd.deployment.DeployModel;
import io.mlcicd.deployment.DeploymentDetails;
import io.mlcicd.deployment.DeploymentRequest;
import io.mlcicd.deployment.DeploymentState;
import io.mlcicd.deployment.Deployments;
import io.mlcicd.deployment.OutputContract;
import io.mlcicd.deployment.RollbackModel;
import io.mlcicd.deployment.RunBatch;
import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.drift.CheckDrift;
import io.mlcicd.drift.DriftDetails;
import io.mlcicd.evaluation.ChampionSource;
import io.mlcicd.evaluation.EvaluateModel;
import io.mlcicd.evaluation.EvaluationDetails;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.LineageEntry;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.lineage.LineageStore;
import io.mlcicd.operation.Operation;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import io.mlcicd.packaging.PackageModel;
import io.mlcicd.packaging.PackagingDetails;
import io.mlcicd.training.PipelineRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The stages of one project, each by itself: asks the operation, keeps its result document as the newest of its stage,
 * and hands on what the next stages need. The command and the Jenkins steps both work through this.
 */
public final class Stages {

    private final Project project;
    private final Requests requests;
    private final Function<String, String> environment;
    private final ResultFolder results;
    private final ProjectLineage lineage;
    private final LineageStore store;
    private final LineageJournal journal;
    private final ModelTracking tracking;
    private final Progress progress;
    private final ChosenEngines engines;

    /**
     * The stages of that project.
     *
     * @param environment looks up the environment variables that {@code mlcicd.yml} refers to; null for one not set
     */
    public Stages(Project project, Progress progress, Function<String, String> environment) {
        this.project = project;
        this.requests = new Requests(project, environment);
        this.environment = environment;
        this.results = new ResultFolder(project.stateFolder());
        this.lineage = new ProjectLineage(project, results);
        this.store = new LineageStore(project.folder());
        this.journal = new LineageJournal(project, progress);
        this.tracking = new ModelTracking(project, requests, results, progress);
        this.progress = progress;
        this.engines = new ChosenEngines(requests.engine());
    }

    /** Holds every data set that has a contract against it; what is not refused is what later data are compared with. */
    public Result<ValidationDetails> validate() throws InterruptedException {
        return validate(List.of());
    }

    /**
     * Holds every data set that has a contract against it.
     *
     * @param accepted profiles of data that were accepted elsewhere, by name; they go before those kept in this folder
     */
    public Result<ValidationDetails> validate(List<DataProfile> accepted) throws InterruptedException {
        Function<String, Optional<DataProfile>> known = name -> accepted.stream()
                .filter(profile -> profile.name().equals(name))
                .findFirst()
                .or(() -> results.accepted(name));
        Result<ValidationDetails> result = keep(new ValidateData(engines), requests.validation(known));
        if (result.passed()) {
            result.details().data().forEach(data -> results.accept(data.profile()));
        }
        return result;
    }

    /** Runs the project's training command, or the pipeline that trains the model elsewhere. */
    public Result<TrainingDetails> train() throws InterruptedException {
        Optional<PipelineRequest> pipeline = requests.trainingPipeline();
        TrainModel here = new TrainModel(project.model());
        Result<TrainingDetails> result = pipeline.isPresent()
                ? new TrainElsewhere(project.model(), environment).run(pipeline.get(), progress)
                : tracking.train(requests.training(), command -> here.run(command, progress));
        LineageRecord trained = result.lineage()
                .training()
                .map(training -> training.withData(project.trainingData()))
                .map(result.lineage()::withTraining)
                .orElse(result.lineage());
        result = result.withLineage(lineage.known().and(trained));
        tracking.trained(result);
        return keep(result);
    }

    /** Judges the model, against the champion when there is one. */
    public Result<EvaluationDetails> evaluate() throws InterruptedException {
        return evaluate(Optional.empty());
    }

    /**
     * Judges the model, against the champion when there is one.
     *
     * @param champion what is known of the champion elsewhere; it goes before what this folder knows
     */
    public Result<EvaluationDetails> evaluate(Optional<KnownChampion> champion) throws InterruptedException {
        // What options alone describe is another thing each time, and none of them the other's champion.
        boolean described = project.isDescribed();
        Optional<ModelTracking.Champion> tracked = tracking.champion();
        Optional<ChampionSource> source = tracked.isPresent()
                ? tracked.get().known().map(results::adopt)
                : champion.map(results::adopt)
                        .or(() -> described ? results.champion(project.model()) : Optional.empty());
        Result<EvaluationDetails> result = keep(
                new EvaluateModel(engines)
                        .run(
                                requests.evaluation(lineage.known(), source, Optional.of(results.predictionsFolder())),
                                progress),
                Stage.EVALUATE.key(),
                tracking::evaluated);
        tracking.document(result);
        if (described && result.passed()) {
            results.acceptEvaluation();
        }
        results.forgetPredictions();
        return result;
    }

    /** The predictions that the newest evaluation kept for later comparisons. */
    public Optional<Path> keptPredictions() {
        return results.keptPredictions();
    }

    /** Puts the model into a container image. */
    public Result<PackagingDetails> packageModel() throws InterruptedException {
        LineageRecord now = lineage.known();
        Result<PackagingDetails> result = keep(new PackageModel(), requests.packaging(known(now), performance(now)));
        record(result);
        tracking.document(result);
        return result;
    }

    /** Releases the model as {@code deploy.target} says; the released model becomes the champion. */
    public Result<?> deploy() throws InterruptedException {
        return project.deploysBatch() ? batch() : service();
    }

    /** Releases the model as a service. */
    public Result<DeploymentDetails> service() throws InterruptedException {
        return service(requests.deployment(known()), Approval.NOBODY);
    }

    /**
     * Releases the model as {@code deploy.target} says.
     *
     * @param approval asks whoever must approve it, if the environment says that somebody must
     */
    public Result<?> deploy(Approval approval) throws InterruptedException {
        return project.deploysBatch() ? batch() : service(requests.deployment(known()), approval);
    }

    /**
     * Releases here what another environment serves, without building anything.
     *
     * @param from that environment
     */
    public Result<DeploymentDetails> promote(String from, Approval approval) throws InterruptedException {
        Result<DeploymentDetails> moved =
                new DeployModel(approval).run(requests.promotion(LineageRecord.EMPTY, project.in(from)), progress);
        // The workspace may hold another model by now; what is known of this one was recorded when it was made.
        Result<DeploymentDetails> result =
                keep(moved.withLineage(recorded(moved.lineage()).and(moved.lineage())), "promote", this::released);
        if (result.passed()) {
            record(result);
            crownAgain(result.lineage());
        }
        return result;
    }

    /** What {@link #deploy()} would change; touches nothing. */
    public List<PlannedChange> plan() throws InterruptedException {
        return new DeployModel().plan(requests.deployment(known()));
    }

    private Result<DeploymentDetails> service(DeploymentRequest request, Approval approval)
            throws InterruptedException {
        Result<DeploymentDetails> result =
                keep(new DeployModel(approval).run(request, progress), Stage.DEPLOY.key(), this::released);
        if (result.passed()) {
            record(result);
            crown(result.lineage());
        }
        tracking.document(result);
        return result;
    }

    private <D> Result<D> released(Result<D> result) throws InterruptedException {
        return result.passed()
                ? result.withLineage(
                        tracking.released(result.lineage(), result.verdict().name()))
                : result;
    }

    /** Runs the model over a batch of data. */
    public Result<BatchDetails> batch() throws InterruptedException {
        OutputContract contract = requests.outputContract()
                .<OutputContract>map(request -> output -> new ValidateData()
                        .run(request.apply(output), Progress.NONE)
                        .gates())
                .orElse(OutputContract.NONE);
        Result<BatchDetails> result = new RunBatch(contract).run(requests.batch(known()), progress);
        if (project.deploysBatch()) {
            result = keep(result, Stage.DEPLOY.key(), this::released);
            if (result.passed()) {
                record(result);
                crown(result.lineage());
            }
        }
        return result;
    }

    /** Brings the former release back. */
    public Result<DeploymentDetails> rollback() throws InterruptedException {
        Result<DeploymentDetails> result = keep(
                new RollbackModel().run(requests.deployment(LineageRecord.EMPTY), progress),
                "rollback",
                this::released);
        if (result.passed()) {
            record(result);
            crownAgain(result.lineage());
        }
        return result;
    }

    /** How the deployment stands; empty when there never was one. */
    public Optional<DeploymentState> status() throws InterruptedException {
        return Deployments.status(project.stateFolder(), project.deploymentName(), requests.target());
    }

    /**
     * Stops the service; does nothing when none runs.
     *
     * @param purge whether kept releases and logs are removed, too
     * @return whether something was stopped
     */
    public boolean undeploy(boolean purge) throws InterruptedException {
        boolean stopped = Deployments.undeploy(
                project.stateFolder(),
                project.deploymentName(),
                requests.target(),
                purge,
                requests.by(),
                DeploymentRequest.DEFAULT_WAIT);
        if (stopped) {
            journal.noteEnd(store);
        }
        return stopped;
    }

    /** Compares current data with the reference, and looks at what else is watched. */
    public Result<DriftDetails> drift() throws InterruptedException {
        return drift(EarlierRuns.NONE);
    }

    /**
     * Compares current data with the reference, and looks at what else is watched.
     *
     * @param earlier what is known elsewhere of earlier runs; it goes before what this folder knows
     */
    public Result<DriftDetails> drift(EarlierRuns earlier) throws InterruptedException {
        KnownMonitoring monitored = new Monitored(results, earlier).of(project.model());
        Result<DriftDetails> result = keep(new CheckDrift(engines), requests.drift(lineage.known(), monitored));
        results.rememberDrift();
        return result;
    }

    private LineageRecord recorded(LineageRecord moved) {
        return store.all().stream()
                .map(LineageEntry::record)
                .filter(record -> record.model().isPresent()
                        && moved.model()
                                .filter(model -> model.digest()
                                        .equals(record.model().get().digest()))
                                .isPresent())
                .findFirst()
                .orElse(LineageRecord.EMPTY);
    }

    Project project() {
        return project;
    }

    void forget(Stage stage) {
        results.forget(stage);
    }

    /** What packaging found out about this very model is known to deployment, too. */
    private LineageRecord known() throws InterruptedException {
        return known(lineage.known());
    }

    private LineageRecord known(LineageRecord now) {
        return results.lineage(Stage.PACKAGE)
                .filter(packaged -> now.model().isPresent()
                        && packaged.model()
                                .filter(model ->
                                        model.digest().equals(now.model().get().digest()))
                                .isPresent())
                .map(packaged -> packaged.and(now))
                .orElse(now);
    }

    /** The metrics of this very model's evaluation. */
    private Map<String, Double> performance(LineageRecord now) {
        return now.evaluation().isPresent()
                ? ResultDocuments.read(results.file(Stage.EVALUATE)).metrics()
                : Map.of();
    }

    private void crownAgain(LineageRecord released) {
        if (project.isLastEnvironment()) {
            released.model().map(Artifact::digest).ifPresent(results::crownAgain);
        }
    }

    /** A model in staging is not yet the one that others must beat. */
    private void crown(LineageRecord released) {
        if (released.evaluation().isPresent() && project.isLastEnvironment()) {
            released.model().map(Artifact::digest).ifPresent(results::crown);
        }
    }

    private void record(Result<?> result) {
        store.append(project.model().name(), result.lineage());
    }

    private <Q, D> Result<D> keep(Operation<Q, D> operation, Q request) throws InterruptedException {
        return keep(operation.run(request, progress));
    }

    private <D> Result<D> keep(Result<D> result) {
        return keep(result, result.stage().key());
    }

    /** Tells somebody else of a result, who may know more of it. */
    @FunctionalInterface
    private interface Telling<D> {
        Result<D> of(Result<D> result) throws InterruptedException;
    }

    /** Keeps a document before somebody else is told of it, and notes it once, with what is known of it then. */
    private <D> Result<D> keep(Result<D> result, String event, Telling<D> telling) throws InterruptedException {
        results.keep(computed(result));
        Result<D> told = result;
        try {
            told = telling.of(computed(result));
        } finally {
            told = keep(told, event);
        }
        return told;
    }

    /** What was computed by an engine that was chosen says by which, and why. */
    private <D> Result<D> computed(Result<D> result) {
        boolean ofData =
                result.stage() == Stage.VALIDATE || result.stage() == Stage.EVALUATE || result.stage() == Stage.DRIFT;
        return ofData ? engines.computed().map(result::withComputed).orElse(result) : result;
    }

    private <D> Result<D> keep(Result<D> result, String event) {
        Result<D> told = computed(result);
        Path document = results.keep(told);
        journal.note(told, document, event);
        return told;
    }
}
