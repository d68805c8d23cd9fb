package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.HealthCheck;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.deployment.target.Observation;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Uninterrupted;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A run on its way: its Deployment is there, the Service knows it as candidate. */
final class DeploymentCandidate implements Candidate {

    private static final long LOOK_MILLIS = 500;
    private static final int LINES = 20;

    private final KubernetesSettings settings;
    private final Naming naming;
    private final Cluster cluster;
    private final ClusterLock lock;
    private final DeploymentRuns runs;
    private final Serving serving;
    private final HealthCheck check;
    private final Progress progress;
    private final PodDoor pods;
    private final String run;
    private Instant routed = Instant.now();
    private boolean over;

    DeploymentCandidate(
            KubernetesSettings settings,
            Naming naming,
            Cluster cluster,
            ClusterLock lock,
            DeploymentRuns runs,
            Serving serving,
            HealthCheck check,
            Progress progress) {
        this.settings = settings;
        this.naming = naming;
        this.cluster = cluster;
        this.lock = lock;
        this.runs = runs;
        this.serving = serving;
        this.check = check;
        this.progress = progress;
        this.run = serving.candidate().orElseThrow();
        this.pods = new PodDoor(settings, cluster, runs.pods(run));
    }

    /** The Service knows the run before it is there, so that no crash leaves one that nobody knows. */
    void start(NewRelease release) throws InterruptedException {
        runs.serve(serving, serving.active().map(Serving.Selection::one).orElse(Serving.Selection.NONE));
        Set<String> others = runs.present();
        others.removeAll(serving.runs());
        for (String other : others) {
            runs.remove(other);
        }
        runs.start(release, run);
    }

    @Override
    public Optional<URI> address() {
        return pods.address();
    }

    @Override
    public Optional<URI> entrance() {
        return Entrance.of(settings, naming, cluster.namespace());
    }

    @Override
    public Health health() throws InterruptedException {
        Optional<ObjectNode> found = cluster.own(ObjectKind.DEPLOYMENT, run);
        if (found.isEmpty()) {
            return new Health(false, Optional.of(false), "Deployment " + run + " is not there any more");
        }
        JsonNode live = found.get();
        int wanted = live.path("spec").path("replicas").asInt(1);
        if (settled(live) && live.path("status").path("availableReplicas").asInt() >= wanted) {
            return new Health(true, Optional.of(true), wanted + " of " + wanted + " pods are ready");
        }
        PodReport report = PodReport.of(cluster, runs.pods(run));
        Optional<String> fatal = report.fatal().or(() -> failed(live, report));
        if (fatal.isPresent()) {
            return new Health(false, Optional.of(false), fatal.get());
        }
        return new Health(
                true,
                Optional.of(false),
                report.ready() + " of " + wanted + " pods are ready"
                        + report.note().map(note -> "; " + note).orElse(""));
    }

    private static boolean settled(JsonNode live) {
        return live.path("status").path("observedGeneration").asLong()
                >= live.path("metadata").path("generation").asLong();
    }

    /** What the Deployment's own conditions say, such as a quota that allows no pod. */
    private static Optional<String> failed(JsonNode live, PodReport report) {
        Optional<JsonNode> failure = PodReport.condition(live, "ReplicaFailure")
                .filter(condition -> condition.path("status").asText().equals("True"));
        if (failure.isPresent()) {
            return failure.map(condition ->
                    "no pod can be made: " + condition.path("message").asText());
        }
        return PodReport.condition(live, "Progressing")
                .filter(condition -> condition.path("reason").asText().equals("ProgressDeadlineExceeded"))
                .map(condition -> "the pods did not become ready within "
                        + live.path("spec").path("progressDeadlineSeconds").asText() + " s"
                        + report.note().map(note -> "; " + note).orElse(""));
    }

    @Override
    public List<String> lastLines() throws InterruptedException {
        List<ObjectNode> all = PodReport.pods(cluster, runs.pods(run));
        if (all.isEmpty()) {
            return List.of();
        }
        JsonNode newest = all.get(all.size() - 1);
        boolean crashed = newest.path("status")
                        .path("containerStatuses")
                        .path(0)
                        .path("restartCount")
                        .asInt()
                > 0;
        return cluster.lastLines(Manifests.name(newest), Manifests.CONTAINER, crashed, LINES);
    }

    @Override
    public void route(double share) throws InterruptedException {
        divide(share);
        if (share >= 1 && entrance().isPresent()) {
            Entrance.await(entrance().get(), check.path());
        }
        routed = Instant.now();
    }

    private void divide(double share) throws InterruptedException {
        lock.require();
        if (serving.active().isEmpty()) {
            runs.serve(serving, share > 0 ? Serving.Selection.one(run) : Serving.Selection.NONE);
            return;
        }
        String old = serving.active().get();
        if (share <= 0) {
            runs.serve(serving, Serving.Selection.one(old));
            runs.scale(old, runs.fullReplicas(old));
            return;
        }
        if (share >= 1) {
            runs.scale(run, settings.replicas());
            await(run, settings.replicas());
            runs.serve(serving, Serving.Selection.one(run));
            return;
        }
        ReplicaShares pair = ReplicaShares.of(share, settings.replicas(), settings.maxReplicas());
        progress.line(String.format(
                Locale.ROOT,
                "a share of %.1f %% is %d of %d pods, %.1f %% of the connections",
                100 * share,
                pair.candidate(),
                pair.candidate() + pair.active(),
                100 * pair.share()));
        runs.scale(run, pair.candidate());
        await(run, pair.candidate());
        runs.scale(old, pair.active());
        await(old, pair.active());
        lock.require();
        runs.serve(serving, Serving.Selection.ALL);
    }

    private void await(String which, int replicas) throws InterruptedException {
        long until = System.nanoTime() + check.timeout().toNanos();
        while (true) {
            JsonNode live = cluster.own(ObjectKind.DEPLOYMENT, which)
                    .orElseThrow(() -> new OutsideSystemException(
                            "Deployment " + which + " was removed while it was being released; deploy again"));
            JsonNode status = live.path("status");
            if (settled(live)
                    && status.path("availableReplicas").asInt() == replicas
                    && status.path("replicas").asInt() == replicas) {
                return;
            }
            PodReport report = PodReport.of(cluster, runs.pods(which));
            if (System.nanoTime() - until >= 0 || report.fatal().isPresent()) {
                throw new OutsideSystemException("Deployment " + which + " did not come to " + replicas
                        + " ready pods within " + check.timeout().toSeconds() + " s ("
                        + report.fatal().or(report::note).orElse(report.ready() + " are ready")
                        + "); give the cluster room for them, or raise deploy.health.timeout");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void shadow(boolean on) {
        throw new UnsupportedOperationException("a Service copies no requests");
    }

    @Override
    public Optional<Observation> observed() throws InterruptedException {
        if (settings.figures().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PrometheusFigures(settings.figures().get(), cluster)
                .observed(
                        runs.pods(run),
                        serving.active().map(runs::pods).orElse(Map.of()),
                        Duration.between(routed, Instant.now())));
    }

    @Override
    public void confirm(Duration keepOld) throws InterruptedException {
        lock.require();
        Optional<String> old = serving.active();
        boolean keep = old.isPresent() && !keepOld.isZero();
        Instant now = Instant.now();
        runs.serve(new Serving(
                Optional.of(run),
                Optional.empty(),
                keep ? old : Optional.empty(),
                keep ? Optional.of(now.plus(keepOld)) : Optional.empty(),
                Optional.of(now)));
        over = true;
        try {
            if (keep) {
                runs.scale(old.get(), runs.fullReplicas(old.get()));
            } else if (old.isPresent()) {
                Thread.sleep(settings.drain().toMillis());
                runs.remove(old.get());
            }
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
            Uninterrupted.run(() -> runs.undo(serving));
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
