package io.mlcicd.config;

import io.mlcicd.contract.Check;
import io.mlcicd.contract.ContractedData;
import io.mlcicd.contract.ValidationRequest;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataSource;
import io.mlcicd.deployment.BatchRequest;
import io.mlcicd.deployment.BatchRequest.OutputCheck;
import io.mlcicd.deployment.DeploymentRequest;
import io.mlcicd.deployment.HealthCheck;
import io.mlcicd.drift.DriftRequest;
import io.mlcicd.evaluation.ChampionSource;
import io.mlcicd.evaluation.EvaluationRequest;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.GateSpec;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.OutsideCommand;
import io.mlcicd.packaging.PackagingRequest;
import io.mlcicd.packaging.RegistryCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** What each operation is asked to do for a project: the sections of {@code mlcicd.yml} with the defaults filled in. */
public final class Requests {

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
            } else if (set.path().isPresent()) {
                beside.add(project.source(name, set, environment));
            }
        });
        if (data.isEmpty()) {
            throw project.error("/data", "no data set has a contract to be checked against; add 'contract: FILE'");
        }
        int examples = project.file()
                .validate()
                .map(ModelFile.Validate::examples)
                .orElse(OptionalInt.empty())
                .orElse(Check.MOST_EXAMPLES);
        return new ValidationRequest(Optional.of(project.model()), data, beside, examples);
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

    /** The image. */
    public PackagingRequest packaging(LineageRecord known) {
        ModelFile.Packaging section =
                project.require(project.file().packaging(), "package", "what goes into the image");
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
                section.credentials().map(this::credentials),
                false,
                section.platform().orElse(PackagingRequest.DEFAULT_PLATFORM),
                known,
                gates(section.gates()));
    }

    private RegistryCredentials credentials(ModelFile.Credentials names) {
        String pointer = "/package/credentials/";
        return new RegistryCredentials(
                Variables.require(project, pointer + "usernameVariable", names.usernameVariable(), environment),
                Variables.require(project, pointer + "passwordVariable", names.passwordVariable(), environment));
    }

    /** The service that {@code deploy} describes. */
    public DeploymentRequest deployment(LineageRecord known) {
        ModelFile.Deploy section = deploy();
        ModelFile.Packaging content =
                project.require(project.file().packaging(), "package", "which model and files are released");
        if (section.command().isEmpty()) {
            throw project.error("/deploy/command", "is needed to start the service");
        }
        Optional<ModelFile.Health> health = section.health();
        return new DeploymentRequest(
                project.model(),
                project.deploymentName(),
                project.folder(),
                content.model(),
                content.files(),
                section.command(),
                section.host().orElse(DeploymentRequest.DEFAULT_HOST),
                section.port().orElse(DeploymentRequest.DEFAULT_PORT),
                new HealthCheck(
                        health.flatMap(ModelFile.Health::path).orElse(HealthCheck.DEFAULT.path()),
                        health.flatMap(ModelFile.Health::timeout)
                                .map(HumanDuration::value)
                                .orElse(HealthCheck.DEFAULT.timeout())),
                section.smoke().map(project::resolve),
                fill("/deploy/env", section.env()),
                section.drain().map(HumanDuration::value).orElse(DeploymentRequest.DEFAULT_DRAIN),
                project.stateFolder(),
                known,
                gates(section.gates()));
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

    private ModelFile.Deploy deploy() {
        return project.require(project.file().deploy(), "deploy", "how the model is released");
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

    private Map<String, String> fill(String pointer, Map<String, String> values) {
        return Variables.fill(project, pointer, values, environment);
    }

    private static List<Gate> gates(List<GateSpec> specs) {
        return specs.stream().flatMap(spec -> spec.gates().stream()).toList();
    }
}
