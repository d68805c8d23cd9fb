package io.mlcicd.deployment.vertex;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.operation.InvalidInputException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Who has the traffic, as the endpoint's labels tell; one patch changes them and the traffic together. Keys and values by
 * the rules for labels of Google Cloud.
 *
 * @param active id of the deployed model that is confirmed
 * @param candidate the release on its way
 * @param kept id of the deployed model that is kept for a rollback
 * @param keptUntil when that one may go
 * @param since when the active one was confirmed
 */
record VertexLabels(
        Optional<String> active,
        Optional<String> candidate,
        Optional<String> kept,
        Optional<Instant> keptUntil,
        Optional<Instant> since) {

    static final VertexLabels NOTHING =
            new VertexLabels(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    static final String DEPLOYMENT = "ml-cicd-deployment";

    private static final String PREFIX = "ml-cicd-";
    private static final Pattern VALUE = Pattern.compile("[a-z0-9_-]{1,63}");

    /** The deployment's name as a label can hold it. */
    static String name(String deployment) {
        String name = deployment.replace('.', '-');
        if (!VALUE.matcher(name).matches()) {
            throw new InvalidInputException(
                    "the deployment's name '" + deployment + "' cannot be a label of Google Cloud:"
                            + " it must have lower-case letters, digits, '-', '_' and '.' only, 63 at most; set deploy.name");
        }
        return name;
    }

    static VertexLabels of(JsonNode endpoint) {
        JsonNode labels = endpoint.path("labels");
        return new VertexLabels(
                text(labels, "active"),
                text(labels, "candidate"),
                text(labels, "kept"),
                time(labels, "kept-until"),
                time(labels, "since"));
    }

    private static Optional<String> text(JsonNode labels, String name) {
        return Optional.ofNullable(labels.path(PREFIX + name).asText(null));
    }

    private static Optional<Instant> time(JsonNode labels, String name) {
        return text(labels, name).map(Long::parseLong).map(Instant::ofEpochSecond);
    }

    VertexLabels with(String release) {
        return new VertexLabels(active, Optional.of(release), Optional.empty(), Optional.empty(), since);
    }

    VertexLabels withoutCandidate() {
        return new VertexLabels(active, Optional.empty(), kept, keptUntil, since);
    }

    VertexLabels withoutKept() {
        return new VertexLabels(active, candidate, Optional.empty(), Optional.empty(), since);
    }

    Map<String, String> labels(String deployment) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(DEPLOYMENT, deployment);
        active.ifPresent(id -> labels.put(PREFIX + "active", id));
        candidate.ifPresent(release -> labels.put(PREFIX + "candidate", release));
        kept.ifPresent(id -> labels.put(PREFIX + "kept", id));
        keptUntil.ifPresent(time -> labels.put(PREFIX + "kept-until", Long.toString(time.getEpochSecond())));
        since.ifPresent(time -> labels.put(PREFIX + "since", Long.toString(time.getEpochSecond())));
        return labels;
    }
}
