package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digests;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The InferenceService of a deployment, by KServe's API reference (serving.kserve.io/v1beta1): a predictor of one container,
 * with {@code canaryTrafficPercent} while a release is on its way.
 */
final class InferenceServices {

    /** KServe takes a container of this name for the one that answers. */
    static final String CONTAINER = "kserve-container";

    private static final long LOOK_MILLIS = 500;
    private static final int LOOKS = 60;

    private final KubernetesSettings settings;
    private final Naming naming;
    private final Cluster cluster;
    private final Manifests manifests;

    InferenceServices(KubernetesSettings settings, Naming naming, Cluster cluster) {
        this.settings = settings;
        this.naming = naming;
        this.cluster = cluster;
        this.manifests = new Manifests(settings, naming);
    }

    Optional<ObjectNode> live() throws InterruptedException {
        return cluster.own(ObjectKind.INFERENCE_SERVICE, naming.service());
    }

    KserveState state() throws InterruptedException {
        return cluster.own(ObjectKind.CONFIG_MAP, naming.lease())
                .map(KserveState::of)
                .orElse(KserveState.NOTHING);
    }

    void remember(KserveState state) throws InterruptedException {
        cluster.apply(ObjectKind.CONFIG_MAP, state.map(naming));
    }

    String run(String release) {
        return naming.service() + "-" + release;
    }

    Map<String, String> labels(String run) {
        return Map.of(Naming.RUN, run, Naming.INSTANCE, naming.service());
    }

    ObjectNode secret(NewRelease release) {
        return manifests.secret(release, run(release.id()));
    }

    boolean same(NewRelease release) throws InterruptedException {
        return live().map(service -> service.path("metadata")
                        .path("annotations")
                        .path(Naming.SPEC)
                        .asText())
                .filter(spec(release)::equals)
                .isPresent();
    }

    boolean sameVariables(NewRelease release) throws InterruptedException {
        return release.env().isEmpty()
                || cluster.own(ObjectKind.SECRET, run(release.id()))
                        .filter(live -> live.path("data").equals(secret(release).path("data")))
                        .isPresent();
    }

    void applySecret(NewRelease release) throws InterruptedException {
        if (!release.env().isEmpty()) {
            cluster.apply(ObjectKind.SECRET, secret(release));
        }
    }

    /** Gives the release that share of the traffic; all of it where nothing serves yet. */
    void route(NewRelease release, boolean first, int percent) throws InterruptedException {
        cluster.apply(
                ObjectKind.INFERENCE_SERVICE, service(release, first ? OptionalInt.empty() : OptionalInt.of(percent)));
    }

    /** Gives the release all the traffic, for good. */
    void confirm(NewRelease release) throws InterruptedException {
        cluster.apply(ObjectKind.INFERENCE_SERVICE, confirmed(release));
        remember(KserveState.confirmed(release.id()));
    }

    ObjectNode confirmed(NewRelease release) {
        return service(release, OptionalInt.empty());
    }

    private ObjectNode service(NewRelease release, OptionalInt percent) {
        Map<String, Object> predictor = predictor(release);
        percent.ifPresent(share -> predictor.put("canaryTrafficPercent", share));
        return object(manifests.annotations(release, spec(release)), predictor);
    }

    private ObjectNode object(Map<String, String> annotations, Object predictor) {
        return Manifests.object(
                ObjectKind.INFERENCE_SERVICE,
                Manifests.metadata(naming.service(), naming.labels(), annotations),
                Map.of("spec", Map.of("predictor", predictor)));
    }

    private Map<String, Object> predictor(NewRelease release) {
        Map<String, Object> predictor = new LinkedHashMap<>();
        predictor.put("minReplicas", settings.replicas());
        predictor.put("maxReplicas", settings.maxReplicas());
        predictor.put("labels", manifests.podLabels(run(release.id())));
        if (!settings.annotations().isEmpty()) {
            predictor.put("annotations", new TreeMap<>(settings.annotations()));
        }
        predictor.putAll(manifests.podSpec(release, run(release.id()), CONTAINER));
        return predictor;
    }

    private String spec(NewRelease release) {
        return Digests.of(ObjectDiff.fields(object(Map.of(), predictor(release)))
                        .toString()
                        .getBytes(StandardCharsets.UTF_8))
                .abbreviated();
    }

    /**
     * Gives all traffic back to the active release and takes the candidate out. Traffic first: with 0 per cent for the newest
     * revision KServe returns to the one that was rolled out before; only then the old predictor may become the newest, for
     * otherwise the candidate would be the one rolled out.
     */
    void undo() throws InterruptedException {
        KserveState state = state();
        if (state.candidate().isEmpty()) {
            return;
        }
        if (state.active().isEmpty()) {
            cluster.delete(ObjectKind.INFERENCE_SERVICE, naming.service());
        } else if (state.before().isPresent()) {
            cluster.merge(
                    ObjectKind.INFERENCE_SERVICE,
                    naming.service(),
                    Json.mapper().valueToTree(Map.of("spec", Map.of("predictor", Map.of("canaryTrafficPercent", 0)))));
            awaitReturn(state.revision());
            restore(state.before().get());
        }
        remember(state.withoutCandidate());
        removeSecretsOfNobody();
    }

    private void awaitReturn(Optional<String> revision) throws InterruptedException {
        for (int i = 0; revision.isPresent() && i < LOOKS; i++) {
            Optional<ObjectNode> live = live();
            if (live.isEmpty()
                    || KserveState.predictor(live.get())
                            .path("latestRolledoutRevision")
                            .asText()
                            .equals(revision.get())) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void restore(String restorable) throws InterruptedException {
        try {
            JsonNode before = Json.mapper().readTree(restorable);
            ObjectNode predictor = (ObjectNode) before.path("predictor");
            predictor.put("canaryTrafficPercent", 0);
            Map<String, String> annotations = new TreeMap<>();
            before.path("annotations")
                    .properties()
                    .forEach(field ->
                            annotations.put(field.getKey(), field.getValue().asText()));
            cluster.apply(ObjectKind.INFERENCE_SERVICE, object(annotations, predictor));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an own ConfigMap must hold JSON", e);
        }
    }

    /** All that is needed to go back to what is there now. */
    static String restorable(ObjectNode live) {
        ObjectNode before = Json.mapper().createObjectNode();
        ObjectNode annotations = before.putObject("annotations");
        live.path("metadata").path("annotations").properties().stream()
                .filter(field -> field.getKey().startsWith("io.mlcicd/"))
                .forEach(field -> annotations.set(field.getKey(), field.getValue()));
        ObjectNode predictor = before.putObject("predictor");
        live.path("spec").path("predictor").properties().stream()
                .filter(field -> !field.getKey().equals("canaryTrafficPercent"))
                .forEach(field -> predictor.set(field.getKey(), field.getValue()));
        return before.toString();
    }

    /** Secrets of runs that neither have the traffic nor are on their way to it. */
    void removeSecretsOfNobody() throws InterruptedException {
        KserveState state = state();
        for (ObjectNode secret : cluster.owned(ObjectKind.SECRET)) {
            String release = Manifests.name(secret).substring(naming.service().length() + 1);
            if (!state.active().equals(Optional.of(release))
                    && !state.candidate().equals(Optional.of(release))) {
                cluster.delete(ObjectKind.SECRET, Manifests.name(secret));
            }
        }
    }
}
