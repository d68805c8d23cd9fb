package io.mlcicd.deployment.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.cloud.AwsApi;
import io.mlcicd.deployment.target.Ability;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.deployment.target.PlannedChange.Action;
import io.mlcicd.deployment.target.ServingState;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.operation.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A real-time endpoint, whose variants are the releases. */
final class SageMakerTarget implements Target {

    private static final Duration LOOK = Duration.ofSeconds(10);

    private final SageMakerSettings settings;
    private final SageMakerNames names;
    private final AwsApi api;
    private final Endpoint endpoint;

    SageMakerTarget(SageMakerSettings settings, SageMakerNames names, UnaryOperator<String> environment) {
        this(settings, names, environment, LOOK);
    }

    /** @param look how long to wait before asking again how far the endpoint is */
    SageMakerTarget(
            SageMakerSettings settings, SageMakerNames names, UnaryOperator<String> environment, Duration look) {
        this.settings = settings;
        this.names = names;
        this.api = new AwsApi(settings.region(), settings.endpointUrl(), "deploy.sagemaker", environment);
        this.endpoint = new Endpoint(settings, names, api, look);
    }

    @Override
    public String kind() {
        return SageMakerSettings.KIND;
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.SHARES, Ability.SHADOW, Ability.FIGURES);
    }

    @Override
    public List<PlannedChange> plan(NewRelease release) throws InterruptedException {
        Optional<Rollout> now = endpoint.rollout();
        String what = "endpoint " + names.endpoint();
        if (serves(release)) {
            return List.of(new PlannedChange(Action.KEEP, what, "this release serves already"));
        }
        List<PlannedChange> changes = new ArrayList<>();
        String run = settings.instances() + " × " + settings.instanceType();
        changes.add(
                new PlannedChange(Action.CREATE, "model of release " + release.id(), "of " + Endpoint.image(release)));
        changes.add(new PlannedChange(
                Action.CREATE,
                "endpoint configuration of release " + release.id(),
                now.isPresent() ? run + ", beside the variant that serves" : run));
        changes.add(new PlannedChange(
                now.isPresent() ? Action.CHANGE : Action.CREATE,
                what,
                now.flatMap(Rollout::serving)
                        .map(serving -> "release " + serving + " becomes " + release.id())
                        .orElse("with release " + release.id())));
        now.flatMap(Rollout::serving)
                .ifPresent(serving -> changes.add(
                        new PlannedChange(Action.REMOVE, "model of release " + serving, "once its time is over")));
        return List.copyOf(changes);
    }

    @Override
    public Optional<ServingState> status() throws InterruptedException {
        Optional<JsonNode> described = endpoint.described();
        Optional<Rollout> rollout = endpoint.rollout();
        if (described.isEmpty() || rollout.flatMap(Rollout::serving).isEmpty()) {
            return Optional.empty();
        }
        String status = described.get().path("EndpointStatus").asText();
        return Optional.of(new ServingState(
                rollout.get().serving().get(),
                status.equals("InService") || status.endsWith("Updating") || status.equals("RollingBack"),
                rollout.get().since().orElse(Instant.EPOCH),
                "https://runtime.sagemaker." + settings.region() + ".amazonaws.com/endpoints/" + names.endpoint()
                        + "/invocations",
                Optional.empty(),
                OptionalLong.empty(),
                0,
                rollout.get().kept()));
    }

    @Override
    public Optional<String> recover() throws InterruptedException {
        Optional<Rollout> rollout = endpoint.rollout();
        if (rollout.isEmpty()) {
            endpoint.sweep(List.of());
            return Optional.empty();
        }
        Rollout now = rollout.get();
        if (now.winner().isEmpty()) {
            undo(now);
            return Optional.of("release " + now.candidate() + " was left on its way to the traffic and was undone");
        }
        if (now.open() && now.keptUntil().filter(Instant.now()::isBefore).isEmpty()) {
            finish(now);
            return Optional.of("release " + now.winner().get() + " was given the endpoint alone");
        }
        return Optional.empty();
    }

    /** Back to what served before; a first release goes altogether. */
    void undo(Rollout now) throws InterruptedException {
        if (now.before().isPresent()) {
            endpoint.update(now.before().get());
            endpoint.settled();
            endpoint.sweep(List.of(now.before().get()));
        } else {
            endpoint.delete();
            endpoint.sweep(List.of());
        }
    }

    /** The winner alone, in a configuration of its own. */
    void finish(Rollout now) throws InterruptedException {
        String winner = now.winner().orElseThrow();
        String config;
        if (winner.equals(now.candidate())) {
            config = names.fresh(winner);
            endpoint.createConfig(
                    config,
                    List.of(endpoint.variant(winner, model(now.config(), winner), 1)),
                    List.of(),
                    Map.of(
                            Rollout.CANDIDATE,
                            winner,
                            Rollout.WINNER,
                            winner,
                            Rollout.SINCE,
                            now.since().orElseGet(Instant::now).toString()));
        } else {
            config = now.before().orElseThrow();
        }
        endpoint.update(config);
        endpoint.settled();
        endpoint.sweep(List.of(config));
    }

    String model(String config, String release) throws InterruptedException {
        JsonNode described = endpoint.config(config);
        for (String kind : List.of("ProductionVariants", "ShadowProductionVariants")) {
            for (JsonNode variant : described.path(kind)) {
                if (variant.path("VariantName").asText().equals(SageMakerNames.variant(release))) {
                    return variant.path("ModelName").asText();
                }
            }
        }
        throw new IllegalStateException("configuration " + config + " has no variant of release " + release);
    }

    @Override
    public boolean serves(NewRelease release) throws InterruptedException {
        Optional<Rollout> now = endpoint.rollout();
        return now.isPresent()
                && now.get().winner().equals(Optional.of(release.id()))
                && endpoint.same(release, now.get().config());
    }

    @Override
    public Candidate begin(NewRelease release, Progress progress) throws InterruptedException {
        Endpoint.image(release);
        Optional<Rollout> before = endpoint.rollout();
        if (before.isPresent() && before.get().winner().isEmpty()) {
            undo(before.get());
            before = endpoint.rollout();
        }
        if (before.filter(Rollout::open).isPresent()) {
            finish(before.get());
            before = endpoint.rollout();
        }
        Optional<Rollout> serving = before;
        SageMakerCandidate candidate = new SageMakerCandidate(names, api, endpoint, this, release, serving);
        return Candidate.started(candidate, () -> candidate.start(progress));
    }

    @Override
    public Optional<ServingState> rollback() throws InterruptedException {
        Optional<Rollout> now = endpoint.rollout();
        Optional<String> kept = now.flatMap(Rollout::kept);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        String bad = now.get().winner().orElseThrow();
        endpoint.tag(
                now.get().config(),
                Map.of(
                        Rollout.WINNER,
                        kept.get(),
                        Rollout.KEPT_UNTIL,
                        "",
                        Rollout.SINCE,
                        Instant.now().toString()));
        endpoint.weights(Map.of(kept.get(), 1.0, bad, 0.0));
        Optional<ServingState> state = status();
        finish(endpoint.rollout().orElseThrow());
        return state;
    }

    @Override
    public boolean undeploy() throws InterruptedException {
        boolean any = endpoint.delete();
        endpoint.sweep(List.of());
        return any;
    }
}
