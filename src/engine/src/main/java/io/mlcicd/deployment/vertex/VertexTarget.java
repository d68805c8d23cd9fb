package io.mlcicd.deployment.vertex;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.cloud.VertexApi;
import io.mlcicd.deployment.target.Ability;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.deployment.target.PlannedChange.Action;
import io.mlcicd.deployment.target.ServingState;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.operation.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** An endpoint, whose deployed models are the releases. */
final class VertexTarget implements Target {

    private final VertexSettings settings;
    private final String deployment;
    private final VertexApi api;
    private final VertexEndpoint endpoint;

    VertexTarget(VertexSettings settings, String deployment, VertexApi api) {
        this.settings = settings;
        this.deployment = deployment;
        this.api = api;
        this.endpoint = new VertexEndpoint(settings, deployment, api);
    }

    @Override
    public String kind() {
        return VertexSettings.KIND;
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.SHARES, Ability.FIGURES);
    }

    @Override
    public List<PlannedChange> plan(NewRelease release) throws InterruptedException {
        Optional<JsonNode> live = endpoint.live();
        if (serves(release)) {
            return List.of(new PlannedChange(Action.KEEP, "endpoint " + deployment, "this release serves already"));
        }
        List<PlannedChange> changes = new ArrayList<>();
        changes.add(new PlannedChange(
                Action.CREATE, "model " + deployment + "-" + release.id(), "of " + VertexEndpoint.image(release)));
        changes.add(new PlannedChange(
                Action.CREATE,
                "deployed model of release " + release.id(),
                settings.minReplicas() + " to " + settings.maxReplicas() + " × " + settings.machineType()));
        Optional<String> active = live.map(VertexLabels::of).flatMap(VertexLabels::active);
        Optional<String> old = active.flatMap(id -> VertexEndpoint.release(live.get(), id));
        changes.add(new PlannedChange(
                live.isPresent() ? Action.CHANGE : Action.CREATE,
                "endpoint " + deployment,
                old.map(was -> "traffic of release " + was + " goes to " + release.id())
                        .orElse("all traffic to release " + release.id())));
        old.ifPresent(was -> changes.add(
                new PlannedChange(Action.REMOVE, "deployed model of release " + was, "once its time is over")));
        return List.copyOf(changes);
    }

    @Override
    public Optional<ServingState> status() throws InterruptedException {
        Optional<JsonNode> live = endpoint.live();
        if (live.isEmpty()) {
            return Optional.empty();
        }
        VertexLabels labels = VertexLabels.of(live.get());
        Optional<String> release = labels.active().flatMap(id -> VertexEndpoint.release(live.get(), id));
        return release.map(id -> new ServingState(
                id,
                true,
                labels.since().orElse(Instant.EPOCH),
                "https://" + settings.region() + "-aiplatform.googleapis.com/v1/"
                        + live.get().path("name").asText() + ":predict",
                Optional.empty(),
                OptionalLong.empty(),
                0,
                labels.kept().flatMap(kept -> VertexEndpoint.release(live.get(), kept))));
    }

    @Override
    public Optional<String> recover() throws InterruptedException {
        Optional<JsonNode> live = endpoint.live();
        if (live.isEmpty()) {
            return Optional.empty();
        }
        VertexLabels labels = VertexLabels.of(live.get());
        if (labels.candidate().isPresent()) {
            undo(live.get());
            return Optional.of(
                    "release " + labels.candidate().get() + " was left on its way to the traffic and was undone");
        }
        if (labels.keptUntil().filter(Instant.now()::isAfter).isPresent()) {
            endpoint.patch(live.get().path("name").asText(), labels.withoutKept());
        }
        return endpoint.sweep(endpoint.live().orElseThrow())
                ? Optional.of("a release that has no traffic any more was removed from the endpoint")
                : Optional.empty();
    }

    /** Gives the traffic to the active release alone and removes all others; an endpoint without one goes. */
    void undo(JsonNode live) throws InterruptedException {
        VertexLabels labels = VertexLabels.of(live).withoutCandidate();
        if (labels.active().isEmpty()) {
            endpoint.remove();
            return;
        }
        endpoint.patch(
                live.path("name").asText(), labels, Map.of(labels.active().get(), 100));
        endpoint.sweep(endpoint.live().orElseThrow());
    }

    @Override
    public boolean serves(NewRelease release) throws InterruptedException {
        Optional<JsonNode> live = endpoint.live();
        if (live.isEmpty()) {
            return false;
        }
        VertexLabels labels = VertexLabels.of(live.get());
        return labels.candidate().isEmpty()
                && labels.active().isPresent()
                && endpoint.same(release, live.get(), labels.active().get());
    }

    @Override
    public Candidate begin(NewRelease release, Progress progress) throws InterruptedException {
        VertexEndpoint.image(release);
        Optional<JsonNode> left =
                endpoint.live().filter(live -> VertexLabels.of(live).candidate().isPresent());
        if (left.isPresent()) {
            undo(left.get());
        }
        VertexCandidate candidate = new VertexCandidate(api, endpoint, this, release);
        return Candidate.started(candidate, () -> candidate.start(progress));
    }

    @Override
    public Optional<ServingState> rollback() throws InterruptedException {
        Optional<JsonNode> live = endpoint.live();
        Optional<String> kept = live.map(VertexLabels::of).flatMap(VertexLabels::kept);
        if (kept.isEmpty() || VertexEndpoint.deployed(live.get(), kept.get()).isEmpty()) {
            return Optional.empty();
        }
        endpoint.patch(
                live.get().path("name").asText(),
                new VertexLabels(
                        kept, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Instant.now())),
                Map.of(kept.get(), 100));
        Optional<ServingState> state = status();
        endpoint.sweep(endpoint.live().orElseThrow());
        return state;
    }

    @Override
    public boolean undeploy() throws InterruptedException {
        return endpoint.remove();
    }
}
