package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.deployment.target.Ability;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.deployment.target.ServingState;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.operation.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One InferenceService, whose revisions share the traffic by {@code canaryTrafficPercent}. */
final class KserveTarget implements Target {

    private final KubernetesSettings settings;
    private final Naming naming;

    KserveTarget(KubernetesSettings settings, Naming naming) {
        this.settings = settings;
        this.naming = naming;
    }

    @Override
    public String kind() {
        return KubernetesSettings.KIND;
    }

    @Override
    public Set<Ability> abilities() {
        return settings.abilities();
    }

    @Override
    public List<PlannedChange> plan(NewRelease release) throws InterruptedException {
        try (Cluster cluster = Cluster.open(settings, naming)) {
            InferenceServices services = new InferenceServices(settings, naming, cluster);
            Plan plan = new Plan(cluster);
            if (services.same(release)) {
                plan.keep(ObjectKind.INFERENCE_SERVICE, naming.service(), "this release serves already");
                return plan.changes();
            }
            if (!release.env().isEmpty()) {
                plan.secret(services.secret(release));
            }
            plan.compare(ObjectKind.INFERENCE_SERVICE, services.confirmed(release));
            return plan.changes();
        }
    }

    @Override
    public Optional<ServingState> status() throws InterruptedException {
        try (Cluster cluster = Cluster.open(settings, naming)) {
            InferenceServices services = new InferenceServices(settings, naming, cluster);
            Optional<ObjectNode> live = services.live();
            KserveState state = services.state();
            if (live.isEmpty() || state.active().isEmpty()) {
                return Optional.empty();
            }
            String url = live.get().path("status").path("url").asText("");
            PodReport report = PodReport.of(
                    cluster,
                    Map.of(Naming.RUN, naming.service() + "-" + state.active().get()));
            return Optional.of(new ServingState(
                    state.active().get(),
                    KserveState.ready(live.get()),
                    state.since().orElse(Instant.EPOCH),
                    settings.url().map(Object::toString).orElse(url),
                    settings.url(),
                    OptionalLong.empty(),
                    report.restarts(),
                    Optional.empty()));
        }
    }

    @Override
    public Optional<String> recover() throws InterruptedException {
        try (Cluster cluster = Cluster.open(settings, naming);
                ClusterLock lock = ClusterLock.take(cluster, naming)) {
            InferenceServices services = new InferenceServices(settings, naming, cluster);
            Optional<String> left = services.state().candidate();
            if (left.isPresent()) {
                lock.require();
                services.undo();
            }
            services.removeSecretsOfNobody();
            return left.map(release -> "release " + release + " was left on its way to the traffic and was undone");
        }
    }

    @Override
    public boolean serves(NewRelease release) throws InterruptedException {
        try (Cluster cluster = Cluster.open(settings, naming)) {
            InferenceServices services = new InferenceServices(settings, naming, cluster);
            KserveState state = services.state();
            return state.candidate().isEmpty()
                    && state.active().equals(Optional.of(release.id()))
                    && services.same(release)
                    && services.sameVariables(release);
        }
    }

    @Override
    public Candidate begin(NewRelease release, Progress progress) throws InterruptedException {
        Manifests.image(release);
        KserveCandidate candidate = prepare(release);
        return Candidate.started(candidate, candidate::start);
    }

    private KserveCandidate prepare(NewRelease release) throws InterruptedException {
        Cluster cluster = Cluster.open(settings, naming);
        Optional<ClusterLock> lock = Optional.empty();
        try {
            InferenceServices services = new InferenceServices(settings, naming, cluster);
            lock = Optional.of(ClusterLock.take(cluster, naming));
            if (services.state().candidate().isPresent()) {
                services.undo();
            }
            return new KserveCandidate(settings, cluster, lock.get(), services, release, services.state());
        } catch (InterruptedException | RuntimeException e) {
            lock.ifPresent(ClusterLock::close);
            cluster.close();
            throw e;
        }
    }

    /** A revision without traffic may have no pods, so nothing is kept warm. */
    @Override
    public Optional<ServingState> rollback() {
        return Optional.empty();
    }

    @Override
    public boolean undeploy() throws InterruptedException {
        try (Cluster cluster = Cluster.open(settings, naming);
                ClusterLock lock = ClusterLock.take(cluster, naming)) {
            lock.require();
            boolean any = cluster.delete(ObjectKind.INFERENCE_SERVICE, naming.service());
            cluster.delete(ObjectKind.CONFIG_MAP, naming.lease());
            for (ObjectNode secret : cluster.owned(ObjectKind.SECRET)) {
                cluster.delete(ObjectKind.SECRET, Manifests.name(secret));
            }
            return any;
        }
    }
}
