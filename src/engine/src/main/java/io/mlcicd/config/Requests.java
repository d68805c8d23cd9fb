package io.mlcicd.config;

import io.mlcicd.contract.Check;
import io.mlcicd.contract.ContractedData;
import io.mlcicd.contract.RecordedVersions;
import io.mlcicd.contract.ValidationRequest;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.EngineChoice;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.deployment.BatchRequest;
import io.mlcicd.deployment.BatchRequest.OutputCheck;
import io.mlcicd.deployment.DeploymentRequest;
import io.mlcicd.deployment.target.TargetSettings;
import io.mlcicd.drift.DriftRequest;
import io.mlcicd.evaluation.ChampionSource;
import io.mlcicd.evaluation.EvaluationRequest;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateSpec;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.mlflow.MlflowServer;
import io.mlcicd.mlflow.ModelUri;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideCommand;
import io.mlcicd.packaging.PackagingRequest;
import io.mlcicd.packaging.licence.LicencePolicy;
import io.mlcicd.packaging.supplychain.SupplyChain;
import io.mlcicd.registry.RegistryCredentials;
import io.mlcicd.training.PipelineRequest;
import io.mlcicd.versioning.DvcRepository;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** What each operation is asked to do for a project: the sections of {@code mlcicd.yml} with the defaults filled in. */
public final class Requests {

    private static final String SOURCE_DATE = "SOURCE_DATE_EPOCH";
    private static final Duration LONGEST_TRAINING = Duration.ofHours(24);

    private final Project project;
    private final Function<String, String> environment;

    /**
     * Requests for that project.
     *
     * @param environment looks up environment variables; null for one that is not set
     */
    public Requests(Project project, Function<String, String> environment) {
        this.project = project;
        this.environment = environment;
    }

    /**
     * All data sets that have a contract, beside the others.
     *
     * @param accepted the profile of a data set as it was last accepted, by its name
     */
    public ValidationRequest validation(Function<String, Optional<DataProfile>> accepted) {
        List<ContractedData> data = new ArrayList<>();
        List<DataSource> beside = new ArrayList<>();
        project.file().data().forEach((name, set) -> {
            if (set.contract().isPresent()) {
                data.add(new ContractedData(
                        project.source(name, set, environment),
                        project.resolve(set.contract().get()),
                        set.contract().get(),
                        set.baseline().map(project::resolve),
                        accepted.apply(name)));
            } else if (set.jdbc().isEmpty()) {
                beside.add(project.source(name, set, environment));
            }
        });
        List<FileSource> results = project.file().validate().stream()
                .flatMap(section -> section.results().stream())
                .map(path -> FileSource.below(project.folder(), "results", path, Optional.empty(), ReadOptions.SNIFFED))
                .toList();
        if (data.isEmpty() && results.isEmpty()) {
            throw project.error("/data", "no data set has a contract to be checked against; add 'contract: FILE'");
        }
        int examples = project.file()
                .validate()
                .map(ModelFile.Validate::examples)
                .orElse(OptionalInt.empty())
                .orElse(Check.MOST_EXAMPLES);
        return new ValidationRequest(Optional.of(project.model()), data, beside, examples, results, recordedVersions());
    }

    private Optional<RecordedVersions> recordedVersions() {
        String criticality =
                project.file().validate().flatMap(ModelFile.Validate::dvc).orElse(Criticality.FAILURE.name());
        return criticality.equals("off")
                ? Optional.empty()
                : Optional.of(new RecordedVersions(new DvcRepository(project.folder()), Criticality.of(criticality)));
    }

    /**
     * The judgement of the model.
     *
     * @param released the champion, unless the file names one
     * @param keep where predictions are kept for later comparisons
     */
    public EvaluationRequest evaluation(LineageRecord known, Optional<ChampionSource> released, Optional<Path> keep) {
        return new Evaluations(project, environment).request(known, released, keep);
    }

    /** The image of a model whose evaluation nobody knows. */
    public PackagingRequest packaging(LineageRecord known) {
        return packaging(known, Map.of());
    }

    /**
     * The image.
     *
     * @param performance metrics of the model's evaluation, by name
     */
    public PackagingRequest packaging(LineageRecord known, Map<String, Double> performance) {
        PackageKeys section = project.require(project.file().packaging(), "package", "what goes into the image");
        Path tar = section.output()
                .map(project::resolve)
                .orElse(project.stateFolder().resolve("image/" + project.model().name() + ".tar"));
        return new PackagingRequest(
                project.model(),
                project.folder(),
                section.model(),
                section.files(),
                section.image(),
                section.base().orElse(PackagingRequest.SCRATCH),
                section.command(),
                fill("/package/env", section.env()),
                Optional.of(tar),
                section.push(),
                section.credentials().map(names -> Variables.login(project, names, environment)),
                false,
                platforms(section),
                section.dependencies(),
                sourceDate(),
                section.pickle().map(PackageKeys.Pickle::allow).orElse(List.of()),
                section.licences()
                        .map(policy -> new LicencePolicy(policy.allow(), policy.deny()))
                        .orElse(LicencePolicy.ANY),
                supplyChain(section),
                known,
                performance,
                gates(section.gates()),
                ServingKeys.docker(section, environment),
                section.serveCheck() ? Optional.of(new ServingKeys(project).contract(section)) : Optional.empty());
    }

    private SupplyChain supplyChain(PackageKeys section) {
        return new SupplyChain(
                section.sbom().orElse(true),
                section.provenance().orElse(true),
                section.sign().map(sign -> SigningKeys.of(project, "/package/sign", sign, environment)));
    }

    private List<String> platforms(PackageKeys section) {
        if (section.platform().isPresent() && !section.platforms().isEmpty()) {
            throw project.error("/package/platforms", "stands beside 'platform'; write one of the two");
        }
        return section.platforms().isEmpty()
                ? List.of(section.platform().orElse(PackagingRequest.DEFAULT_PLATFORM))
                : section.platforms();
    }

    /** The time that builds are told to take for now (reproducible-builds.org, SOURCE_DATE_EPOCH 1.1). */
    private Optional<Instant> sourceDate() {
        String seconds = environment.apply(SOURCE_DATE);
        if (seconds == null || seconds.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds.strip())));
        } catch (NumberFormatException | DateTimeException e) {
            throw new InvalidInputException(
                    "the environment variable %s must be seconds since 1970, but is '%s'"
                            .formatted(SOURCE_DATE, seconds),
                    e);
        }
    }

    /** The service that {@code deploy} describes. */
    public DeploymentRequest deployment(LineageRecord known) {
        return new Releases(project, environment).request(known, Optional.empty());
    }

    /**
     * The service that {@code deploy} describes, with the release that another environment serves.
     *
     * @param origin the project as it is for that environment, see {@link Project#in}
     */
    public DeploymentRequest promotion(LineageRecord known, Project origin) {
        return new Releases(project, environment).request(known, Optional.of(origin));
    }

    /** Where the service is, as far as that is needed to look at it or to end it. */
    public TargetSettings target() {
        return new DeployTargets(project, environment)
                .of(project.file().deploy().orElse(ModelFile.Deploy.NONE));
    }

    /**
     * The login to the registry of {@code package.image}; empty when the file names none.
     *
     * @throws InvalidInputException when it names variables that are not set
     */
    public Optional<RegistryCredentials> registryLogin() {
        return project.file()
                .packaging()
                .flatMap(PackageKeys::credentials)
                .map(names -> Variables.login(project, names, environment));
    }

    /** Who is at work, as it is noted in the record of a deployment. */
    public String by() {
        return new Releases(project, environment).by();
    }

    /** The batch that {@code deploy.batch} describes. */
    public BatchRequest batch(LineageRecord known) {
        ModelFile.Deploy section = deploy();
        ModelFile.Batch batch =
                section.batch().orElseThrow(() -> project.error("/deploy/batch", "is needed to run a batch"));
        return new BatchRequest(
                project.model(),
                project.deploymentName(),
                project.folder(),
                project.modelPath(),
                batch.command(),
                batch.output(),
                batch.timeout().map(HumanDuration::value).orElse(BatchRequest.DEFAULT_TIMEOUT),
                fill("/deploy/batch/env", batch.env()),
                batch.check()
                        .map(check -> new OutputCheck(check.minRows(), check.columns(), check.maxNullShare()))
                        .orElse(OutputCheck.ANY),
                known,
                project.deploysBatch() ? gates(section.gates()) : List.of());
    }

    /** How a batch's output is held against its data contract; empty when it has none. */
    public Optional<Function<DataSource, ValidationRequest>> outputContract() {
        return deploy().batch()
                .flatMap(ModelFile.Batch::check)
                .flatMap(ModelFile.Check::contract)
                .map(path -> output -> new ValidationRequest(
                        Optional.of(project.model()),
                        List.of(new ContractedData(
                                output, project.resolve(path), path, Optional.empty(), Optional.empty()))));
    }

    private ModelFile.Deploy deploy() {
        return project.require(project.file().deploy(), "deploy", "how the model is released");
    }

    /** The pipeline that trains the model elsewhere; empty where the project's own command does. */
    public Optional<PipelineRequest> trainingPipeline() {
        return project.file()
                .train()
                .flatMap(section ->
                        section.pipeline().map(pipeline -> pipeline.request(project, section.timeout(), environment)));
    }

    /** The project's own training code. */
    public OutsideCommand training() {
        ModelFile.Train section = project.require(project.file().train(), "train", "how the model is trained");
        return new OutsideCommand(
                section.command(),
                project.folder(),
                fill("/train/env", section.env()),
                section.timeout().map(HumanDuration::value).orElse(LONGEST_TRAINING));
    }

    /**
     * The comparison of current data with the reference.
     *
     * @param monitored what earlier runs tell
     */
    public DriftRequest drift(LineageRecord known, KnownMonitoring monitored) {
        return new DriftChecks(project, environment).request(known, monitored);
    }

    /** What of the project is kept in MLflow; empty when the file does not say so. */
    public Optional<MlflowSettings> mlflow() {
        return new MlflowKeys(project, environment).settings();
    }

    /** The version in MLflow's registry that a new model is compared with; empty when the file names none. */
    public Optional<ModelUri> championInMlflow() {
        return new MlflowKeys(project, environment).champion();
    }

    /** Where data are computed on. */
    public EngineChoice engine() {
        return project.file()
                .engine()
                .map(keys -> keys.choice(project, environment))
                .orElse(EngineChoice.EMBEDDED);
    }

    /** The MLflow server that the file or the environment names. */
    public MlflowServer mlflowServer() {
        return new MlflowKeys(project, environment).server();
    }

    private Map<String, String> fill(String pointer, Map<String, String> values) {
        return Variables.fill(project, pointer, values, environment);
    }

    static List<Gate> gates(List<GateSpec> specs) {
        return specs.stream().flatMap(spec -> spec.gates().stream()).toList();
    }
}
