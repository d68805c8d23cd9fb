package io.mlcicd.deployment.vertex;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.cloud.VertexApi;
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

/** A deployed model on its way: the endpoint's labels know the release, the traffic does not yet. */
final class VertexCandidate implements Candidate {

    private final VertexApi api;
    private final VertexEndpoint endpoint;
    private final VertexTarget target;
    private final NewRelease release;
    private String name = "";
    private VertexLabels labels = VertexLabels.NOTHING;
    private String operation = "";
    private Optional<String> id = Optional.empty();
    private Instant routed = Instant.now();
    private boolean over;

    VertexCandidate(VertexApi api, VertexEndpoint endpoint, VertexTarget target, NewRelease release) {
        this.api = api;
        this.endpoint = endpoint;
        this.target = target;
        this.release = release;
    }

    /** The labels know the release before anything of it is there, so no crash leaves what nobody knows. */
    void start(Progress progress) throws InterruptedException {
        progress.line("Vertex AI deploys release " + release.id() + "; this takes some minutes");
        Optional<JsonNode> live = endpoint.live();
        name = live.isPresent() ? live.get().path("name").asText() : endpoint.create();
        labels = live.map(VertexLabels::of).orElse(VertexLabels.NOTHING).with(release.id());
        endpoint.patch(name, labels);
        JsonNode known = endpoint.live().orElseThrow();
        endpoint.sweep(known);
        String model = endpoint.upload(release);
        operation = endpoint.deploy(name, model, release).path("name").asText();
    }

    /** Vertex AI answers requests with a token only, so nobody can ask the release by a plain address. */
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
        JsonNode now = api.get(operation);
        if (!now.path("done").asBoolean()) {
            return new Health(true, Optional.of(false), "Vertex AI is deploying the model");
        }
        if (now.has("error")) {
            return new Health(
                    false,
                    Optional.of(false),
                    "Vertex AI could not deploy the model (" + VertexApi.told(now.path("error")) + ")");
        }
        id = Optional.of(now.path("response").path("deployedModel").path("id").asText());
        return new Health(true, Optional.of(true), "deployed model " + id.get() + " is ready");
    }

    /** They are in Cloud Logging, which needs rights of its own. */
    @Override
    public List<String> lastLines() {
        return List.of();
    }

    @Override
    public void route(double share) throws InterruptedException {
        String mine = deployed();
        int percent = (int) Math.round(100 * share);
        if (labels.active().isEmpty()) {
            endpoint.patch(name, labels, share > 0 ? Map.of(mine, 100) : Map.of());
        } else if (percent == 100) {
            endpoint.patch(name, labels, Map.of(mine, 100, labels.active().get(), 0));
        } else {
            endpoint.patch(name, labels, Map.of(mine, percent, labels.active().get(), 100 - percent));
        }
        routed = Instant.now();
    }

    private String deployed() throws InterruptedException {
        if (id.isEmpty()) {
            health();
        }
        return id.orElseThrow(() ->
                new OutsideSystemException("Vertex AI has not deployed release " + release.id() + " yet; wait for it"));
    }

    @Override
    public void shadow(boolean on) {
        throw new UnsupportedOperationException("a Vertex AI endpoint copies no requests");
    }

    @Override
    public Optional<Observation> observed() throws InterruptedException {
        return Optional.of(new VertexFigures(api, name).observed(deployed(), labels.active(), routed, Instant.now()));
    }

    @Override
    public void confirm(Duration keepOld) throws InterruptedException {
        Instant now = Instant.now();
        boolean keep = labels.active().isPresent() && !keepOld.isZero();
        String mine = deployed();
        endpoint.patch(
                name,
                new VertexLabels(
                        Optional.of(mine),
                        Optional.empty(),
                        keep ? labels.active() : Optional.empty(),
                        keep ? Optional.of(now.plus(keepOld)) : Optional.empty(),
                        Optional.of(now)),
                Map.of(mine, 100));
        over = true;
        endpoint.sweep(endpoint.live().orElseThrow());
    }

    /** What is still being deployed cannot be stopped; it is awaited, so that it can be removed. */
    @Override
    public void abandon() {
        if (over) {
            return;
        }
        over = true;
        Uninterrupted.run(() -> {
            Optional<JsonNode> live = endpoint.live();
            if (live.filter(one -> VertexLabels.of(one).candidate().isPresent()).isPresent()) {
                if (!operation.isEmpty()) {
                    awaitOperation();
                }
                target.undo(endpoint.live().orElseThrow());
            }
        });
    }

    private void awaitOperation() throws InterruptedException {
        try {
            api.done(api.get(operation));
        } catch (OutsideSystemException e) {
            // It failed, so that there is nothing to remove of it.
            operation = "";
        }
    }

    @Override
    public void close() {
        abandon();
    }
}
