package io.mlcicd.pipeline;

import io.mlcicd.config.MlflowSettings;
import io.mlcicd.config.MlflowSettings.Registration;
import io.mlcicd.config.Project;
import io.mlcicd.document.ScratchFolder;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.lineage.GitCommit;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.lineage.RegisteredModel;
import io.mlcicd.mlflow.MlflowArtifacts;
import io.mlcicd.mlflow.MlflowRegistry;
import io.mlcicd.mlflow.MlflowRun;
import io.mlcicd.mlflow.ModelVersion;
import io.mlcicd.mlflow.VersionSeal;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The versions of the model in MLflow's registry; a model, by its digest, becomes one once. */
final class MlflowVersions {

    private static final String VERDICT_TAG = "mlcicd.verdict";

    private final Project project;
    private final MlflowSettings settings;
    private final Registration registration;
    private final MlflowRegistry registry;
    private final MlflowArtifacts artifacts;
    private final Progress progress;

    MlflowVersions(Project project, MlflowSettings settings, Registration registration, Progress progress) {
        this.project = project;
        this.settings = settings;
        this.registration = registration;
        this.progress = progress;
        this.registry = new MlflowRegistry(settings.server());
        this.artifacts = new MlflowArtifacts(settings.server());
    }

    /**
     * Makes the model a version, unless it is one, and sets alias and stage on it.
     *
     * @param known what the model comes from
     * @throws InvalidInputException when neither the run nor the project has the model
     */
    RegisteredModel register(MlflowRun run, LineageRecord known, String verdict) throws InterruptedException {
        progress.step("registering the model in MLflow", Double.NaN);
        Optional<Artifact> model = known.model();
        // Whoever may write to the registry can make a version that says it has this model: what is there is never
        // signed.
        Optional<ModelVersion> before = model.isPresent()
                ? existing(model.get().digest())
                        .filter(version -> registration.signing().isEmpty()
                                || version.tags().containsKey(VersionSeal.SIGNATURE))
                : Optional.empty();
        if (before.isPresent()) {
            seal(before.get());
            return crown(before.get());
        }
        return crown(make(run, known, verdict));
    }

    /** Sets alias and stage on the version that holds this very model; empty when none does. */
    Optional<RegisteredModel> crown(Digest model) throws InterruptedException {
        Optional<ModelVersion> version = existing(model);
        return version.isPresent() ? Optional.of(crown(version.get())) : Optional.empty();
    }

    private Optional<ModelVersion> existing(Digest model) throws InterruptedException {
        return registry.tagged(registration.name(), VersionSeal.MODEL, model.value());
    }

    private RegisteredModel crown(ModelVersion version) throws InterruptedException {
        if (registration.alias().isPresent()) {
            registry.alias(version, registration.alias().get());
        }
        if (registration.stage().isPresent()) {
            registry.stage(version, registration.stage().get());
        }
        RegisteredModel registered = new RegisteredModel(
                settings.server().toString(), version.name(), version.version(), registration.alias());
        progress.line("registered as version %s of %s%s"
                .formatted(
                        version.version(),
                        version.name(),
                        registration
                                .alias()
                                .map(alias -> ", which is now its " + alias)
                                .orElse("")));
        return registered;
    }

    private ModelVersion make(MlflowRun run, LineageRecord known, String verdict) throws InterruptedException {
        Optional<SigningKey> key = registration.signing().map(Supplier::get);
        Source source = source(run, known);
        Map<String, String> tags = new LinkedHashMap<>();
        known.model()
                .ifPresent(model -> tags.put(VersionSeal.MODEL, model.digest().value()));
        tags.put(VersionSeal.FILES, source.files().value());
        tags.put(VERDICT_TAG, verdict);
        known.commit().map(GitCommit::sha).ifPresent(sha -> tags.put(VersionSeal.COMMIT, sha));
        known.image().ifPresent(image -> tags.put("mlcicd.image", image.reference() + "@" + image.digest()));
        key.ifPresent(signer -> tags.put(VersionSeal.SIGNATURE, VersionSeal.sign(registration.name(), tags, signer)));
        return registry.register(registration.name(), source.address(), run.id(), "Registered by ml-cicd", tags);
    }

    /** Notes the digest of the files of a version that was registered without it, so that pull can check them. */
    private void seal(ModelVersion version) throws InterruptedException {
        if (VersionSeal.files(version).isEmpty()) {
            Digest files = digest(folder -> artifacts.download(version, folder, progress));
            registry.tag(version, VersionSeal.FILES, files.value());
        }
    }

    /** A folder of artifacts, with the digest of its files. */
    private record Source(String address, Digest files) {}

    /** The model that training logged, else the project's, which is put among the run's artifacts. */
    private Source source(MlflowRun run, LineageRecord known) throws InterruptedException {
        Optional<String> logged = artifacts.model(run, registration.artifact());
        if (logged.isPresent()) {
            String address = logged.get();
            return new Source(address, digest(folder -> artifacts.download(run, address, folder, progress)));
        }
        String path = project.modelPath()
                .filter(model -> known.model().isPresent())
                .orElseThrow(() -> new InvalidInputException(
                        "there is no model to register as '%s': the MLflow run %s has no artifact '%s', and package.model"
                                        .formatted(registration.name(), run.id(), registration.artifact())
                                + " names none; let the training code log it, or say where it is"));
        String folder = "model-" + known.model().get().digest().abbreviated();
        Path model = project.folder().resolve(path).toAbsolutePath();
        Path base = Files.isDirectory(model) ? model : model.getParent();
        try {
            List<Path> files = Digests.filesBelow(model);
            for (Path file : files) {
                Path below = base.relativize(file);
                progress.step("putting " + below + " into MLflow", Double.NaN);
                artifacts.put(run, folder + "/" + below.toString().replace('\\', '/'), file);
            }
            return new Source(
                    run.artifacts() + "/" + folder,
                    Digests.artifact(folder, path, base, files).digest());
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + model + ": " + e.getMessage(), e);
        }
    }

    /** Brings files into an empty folder. */
    private interface Download {
        void into(Path folder) throws InterruptedException;
    }

    private static Digest digest(Download download) throws InterruptedException {
        try (ScratchFolder folder = ScratchFolder.create("mlflow")) {
            download.into(folder.path());
            return Digests.of(folder.path());
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read the model's files: " + e.getMessage(), e);
        }
    }
}
