package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The objects of one release, by the Kubernetes API reference: Deployment apps/v1, Secret v1, and the container that
 * InferenceServices share with them.
 */
final class Manifests {

    static final String CONTAINER = "model";
    private static final String PORT_NAME = "http";
    private static final int PROBE_EVERY_SECONDS = 2;
    private static final int PROBE_TIMEOUT_SECONDS = 5;

    private final KubernetesSettings settings;
    private final Naming naming;

    Manifests(KubernetesSettings settings, Naming naming) {
        this.settings = settings;
        this.naming = naming;
    }

    static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    static ObjectNode object(ObjectKind kind, Map<String, Object> metadata, Map<String, Object> rest) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", kind.apiVersion());
        object.put("kind", kind.word());
        object.put("metadata", metadata);
        object.putAll(rest);
        return Json.mapper().valueToTree(object);
    }

    static Map<String, Object> metadata(String name, Map<String, String> labels, Map<String, String> annotations) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("labels", labels);
        metadata.put("annotations", annotations);
        return metadata;
    }

    ObjectNode deployment(NewRelease release, String run, String spec) {
        Map<String, String> labels = podLabels(run);
        Map<String, Object> template = new LinkedHashMap<>();
        template.put("metadata", Map.of("labels", labels, "annotations", new TreeMap<>(settings.annotations())));
        template.put("spec", podSpec(release, run, CONTAINER));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("replicas", settings.replicas());
        body.put(
                "progressDeadlineSeconds",
                Math.max(1, release.health().timeout().toSeconds()));
        body.put("selector", Map.of("matchLabels", Map.of(Naming.RUN, run)));
        body.put("template", template);
        return object(ObjectKind.DEPLOYMENT, metadata(run, labels, annotations(release, spec)), Map.of("spec", body));
    }

    /** The release's variables, whose values may be secret. */
    ObjectNode secret(NewRelease release, String run) {
        Map<String, String> data = new TreeMap<>();
        release.env()
                .forEach((name, value) ->
                        data.put(name, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return object(
                ObjectKind.SECRET,
                metadata(run, podLabels(run), Map.of(Naming.DEPLOYMENT, naming.deployment())),
                Map.of("type", "Opaque", "data", data));
    }

    Map<String, String> annotations(NewRelease release, String spec) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(Naming.DEPLOYMENT, naming.deployment());
        annotations.put(Naming.RELEASE, release.id());
        annotations.put(Naming.DIGEST, release.model().digest().value());
        annotations.put(Naming.SPEC, spec);
        annotations.put(Naming.REPLICAS, Integer.toString(settings.replicas()));
        return annotations;
    }

    Map<String, String> podLabels(String run) {
        Map<String, String> labels = new LinkedHashMap<>(new TreeMap<>(settings.labels()));
        labels.putAll(naming.labels());
        labels.put(Naming.RUN, run);
        return labels;
    }

    Map<String, Object> podSpec(NewRelease release, String run, String container) {
        Map<String, Object> spec = new LinkedHashMap<>();
        settings.serviceAccount().ifPresent(account -> spec.put("serviceAccountName", account));
        if (!settings.imagePullSecrets().isEmpty()) {
            spec.put(
                    "imagePullSecrets",
                    settings.imagePullSecrets().stream()
                            .map(name -> Map.of("name", name))
                            .toList());
        }
        spec.put("containers", List.of(container(release, run, container)));
        return spec;
    }

    private Map<String, Object> container(NewRelease release, String run, String name) {
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("name", name);
        container.put("image", image(release));
        List<String> command = command(release);
        if (!command.isEmpty()) {
            container.put("command", command);
        }
        container.put("ports", List.of(Map.of("name", PORT_NAME, "containerPort", settings.port(), "protocol", "TCP")));
        container.put("env", variables());
        if (!release.env().isEmpty()) {
            container.put("envFrom", List.of(Map.of("secretRef", Map.of("name", run))));
        }
        Map<String, Object> resources = new LinkedHashMap<>();
        if (!settings.requests().isEmpty()) {
            resources.put("requests", new TreeMap<>(settings.requests()));
        }
        if (!settings.limits().isEmpty()) {
            resources.put("limits", new TreeMap<>(settings.limits()));
        }
        if (!resources.isEmpty()) {
            container.put("resources", resources);
        }
        container.put("readinessProbe", probe(release));
        return container;
    }

    private Map<String, Object> probe(NewRelease release) {
        Map<String, Object> probe = new LinkedHashMap<>();
        probe.put("httpGet", Map.of("path", release.health().path(), "port", settings.port(), "scheme", "HTTP"));
        probe.put("periodSeconds", PROBE_EVERY_SECONDS);
        probe.put("timeoutSeconds", PROBE_TIMEOUT_SECONDS);
        return probe;
    }

    private List<Map<String, Object>> variables() {
        List<Map<String, Object>> variables = new ArrayList<>();
        variables.add(Map.of("name", "PORT", "value", Integer.toString(settings.port())));
        new TreeMap<>(settings.secretEnv())
                .forEach((name, from) -> variables.add(Map.of(
                        "name",
                        name,
                        "valueFrom",
                        Map.of("secretKeyRef", Map.of("name", from.secret(), "key", from.key())))));
        return variables;
    }

    /** Images carry the project's files under its own paths in their working directory. */
    private List<String> command(NewRelease release) {
        return release.command().stream()
                .map(part -> part.replace("${port}", Integer.toString(settings.port()))
                        .replace("${model}", release.modelPath())
                        .replace("${release}", "."))
                .toList();
    }

    static String image(NewRelease release) {
        return release.image()
                .filter(image -> image.contains("@sha256:"))
                .orElseThrow(() -> new InvalidInputException("a cluster pulls the image by its digest, and "
                        + release.image()
                                .map(image -> "'" + image + "' has none")
                                .orElse("this release has no image")
                        + "; push it to a registry first (package.image, package.push: true)"));
    }
}
