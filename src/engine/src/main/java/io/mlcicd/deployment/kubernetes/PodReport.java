package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the pods of one run tell, in sentences; fields and reasons by the Kubernetes API reference (Pod v1, ContainerStatus)
 * and the kubelet's event reasons.
 *
 * @param ready pods that are ready
 * @param restarts how often containers were started again, altogether
 * @param fatal why the run will never be ready
 * @param note what else is worth knowing while it is not ready
 */
record PodReport(int ready, int restarts, Optional<String> fatal, Optional<String> note) {

    private static final Set<String> PULL = Set.of("ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");
    private static final Set<String> CREATE =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");
    private static final int LONGEST = 300;

    static PodReport of(Cluster cluster, Map<String, String> labels) throws InterruptedException {
        List<ObjectNode> pods = pods(cluster, labels);
        int ready = 0;
        int restarts = 0;
        Optional<String> fatal = Optional.empty();
        Optional<String> note = Optional.empty();
        for (JsonNode pod : pods) {
            ready += ready(pod) ? 1 : 0;
            for (JsonNode status : statuses(pod)) {
                restarts += status.path("restartCount").asInt();
                if (fatal.isEmpty()) {
                    fatal = fatal(Manifests.name(pod), status);
                }
            }
            if (note.isEmpty() && !ready(pod)) {
                note = note(cluster, pod);
            }
        }
        return new PodReport(ready, restarts, fatal, note);
    }

    /** Pods that are not on their way out, the newest last. */
    static List<ObjectNode> pods(Cluster cluster, Map<String, String> labels) throws InterruptedException {
        return cluster.list(ObjectKind.POD, labels).stream()
                .filter(pod -> pod.path("metadata").path("deletionTimestamp").isMissingNode())
                .sorted(Comparator.comparing(
                        pod -> pod.path("metadata").path("creationTimestamp").asText()))
                .toList();
    }

    static boolean ready(JsonNode pod) {
        return condition(pod, "Ready")
                .filter(condition -> condition.path("status").asText().equals("True"))
                .isPresent();
    }

    static Optional<JsonNode> condition(JsonNode object, String type) {
        for (JsonNode condition : object.path("status").path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    private static List<JsonNode> statuses(JsonNode pod) {
        List<JsonNode> statuses = new ArrayList<>();
        pod.path("status").path("initContainerStatuses").forEach(statuses::add);
        pod.path("status").path("containerStatuses").forEach(statuses::add);
        return statuses;
    }

    private static Optional<String> fatal(String pod, JsonNode status) {
        JsonNode waiting = status.path("state").path("waiting");
        String reason = waiting.path("reason").asText();
        String message = waiting.path("message").asText();
        JsonNode ended = status.path("lastState").has("terminated")
                ? status.path("lastState").path("terminated")
                : status.path("state").path("terminated");
        if (PULL.contains(reason)) {
            return Optional.of("the image " + status.path("image").asText() + " cannot be pulled for pod " + pod + " ("
                    + reason + brief(message)
                    + "); check that the registry has it and that the cluster may read it (imagePullSecrets)");
        }
        if (CREATE.contains(reason)) {
            return Optional.of("the container of pod " + pod + " cannot be started (" + reason + brief(message) + ")");
        }
        if (ended.path("reason").asText().equals("OOMKilled")) {
            return Optional.of(
                    "the container of pod " + pod
                            + " was killed for using more memory than its limit (OOMKilled); raise deploy.kubernetes.limits.memory");
        }
        if (reason.equals("CrashLoopBackOff")
                || (ended.has("exitCode") && status.path("restartCount").asInt() > 0)) {
            return Optional.of(
                    "the container of pod " + pod + " ends again and again (CrashLoopBackOff), the last time with"
                            + " exit code " + ended.path("exitCode").asText("unknown"));
        }
        return Optional.empty();
    }

    private static Optional<String> note(Cluster cluster, JsonNode pod) throws InterruptedException {
        Optional<JsonNode> scheduled = condition(pod, "PodScheduled");
        if (scheduled.isPresent() && scheduled.get().path("status").asText().equals("False")) {
            return Optional.of("pod " + Manifests.name(pod) + " finds no node"
                    + brief(scheduled.get().path("message").asText()));
        }
        Optional<ObjectNode> warning = cluster.events(Manifests.name(pod)).stream()
                .filter(event -> event.path("type").asText().equals("Warning"))
                .max(Comparator.comparing(event -> event.path("lastTimestamp").asText()));
        return warning.map(event -> "pod " + Manifests.name(pod) + " is not ready yet ("
                + event.path("reason").asText() + brief(event.path("message").asText()) + ")");
    }

    private static String brief(String message) {
        String line = message.replaceAll("\\s+", " ").strip();
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(LONGEST, line.length()));
    }
}
