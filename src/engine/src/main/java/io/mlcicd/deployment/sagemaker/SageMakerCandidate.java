package io.mlcicd.deployment.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.cloud.AwsApi;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.deployment.target.Observation;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Uninterrupted;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A variant on its way: beside the one that serves, in a configuration that says so in its tags. */
final class SageMakerCandidate implements Candidate {

    private final SageMakerNames names;
    private final AwsApi api;
    private final Endpoint endpoint;
    private final SageMakerTarget target;
    private final NewRelease release;
    private final Optional<Rollout> before;
    private String config = "";
    private String model = "";
    private Instant watchedSince = Instant.now();
    private boolean shadow;
    private boolean over;

    SageMakerCandidate(
            SageMakerNames names,
            AwsApi api,
            Endpoint endpoint,
            SageMakerTarget target,
            NewRelease release,
            Optional<Rollout> before) {
        this.names = names;
        this.api = api;
        this.endpoint = endpoint;
        this.target = target;
        this.release = release;
        this.before = before;
    }

    void start(Progress progress) throws InterruptedException {
        progress.line(
                "SageMaker starts " + names.endpoint() + " with release " + release.id() + "; this takes some minutes");
        model = endpoint.createModel(release);
        config = trial(false);
        if (before.isPresent()) {
            endpoint.update(config);
        } else {
            endpoint.create(config);
        }
    }

    /** A configuration with both variants. */
    private String trial(boolean asShadow) throws InterruptedException {
        String name = names.fresh(release.id());
        Map<String, String> tags = new TreeMap<>();
        tags.put(Rollout.CANDIDATE, release.id());
        if (before.isEmpty()) {
            endpoint.createConfig(name, List.of(endpoint.variant(release.id(), model, 1)), List.of(), tags);
            return name;
        }
        String old = before.get().serving().orElseThrow();
        tags.put(Rollout.ACTIVE, old);
        tags.put(Rollout.BEFORE, before.get().config());
        before.get().since().ifPresent(since -> tags.put(Rollout.SINCE, since.toString()));
        Map<String, Object> active =
                endpoint.variant(old, target.model(before.get().config(), old), 1);
        if (asShadow) {
            endpoint.createConfig(name, List.of(active), List.of(endpoint.variant(release.id(), model, 1)), tags);
        } else {
            endpoint.createConfig(name, List.of(active, endpoint.variant(release.id(), model, 0)), List.of(), tags);
        }
        return name;
    }

    /** SageMaker answers signed requests only, so nobody can ask the release by a plain address. */
    @Override
    public Optional<URI> address() {
        return Optional.empty();
    }

    @Override
    public Optional<URI> entrance() {
        return Optional.empty();
    }

    @Override
    public Health health() throws InterruptedException {
        Optional<JsonNode> found = endpoint.described();
        if (found.isEmpty()) {
            return new Health(false, Optional.of(false), "the endpoint is not there any more");
        }
        String status = found.get().path("EndpointStatus").asText();
        boolean ours = found.get().path("EndpointConfigName").asText().equals(config);
        String reason = found.get().path("FailureReason").asText("");
        String told = reason.isBlank() ? "" : ": " + reason.replaceAll("\\s+", " ");
        return switch (status) {
            case "InService" ->
                ours && reason.isBlank()
                        ? new Health(true, Optional.of(true), "the endpoint is in service")
                        : new Health(false, Optional.of(false), "SageMaker went back to what served before" + told);
            case "Failed", "RollingBack", "UpdateRollbackFailed", "OutOfService", "Deleting" ->
                new Health(false, Optional.of(false), "the endpoint is in the state " + status + told);
            default -> new Health(true, Optional.of(false), "the endpoint is in the state " + status);
        };
    }

    /** They are in CloudWatch Logs, which need rights of their own. */
    @Override
    public List<String> lastLines() {
        return List.of();
    }

    @Override
    public void route(double share) throws InterruptedException {
        if (before.isPresent()) {
            if (shadow) {
                become(false);
            }
            endpoint.weights(Map.of(release.id(), share, before.get().serving().orElseThrow(), 1 - share));
        }
        watchedSince = Instant.now();
    }

    @Override
    public void shadow(boolean on) throws InterruptedException {
        if (before.isPresent() && on != shadow) {
            become(on);
        }
        watchedSince = Instant.now();
    }

    private void become(boolean asShadow) throws InterruptedException {
        String next = trial(asShadow);
        endpoint.update(next);
        config = next;
        shadow = asShadow;
        JsonNode settled = endpoint.settled();
        if (!settled.path("EndpointConfigName").asText().equals(next)) {
            throw new OutsideSystemException("SageMaker did not change the endpoint " + names.endpoint() + " ("
                    + settled.path("FailureReason").asText("no reason was given") + "); look at it in its console");
        }
    }

    @Override
    public Optional<Observation> observed() throws InterruptedException {
        String old = before.flatMap(Rollout::serving).orElse("");
        return Optional.of(new Figures(api, names.endpoint()).observed(release.id(), old, watchedSince, Instant.now()));
    }

    @Override
    public void confirm(Duration keepOld) throws InterruptedException {
        Instant now = Instant.now();
        Map<String, String> tags = new TreeMap<>();
        tags.put(Rollout.WINNER, release.id());
        tags.put(Rollout.SINCE, now.toString());
        if (!keepOld.isZero()) {
            tags.put(Rollout.KEPT_UNTIL, now.plus(keepOld).toString());
        }
        endpoint.tag(config, tags);
        over = true;
        if (before.isPresent() && keepOld.isZero()) {
            target.finish(endpoint.rollout().orElseThrow());
        }
    }

    @Override
    public void abandon() {
        if (over) {
            return;
        }
        over = true;
        Uninterrupted.run(() -> {
            Optional<Rollout> now = endpoint.rollout();
            if (now.isPresent() && now.get().winner().isEmpty()) {
                target.undo(now.get());
            } else {
                endpoint.sweep(now.map(Rollout::config).stream().toList());
            }
        });
    }

    @Override
    public void close() {
        abandon();
    }
}
