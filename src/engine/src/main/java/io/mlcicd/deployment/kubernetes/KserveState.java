package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who has the traffic of an InferenceService. It stands in a ConfigMap, for KServe copies annotations to the revisions'
 * template, so that every change of one would be a new revision.
 *
 * @param active the release that is confirmed
 * @param candidate the release on its way
 * @param before what to restore when the candidate is undone, as JSON; only while there is one
 * @param revision the revision that had the whole traffic when the candidate began
 * @param since when the active one was confirmed
 */
record KserveState(
        Optional<String> active,
        Optional<String> candidate,
        Optional<String> before,
        Optional<String> revision,
        Optional<Instant> since) {

    static final KserveState NOTHING =
            new KserveState(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static KserveState of(JsonNode map) {
        JsonNode data = map.path("data");
        return new KserveState(
                text(data, "active"),
                text(data, "candidate"),
                text(data, "before"),
                text(data, "revision"),
                text(data, "since").map(Instant::parse));
    }

    private static Optional<String> text(JsonNode data, String name) {
        return Optional.ofNullable(data.path(name).asText(null));
    }

    /** With that release on its way. */
    KserveState with(String release, Optional<String> restorable, Optional<String> rolledOut) {
        return new KserveState(active, Optional.of(release), restorable, rolledOut, since);
    }

    KserveState withoutCandidate() {
        return new KserveState(active, Optional.empty(), Optional.empty(), Optional.empty(), since);
    }

    static KserveState confirmed(String release) {
        return new KserveState(
                Optional.of(release), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Instant.now()));
    }

    ObjectNode map(Naming naming) {
        Map<String, String> data = new TreeMap<>();
        active.ifPresent(release -> data.put("active", release));
        candidate.ifPresent(release -> data.put("candidate", release));
        before.ifPresent(json -> data.put("before", json));
        revision.ifPresent(name -> data.put("revision", name));
        since.ifPresent(time -> data.put("since", time.toString()));
        return Manifests.object(
                ObjectKind.CONFIG_MAP,
                Manifests.metadata(naming.lease(), naming.labels(), Map.of(Naming.DEPLOYMENT, naming.deployment())),
                Map.of("data", data));
    }

    /** The predictor's part of an InferenceService's status, by KServe's API reference (serving.kserve.io/v1beta1). */
    static JsonNode predictor(JsonNode live) {
        return live.path("status").path("components").path("predictor");
    }

    static boolean ready(JsonNode live) {
        return PodReport.condition(live, "Ready")
                .filter(condition -> condition.path("status").asText().equals("True"))
                .isPresent();
    }
}
