package io.mlcicd.deployment.artifact;

import io.mlcicd.deployment.Approval;
import io.mlcicd.deployment.DeployModel;
import io.mlcicd.deployment.DeploymentDetails;
import io.mlcicd.deployment.DeploymentRequest;
import io.mlcicd.deployment.Deployments;
import io.mlcicd.deployment.Origin;
import io.mlcicd.deployment.RollbackModel;
import io.mlcicd.deployment.artifact.ArtifactSettings.Signing;
import io.mlcicd.deployment.strategy.Strategy;
import io.mlcicd.deployment.target.HealthCheck;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.registry.RegistryCredentials;
import io.mlcicd.signature.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A project whose model of three files is published as an artifact. */
final class ArtifactProject {

    static final int PARTS = 3;

    private final Path folder;
    private final ArtifactPlace place;
    private Optional<Signing> signing = Optional.empty();

    ArtifactProject(Path folder, ArtifactPlace place) {
        this.folder = folder;
        this.place = place;
    }

    ArtifactProject signing(Path key) {
        signing = Optional.of(() -> SigningKey.read(key, Optional.empty()));
        return this;
    }

    /** Makes a model whose every file says the same. */
    ArtifactProject with(String content) throws IOException {
        Path model = Files.createDirectories(folder.resolve("build/model"));
        for (int i = 0; i < PARTS; i++) {
            Files.writeString(model.resolve("part" + i), content + "\n" + i);
        }
        Files.writeString(folder.resolve("build/model/run.sh"), "echo " + content);
        folder.resolve("build/model/run.sh").toFile().setExecutable(true, false);
        return this;
    }

    ArtifactSettings settings(Optional<String> environment) {
        return new ArtifactSettings(place, signing, "weather", environment, "a test");
    }

    DeploymentRequest request(String name, Optional<String> from, boolean approval, String data) {
        LineageRecord known = LineageRecord.EMPTY.withData(List.of(
                new Artifact("train", "train.csv", Digests.of(data.getBytes(StandardCharsets.UTF_8)), data.length())));
        return new DeploymentRequest(
                new Model("weather", Optional.empty()),
                name,
                folder,
                "build/model",
                List.of(),
                Optional.empty(),
                List.of(),
                new HealthCheck("/health", Duration.ofSeconds(10)),
                Optional.empty(),
                Map.of(),
                settings(Optional.of(name)),
                Strategy.ALL_AT_ONCE,
                Optional.of(name),
                from.map(origin -> new Origin(origin, origin, settings(Optional.of(origin)))),
                Optional.empty(),
                approval,
                "a test",
                Duration.ofSeconds(10),
                folder.resolve(".mlcicd"),
                known,
                List.of());
    }

    Result<DeploymentDetails> publish(String name) throws InterruptedException {
        return new DeployModel().run(request(name, Optional.empty(), false, "first"), Progress.NONE);
    }

    Result<DeploymentDetails> promote(String from, String to) throws InterruptedException {
        Approval ann = question -> new Approval.Answer(true, "ann", Instant.now());
        return new DeployModel(ann).run(request(to, Optional.of(from), true, "later"), Progress.NONE);
    }

    Result<DeploymentDetails> rollBack(String name) throws InterruptedException {
        return new RollbackModel().run(request(name, Optional.empty(), false, "first"), Progress.NONE);
    }

    boolean undeploy(String name) throws InterruptedException {
        return Deployments.undeploy(
                folder.resolve(".mlcicd"), name, settings(Optional.empty()), false, "a test", Duration.ofSeconds(5));
    }

    PullRequest pulling(String name, Path to) {
        return new PullRequest(
                place.reference(name), Optional.empty(), to, Optional.empty(), Optional.empty(), Optional.empty());
    }

    PulledModel pull(String name, Path to) throws InterruptedException {
        return new PullModel().run(pulling(name, to), Progress.NONE);
    }

    PulledModel pull(String name, Path to, Optional<RegistryCredentials> login, Optional<Path> key)
            throws InterruptedException {
        return new PullModel()
                .run(
                        new PullRequest(place.reference(name), Optional.empty(), to, key, login, Optional.empty()),
                        Progress.NONE);
    }

    /** What every file of a pulled model says; fails when they do not say the same. */
    static String said(Path to) throws IOException {
        Path whole = to.toRealPath();
        String first = Files.readString(whole.resolve("build/model/part0")).split("\n", -1)[0];
        for (int i = 0; i < PARTS; i++) {
            String part = Files.readString(whole.resolve("build/model/part" + i));
            if (!part.equals(first + "\n" + i)) {
                throw new AssertionError("half a model: " + part + " beside " + first);
            }
        }
        return first;
    }
}
