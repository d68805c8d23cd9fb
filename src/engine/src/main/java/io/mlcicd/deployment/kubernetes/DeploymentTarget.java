package io.mlcicd.deployment.kubernetes;

import io.mlcicd.deployment.target.Ability;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.deployment.target.ServingState;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.operation.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** A Deployment for each release behind one Service, whose selector says which of them has the traffic. */
final class DeploymentTarget implements Target {

    private final KubernetesSettings settings;
    private final Naming naming;

    DeploymentTarget(KubernetesSettings settings, Naming naming) {
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
            DeploymentRuns runs = new DeploymentRuns(settings, naming, cluster);
            Serving serving = runs.serving();
            Plan plan = new Plan(cluster);
            if (serving.active().isPresent()
                    && runs.same(release, serving.active().get())) {
                plan.keep(ObjectKind.DEPLOYMENT, serving.active().get(), "this release serves already");
                plan.compare(ObjectKind.SERVICE, serving.service(settings, naming));
                return plan.changes();
            }
            String run = runs.fresh(release, serving);
            plan.compare(ObjectKind.DEPLOYMENT, runs.deployment(release, run));
            if (!release.env().isEmpty()) {
                plan.secret(runs.secret(release, run));
            }
            Serving then = new Serving(
                    Optional.of(run), Optional.empty(), Optional.empty(), Optional.empty(), serving.since());
            plan.compare(ObjectKind.SERVICE, then.service(settings, naming));
            for (String old : new TreeSet<>(runs.present())) {
                if (!old.equals(run)) {
                    plan.remove(ObjectKind.DEPLOYMENT, old);
                }
            }
            return plan.changes();
        }
    }

    @Override
    public Optional<ServingState> status() throws InterruptedException {
        try (Cluster cluster = Cluster.open(settings, naming)) {
            return status(new DeploymentRuns(settings, naming, cluster), cluster);
        }
    }

    private Optional<ServingState> status(DeploymentRuns runs, Cluster cluster) throws InterruptedException {
        Serving serving = runs.serving();
        if (serving.active().isEmpty()) {
            return Optional.empty();
        }
        String run = serving.active().get();
        PodReport report = PodReport.of(cluster, runs.pods(run));
        return Optional.of(new ServingState(
                naming.releaseOf(run),
                runs.available(run),
                serving.since().orElse(Instant.EPOCH),
                Entrance.shown(settings, naming, cluster.namespace()),
                Entrance.of(settings, naming, cluster.namespace()),
                OptionalLong.empty(),
                report.restarts(),
                serving.kept().map(naming::releaseOf)));
    }

    @Override
    public Optional<String> recover() throws InterruptedException {
        try (Cluster cluster = Cluster.open(settings, naming);
                ClusterLock lock = ClusterLock.take(cluster, naming)) {
            DeploymentRuns runs = new DeploymentRuns(settings, naming, cluster);
            List<String> done = new ArrayList<>();
            Serving serving = runs.serving();
            if (serving.candidate().isPresent()) {
                String candidate = serving.candidate().get();
                runs.undo(serving);
                done.add("release " + naming.releaseOf(candidate)
                        + " was left on its way to the traffic and was undone");
                serving = runs.serving();
            }
            if (serving.keptUntil().filter(Instant.now()::isAfter).isPresent()) {
                done.add("release " + naming.releaseOf(serving.kept().orElseThrow())
                        + ", kept for a rollback, was removed when its time was over");
                serving = serving.withoutKept();
                runs.serve(serving);
            }
            Set<String> strays = runs.present();
            strays.removeAll(serving.runs());
            for (String stray : strays) {
                lock.require();
                runs.remove(stray);
            }
            if (done.isEmpty() && !strays.isEmpty()) {
                done.add("what an earlier command had not removed any more was removed: " + String.join(", ", strays));
            }
            return done.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", done));
        }
    }

    @Override
    public boolean serves(NewRelease release) throws InterruptedException {
        try (Cluster cluster = Cluster.open(settings, naming)) {
            DeploymentRuns runs = new DeploymentRuns(settings, naming, cluster);
            Optional<String> active = runs.serving().active();
            return active.isPresent() && runs.same(release, active.get()) && runs.available(active.get());
        }
    }

    @Override
    public Candidate begin(NewRelease release, Progress progress) throws InterruptedException {
        Manifests.image(release);
        DeploymentCandidate candidate = prepare(release, progress);
        return Candidate.started(candidate, () -> candidate.start(release));
    }

    /** Takes the lock, which the candidate then holds, and undoes what was left; changes nothing else. */
    private DeploymentCandidate prepare(NewRelease release, Progress progress) throws InterruptedException {
        Cluster cluster = Cluster.open(settings, naming);
        Optional<ClusterLock> lock = Optional.empty();
        try {
            DeploymentRuns runs = new DeploymentRuns(settings, naming, cluster);
            lock = Optional.of(ClusterLock.take(cluster, naming));
            Serving before = runs.serving();
            if (before.candidate().isPresent()) {
                runs.undo(before);
                before = runs.serving();
            }
            String run = runs.fresh(release, before);
            return new DeploymentCandidate(
                    settings, naming, cluster, lock.get(), runs, before.with(run), release.health(), progress);
        } catch (InterruptedException | RuntimeException e) {
            lock.ifPresent(ClusterLock::close);
            cluster.close();
            throw e;
        }
    }

    @Override
    public Optional<ServingState> rollback() throws InterruptedException {
        try (Cluster cluster = Cluster.open(settings, naming);
                ClusterLock lock = ClusterLock.take(cluster, naming)) {
            DeploymentRuns runs = new DeploymentRuns(settings, naming, cluster);
            Serving serving = runs.serving();
            if (serving.kept().isEmpty() || !runs.available(serving.kept().get())) {
                return Optional.empty();
            }
            lock.require();
            runs.serve(new Serving(
                    serving.kept(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Instant.now())));
            Optional<ServingState> state = status(runs, cluster);
            Thread.sleep(settings.drain().toMillis());
            if (serving.active().isPresent()) {
                runs.remove(serving.active().get());
            }
            return state;
        }
    }

    @Override
    public boolean undeploy() throws InterruptedException {
        try (Cluster cluster = Cluster.open(settings, naming);
                ClusterLock lock = ClusterLock.take(cluster, naming)) {
            DeploymentRuns runs = new DeploymentRuns(settings, naming, cluster);
            boolean any = runs.removeService();
            for (String run : runs.present()) {
                lock.require();
                runs.remove(run);
                any = true;
            }
            return any;
        }
    }
}
