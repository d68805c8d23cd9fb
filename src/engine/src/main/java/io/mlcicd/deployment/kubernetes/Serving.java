package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who has the traffic, as it stands in the annotations of the Service; one write of the Service changes both together.
 *
 * @param active the run that is confirmed
 * @param candidate the run on its way
 * @param kept the former run that is kept for a rollback
 * @param keptUntil when that one may go
 * @param since when the active one was confirmed
 */
record Serving(
        Optional<String> active,
        Optional<String> candidate,
        Optional<String> kept,
        Optional<Instant> keptUntil,
        Optional<Instant> since) {

    static final Serving NOTHING =
            new Serving(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final String ACTIVE = "io.mlcicd/active";
    private static final String CANDIDATE = "io.mlcicd/candidate";
    private static final String KEPT = "io.mlcicd/kept";
    private static final String KEPT_UNTIL = "io.mlcicd/kept-until";
    private static final String SINCE = "io.mlcicd/since";

    static Serving of(JsonNode service) {
        JsonNode annotations = service.path("metadata").path("annotations");
        return new Serving(
                text(annotations, ACTIVE),
                text(annotations, CANDIDATE),
                text(annotations, KEPT),
                text(annotations, KEPT_UNTIL).map(Instant::parse),
                text(annotations, SINCE).map(Instant::parse));
    }

    private static Optional<String> text(JsonNode annotations, String name) {
        return Optional.ofNullable(annotations.path(name).asText(null));
    }

    Serving with(String newCandidate) {
        return new Serving(active, Optional.of(newCandidate), Optional.empty(), Optional.empty(), since);
    }

    Serving withoutCandidate() {
        return new Serving(active, Optional.empty(), kept, keptUntil, since);
    }

    Serving withoutKept() {
        return new Serving(active, candidate, Optional.empty(), Optional.empty(), since);
    }

    /** All runs that have a reason to be there. */
    Set<String> runs() {
        Set<String> runs = new HashSet<>();
        active.ifPresent(runs::add);
        candidate.ifPresent(runs::add);
        kept.ifPresent(runs::add);
        return runs;
    }

    /** The Service that says so, sending clients to one run, to all runs, or to none. */
    ObjectNode service(KubernetesSettings settings, Naming naming, Selection selection) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(Naming.DEPLOYMENT, naming.deployment());
        active.ifPresent(run -> annotations.put(ACTIVE, run));
        candidate.ifPresent(run -> annotations.put(CANDIDATE, run));
        kept.ifPresent(run -> annotations.put(KEPT, run));
        keptUntil.ifPresent(time -> annotations.put(KEPT_UNTIL, time.toString()));
        since.ifPresent(time -> annotations.put(SINCE, time.toString()));
        Map<String, String> selector = new TreeMap<>(naming.selector());
        selection.run().ifPresent(run -> selector.put(Naming.RUN, run));
        return Manifests.object(
                ObjectKind.SERVICE,
                Manifests.metadata(naming.service(), naming.labels(), annotations),
                Map.of(
                        "spec",
                        Map.of(
                                "type",
                                settings.serviceType(),
                                "selector",
                                selector,
                                "ports",
                                List.of(Map.of(
                                        "name",
                                        "http",
                                        "port",
                                        settings.servicePort(),
                                        "targetPort",
                                        settings.port(),
                                        "protocol",
                                        "TCP")))));
    }

    /** The Service that sends clients where they belong when nothing is under way. */
    ObjectNode service(KubernetesSettings settings, Naming naming) {
        return service(settings, naming, active.map(Selection::one).orElse(Selection.NONE));
    }

    /**
     * Which pods get traffic.
     *
     * @param run the pods of one run; those of all runs when empty
     */
    record Selection(Optional<String> run) {
        static final Selection ALL = new Selection(Optional.empty());
        static final Selection NONE = new Selection(Optional.of("none"));

        static Selection one(String run) {
            return new Selection(Optional.of(run));
        }
    }
}
