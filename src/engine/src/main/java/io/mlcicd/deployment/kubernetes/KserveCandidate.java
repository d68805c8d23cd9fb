package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.deployment.target.Observation;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Uninterrupted;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest revision of an InferenceService, on its way to the traffic. */
final class KserveCandidate implements Candidate {

    private static final int LINES = 20;

    private final KubernetesSettings settings;
    private final Cluster cluster;
    private final ClusterLock lock;
    private final InferenceServices services;
    private final NewRelease release;
    private final PodDoor pods;
    private final Map<String, String> labels;
    private final KserveState before;
    private Optional<String> createdBefore = Optional.empty();
    private Instant routed = Instant.now();
    private boolean over;

    KserveCandidate(
            KubernetesSettings settings,
            Cluster cluster,
            ClusterLock lock,
            InferenceServices services,
            NewRelease release,
            KserveState before) {
        this.settings = settings;
        this.cluster = cluster;
        this.lock = lock;
        this.services = services;
        this.release = release;
        this.before = before;
        this.labels = services.labels(services.run(release.id()));
        this.pods = new PodDoor(settings, cluster, labels);
    }

    void start() throws InterruptedException {
        Optional<ObjectNode> live = services.live();
        createdBefore = live.map(KserveState::predictor)
                .map(predictor -> predictor.path("latestCreatedRevision").asText(""));
        requireRevisions(live);
        services.remember(before.with(
                release.id(),
                live.map(InferenceServices::restorable),
                live.map(KserveState::predictor)
                        .map(predictor ->
                                predictor.path("latestRolledoutRevision").asText(null))));
        services.applySecret(release);
        route(0);
    }

    private static void requireRevisions(Optional<ObjectNode> live) {
        String mode = live.map(service -> service.path("metadata")
                        .path("annotations")
                        .path("serving.kserve.io/deploymentMode")
                        .asText(service.path("status").path("deploymentMode").asText()))
                .orElse("");
        if (mode.equals("RawDeployment") || mode.equals("Standard")) {
            throw new InvalidInputException("the InferenceService is run in KServe's mode " + mode
                    + ", which has no revisions to go back to; use its Knative mode, or set deploy.kubernetes.kserve to"
                    + " false");
        }
    }

    @Override
    public Optional<URI> address() {
        return pods.address();
    }

    @Override
    public Optional<URI> entrance() {
        return settings.url();
    }

    @Override
    public Health health() throws InterruptedException {
        Optional<ObjectNode> found = services.live();
        if (found.isEmpty()) {
            return new Health(false, Optional.of(false), "the InferenceService is not there any more");
        }
        JsonNode predictor = KserveState.predictor(found.get());
        String created = predictor.path("latestCreatedRevision").asText("");
        boolean seen = found.get().path("status").path("observedGeneration").asLong()
                >= found.get().path("metadata").path("generation").asLong();
        boolean newer = seen && !created.isEmpty() && !Optional.of(created).equals(createdBefore);
        if (newer && predictor.path("latestReadyRevision").asText().equals(created)) {
            return new Health(true, Optional.of(true), "revision " + created + " is ready");
        }
        PodReport report = PodReport.of(cluster, labels);
        if (report.fatal().isPresent()) {
            return new Health(false, Optional.of(false), report.fatal().get());
        }
        String note = report.note()
                .or(() -> PodReport.condition(found.get(), "PredictorReady")
                        .map(condition -> condition.path("message").asText())
                        .filter(message -> !message.isBlank()))
                .map(message -> "; " + message)
                .orElse("");
        return new Health(
                true,
                Optional.of(false),
                (newer ? "revision " + created + " is not ready yet" : "KServe has not made a revision of it yet")
                        + note);
    }

    @Override
    public List<String> lastLines() throws InterruptedException {
        List<ObjectNode> all = PodReport.pods(cluster, labels);
        return all.isEmpty()
                ? List.of()
                : cluster.lastLines(Manifests.name(all.get(all.size() - 1)), InferenceServices.CONTAINER, false, LINES);
    }

    @Override
    public void route(double share) throws InterruptedException {
        lock.require();
        services.route(release, before.active().isEmpty(), (int) Math.round(share * 100));
        if (share >= 1 && entrance().isPresent()) {
            Entrance.await(entrance().get(), release.health().path());
        }
        routed = Instant.now();
    }

    @Override
    public void shadow(boolean on) {
        throw new UnsupportedOperationException("an InferenceService copies no requests");
    }

    @Override
    public Optional<Observation> observed() throws InterruptedException {
        if (settings.figures().isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> old = before.active()
                .map(active -> services.labels(services.run(active)))
                .orElse(Map.of());
        return Optional.of(new PrometheusFigures(settings.figures().get(), cluster)
                .observed(labels, old, Duration.between(routed, Instant.now())));
    }

    @Override
    public void confirm(Duration keepOld) throws InterruptedException {
        lock.require();
        services.confirm(release);
        over = true;
        try {
            services.removeSecretsOfNobody();
        } finally {
            release();
        }
    }

    @Override
    public void abandon() {
        if (over) {
            return;
        }
        over = true;
        try {
            Uninterrupted.run(services::undo);
        } finally {
            release();
        }
    }

    private void release() {
        pods.close();
        lock.close();
        cluster.close();
    }

    @Override
    public void close() {
        abandon();
    }
}
