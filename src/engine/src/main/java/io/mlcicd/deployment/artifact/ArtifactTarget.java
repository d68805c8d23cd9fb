package io.mlcicd.deployment.artifact;

import io.mlcicd.deployment.target.Ability;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.deployment.target.PlannedChange.Action;
import io.mlcicd.deployment.target.ServingState;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.operation.Progress;
import io.mlcicd.signature.SigningKey;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A deployment whose release is the version that the deployment's name points at. Nothing is ever half done: a version
 * that no name points at is nobody's, and a name moves at once.
 */
final class ArtifactTarget implements Target {

    private final DeploymentHome home;
    private final ArtifactSettings settings;
    private final VersionStore store;
    private final Versions versions;

    ArtifactTarget(DeploymentHome home, ArtifactSettings settings) {
        this.home = home;
        this.settings = settings;
        this.store = settings.place().open();
        this.versions = new Versions(home, settings);
    }

    @Override
    public String kind() {
        return settings.kind();
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of();
    }

    private String reference() {
        return settings.place().reference(home.name());
    }

    @Override
    public List<PlannedChange> plan(NewRelease release) throws InterruptedException {
        Optional<Publication> now = store.publications(home.name()).current();
        if (now.filter(one -> one.release().equals(release.id())).isPresent()) {
            return List.of(new PlannedChange(
                    Action.KEEP,
                    "release " + release.id(),
                    reference() + " points at it already, version " + now.get().version()));
        }
        List<PlannedChange> changes = new ArrayList<>();
        String signed = settings.signing().map(signing -> ", signed").orElse("");
        boolean there = store.ofRelease(release.id()).isPresent();
        changes.add(new PlannedChange(
                there ? Action.KEEP : Action.CREATE,
                "version of release " + release.id(),
                (there ? "is there already" : release.model().bytes() + " bytes of model") + signed));
        changes.add(new PlannedChange(
                now.isPresent() ? Action.CHANGE : Action.CREATE,
                reference(),
                now.map(one -> "moves from release " + one.release() + " to " + release.id())
                        .orElse("points at release " + release.id())));
        return changes;
    }

    @Override
    public Optional<ServingState> status() throws InterruptedException {
        Publications all = store.publications(home.name());
        return all.current().map(now -> state(now, all));
    }

    private ServingState state(Publication now, Publications all) {
        return new ServingState(
                now.release(),
                true,
                now.since(),
                reference(),
                Optional.empty(),
                OptionalLong.empty(),
                0,
                all.previous().map(Publication::release));
    }

    @Override
    public Optional<String> recover() {
        return Optional.empty();
    }

    @Override
    public boolean serves(NewRelease release) throws InterruptedException {
        Optional<Publication> now = store.publications(home.name()).current();
        return now.isPresent()
                && now.get().version().equals(versions.of(release).digest());
    }

    @Override
    public Candidate begin(NewRelease release, Progress progress) throws InterruptedException {
        Optional<SigningKey> key = settings.signing().map(ArtifactSettings.Signing::key);
        Publications before = store.publications(home.name());
        ModelVersion version = versions.of(release);
        store.store(version, Versions.folder(release), progress);
        if (key.isPresent()) {
            store.sign(version, key.get());
        }
        Publication next = new Publication(
                version.digest(),
                release.id(),
                Instant.now(),
                settings.by(),
                release.approvedBy(),
                settings.environment(),
                false);
        return new ArtifactCandidate(store, home.name(), reference(), before, next);
    }

    @Override
    public Optional<ServingState> rollback() throws InterruptedException {
        Publications all = store.publications(home.name());
        Optional<Publication> earlier = all.current().isPresent() ? all.previous() : Optional.empty();
        if (earlier.isEmpty() || store.version(earlier.get().version()).isEmpty()) {
            return Optional.empty();
        }
        Publications moved = all.with(new Publication(
                earlier.get().version(),
                earlier.get().release(),
                Instant.now(),
                settings.by(),
                Optional.empty(),
                settings.environment(),
                true));
        store.point(home.name(), moved);
        return moved.current().map(now -> state(now, moved));
    }

    @Override
    public boolean undeploy() throws InterruptedException {
        boolean pointed = Files.isDirectory(home.folder())
                && store.publications(home.name()).current().isPresent();
        if (pointed) {
            store.withdraw(home.name());
        }
        return pointed;
    }
}
