package io.mlcicd.deployment.artifact;

import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.Digests;
import io.mlcicd.mlflow.MlflowArtifacts;
import io.mlcicd.mlflow.MlflowRegistry;
import io.mlcicd.mlflow.MlflowServer;
import io.mlcicd.mlflow.ModelUri;
import io.mlcicd.mlflow.ModelVersion;
import io.mlcicd.mlflow.VersionSeal;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.signature.VerificationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Pulls a version of MLflow's model registry. */
final class RegisteredPull {

    private final PullRequest request;
    private final Optional<VerificationKey> key;
    private final PulledFolder folder;

    RegisteredPull(PullRequest request, Optional<VerificationKey> key, PulledFolder folder) {
        this.request = request;
        this.key = key;
        this.folder = folder;
    }

    /** Throws as {@link PullModel#run} does. */
    PulledModel run(Progress progress) throws InterruptedException {
        ModelUri uri = uri();
        MlflowServer server = request.mlflow()
                .orElseThrow(() -> new InvalidInputException("'%s' is in MLflow's model registry; set %s to its address"
                        .formatted(request.reference(), MlflowServer.URI_VARIABLE)));
        progress.step("looking for " + request.reference(), 0);
        ModelVersion version = new MlflowRegistry(server)
                .version(uri)
                .orElseThrow(() -> new InvalidInputException(
                        "there is no %s on %s; see the model's page there for its versions and aliases"
                                .formatted(uri, server)));
        Digest files = VersionSeal.files(version)
                .orElseThrow(() -> new InvalidInputException(
                        ("version %s of '%s' on %s cannot be verified: it has no tag %s with the digest of its files; register"
                                        + " it with ml-cicd (key mlflow.register), which notes it")
                                .formatted(version.version(), version.name(), server, VersionSeal.FILES)));
        boolean signed =
                key.filter(asked -> VersionSeal.isSigned(version, asked)).isPresent();
        if (key.isPresent() && !signed) {
            String why = "%s (version %s) has no signature of the key %s; it was not put into %s"
                    .formatted(
                            request.reference(),
                            version.version(),
                            request.key().orElseThrow(),
                            request.to());
            return pulled(version, files, Optional.of(why), false);
        }
        boolean changed = folder.put(new RegisteredFiles(version, files, new MlflowArtifacts(server)), progress);
        return pulled(version, files, Optional.empty(), changed);
    }

    private ModelUri uri() {
        if (request.version().isPresent()) {
            throw new InvalidInputException("'%s' names its version itself, as models:/NAME/3; leave out --version"
                    .formatted(request.reference()));
        }
        if (request.credentials().isPresent()) {
            throw new InvalidInputException("the login of an MLflow server is in its own variables,"
                    + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD; leave out the names of others");
        }
        try {
            return ModelUri.of(request.reference());
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("'%s' %s".formatted(request.reference(), e.getMessage()), e);
        }
    }

    private PulledModel pulled(ModelVersion version, Digest files, Optional<String> refused, boolean changed) {
        try {
            Path there = request.to();
            List<Path> all = refused.isPresent() ? List.of() : Digests.filesBelow(there.toRealPath());
            long bytes = 0;
            for (Path file : all) {
                bytes += Files.size(file);
            }
            Optional<Digest> judged = VersionSeal.model(version);
            Optional<String> path =
                    refused.isPresent() || judged.isEmpty() ? Optional.empty() : path(there.toRealPath(), judged.get());
            return new PulledModel(
                    request.reference(),
                    files,
                    Optional.empty(),
                    Optional.of("models:/" + version.name() + "/" + version.version()),
                    version.name(),
                    path.orElse("."),
                    path.isPresent() ? judged.orElseThrow() : files,
                    Optional.ofNullable(version.tags().get(VersionSeal.COMMIT)),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    key.isPresent() && refused.isEmpty(),
                    refused,
                    all.size(),
                    bytes,
                    there.toString(),
                    changed);
        } catch (IOException e) {
            throw new OutsideSystemException("cannot read " + request.to() + ": " + e.getMessage(), e);
        }
    }

    /** Where the model that was judged is; empty when training logged it in another form. */
    private static Optional<String> path(Path folder, Digest model) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path one : walk.toList()) {
                if (Digests.of(one).equals(model)) {
                    String path = folder.relativize(one).toString().replace('\\', '/');
                    return Optional.of(path.isEmpty() ? "." : path);
                }
            }
        }
        return Optional.empty();
    }
}
