package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digests;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The runs of releases in one namespace: a Deployment each, with a Secret where it has variables. */
final class DeploymentRuns {

    private final KubernetesSettings settings;
    private final Naming naming;
    private final Cluster cluster;
    private final Manifests manifests;

    DeploymentRuns(KubernetesSettings settings, Naming naming, Cluster cluster) {
        this.settings = settings;
        this.naming = naming;
        this.cluster = cluster;
        this.manifests = new Manifests(settings, naming);
    }

    Serving serving() throws InterruptedException {
        return cluster.own(ObjectKind.SERVICE, naming.service())
                .map(Serving::of)
                .orElse(Serving.NOTHING);
    }

    void serve(Serving serving) throws InterruptedException {
        cluster.apply(ObjectKind.SERVICE, serving.service(settings, naming));
    }

    void serve(Serving serving, Serving.Selection selection) throws InterruptedException {
        cluster.apply(ObjectKind.SERVICE, serving.service(settings, naming, selection));
    }

    /**
     * A name for a new run that no run has, nor any pod that an earlier one has left: such a pod would count as the new
     * run's, for better or worse.
     */
    String fresh(NewRelease release, Serving serving) throws InterruptedException {
        Set<String> taken = serving.runs();
        cluster.list(ObjectKind.POD, naming.selector())
                .forEach(pod -> taken.add(
                        pod.path("metadata").path("labels").path(Naming.RUN).asText()));
        return naming.run(release.id(), taken);
    }

    ObjectNode deployment(NewRelease release, String run) {
        return manifests.deployment(release, run, spec(release));
    }

    ObjectNode secret(NewRelease release, String run) {
        return manifests.secret(release, run);
    }

    void start(NewRelease release, String run) throws InterruptedException {
        if (!release.env().isEmpty()) {
            cluster.apply(ObjectKind.SECRET, secret(release, run));
        }
        cluster.apply(ObjectKind.DEPLOYMENT, deployment(release, run));
    }

    void remove(String run) throws InterruptedException {
        cluster.delete(ObjectKind.DEPLOYMENT, run);
        cluster.delete(ObjectKind.SECRET, run);
    }

    /** Removes the entrance itself; true when there was one. */
    boolean removeService() throws InterruptedException {
        return cluster.delete(ObjectKind.SERVICE, naming.service());
    }

    void scale(String run, int replicas) throws InterruptedException {
        cluster.merge(
                ObjectKind.DEPLOYMENT, run, Json.mapper().valueToTree(Map.of("spec", Map.of("replicas", replicas))));
    }

    /** How many pods the run has with the whole traffic. */
    int fullReplicas(String run) throws InterruptedException {
        return cluster.own(ObjectKind.DEPLOYMENT, run)
                .map(live -> live.path("metadata")
                        .path("annotations")
                        .path(Naming.REPLICAS)
                        .asInt(1))
                .orElse(settings.replicas());
    }

    /** Names of all runs of this deployment that are there, with or without a reason. */
    Set<String> present() throws InterruptedException {
        Set<String> names = new HashSet<>();
        cluster.owned(ObjectKind.DEPLOYMENT).forEach(object -> names.add(Manifests.name(object)));
        cluster.owned(ObjectKind.SECRET).forEach(object -> names.add(Manifests.name(object)));
        return names;
    }

    /** Whether that run is of this very release, with these very settings and variables. */
    boolean same(NewRelease release, String run) throws InterruptedException {
        Optional<ObjectNode> live = cluster.own(ObjectKind.DEPLOYMENT, run);
        if (live.isEmpty()
                || !live.get()
                        .path("metadata")
                        .path("annotations")
                        .path(Naming.SPEC)
                        .asText()
                        .equals(spec(release))) {
            return false;
        }
        return release.env().isEmpty()
                || cluster.own(ObjectKind.SECRET, run)
                        .filter(secret ->
                                secret.path("data").equals(secret(release, run).path("data")))
                        .isPresent();
    }

    boolean available(String run) throws InterruptedException {
        return cluster.own(ObjectKind.DEPLOYMENT, run)
                .filter(live -> live.path("status").path("availableReplicas").asInt() > 0)
                .isPresent();
    }

    Map<String, String> pods(String run) {
        return Map.of(Naming.RUN, run, Naming.INSTANCE, naming.service());
    }

    /** A digest of all that makes a run, but its name and the values of its variables. */
    private String spec(NewRelease release) {
        return Digests.of(ObjectDiff.fields(manifests.deployment(release, naming.service(), ""))
                        .toString()
                        .getBytes(StandardCharsets.UTF_8))
                .abbreviated();
    }

    /** Gives the traffic to the active run alone and removes the candidate. */
    void undo(Serving serving) throws InterruptedException {
        if (serving.active().isPresent()) {
            serve(serving.withoutCandidate());
            scale(serving.active().get(), fullReplicas(serving.active().get()));
        }
        if (serving.candidate().isPresent()) {
            remove(serving.candidate().get());
        }
        if (serving.active().isEmpty()) {
            removeService();
        }
    }
}
