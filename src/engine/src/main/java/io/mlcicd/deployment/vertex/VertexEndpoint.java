package io.mlcicd.deployment.vertex;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.cloud.VertexApi;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One endpoint with its models; resources by the Vertex AI REST reference, v1 ({@code Endpoint}, {@code DeployedModel},
 * {@code Model}). Found by their labels, so nothing that somebody else made is ever touched.
 */
final class VertexEndpoint {

    private final VertexSettings settings;
    private final String deployment;
    private final VertexApi api;

    VertexEndpoint(VertexSettings settings, String deployment, VertexApi api) {
        this.settings = settings;
        this.deployment = deployment;
        this.api = api;
    }

    Optional<JsonNode> live() throws InterruptedException {
        for (JsonNode endpoint : owned("endpoints")) {
            return Optional.of(endpoint);
        }
        return Optional.empty();
    }

    private List<JsonNode> owned(String kind) throws InterruptedException {
        String filter = URLEncoder.encode(
                "labels." + VertexLabels.DEPLOYMENT + "=\"" + deployment + "\"", StandardCharsets.UTF_8);
        List<JsonNode> found = new ArrayList<>();
        String page = "";
        do {
            JsonNode answer = api.get(api.location() + "/" + kind + "?filter=" + filter
                    + (page.isEmpty() ? "" : "&pageToken=" + URLEncoder.encode(page, StandardCharsets.UTF_8)));
            answer.path(kind).forEach(found::add);
            page = answer.path("nextPageToken").asText("");
        } while (!page.isEmpty());
        return found;
    }

    String create() throws InterruptedException {
        JsonNode made = api.done(api.post(
                api.location() + "/endpoints",
                Map.of("displayName", deployment, "labels", VertexLabels.NOTHING.labels(deployment))));
        return made.path("name").asText();
    }

    /** Changes who has the traffic, and what is known of it, at once. */
    void patch(String endpoint, VertexLabels labels, Map<String, Integer> split) throws InterruptedException {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("labels", labels.labels(deployment));
        change.put("trafficSplit", new TreeMap<>(split));
        api.patch(endpoint + "?updateMask=labels,trafficSplit", change);
    }

    void patch(String endpoint, VertexLabels labels) throws InterruptedException {
        api.patch(endpoint + "?updateMask=labels", Map.of("labels", labels.labels(deployment)));
    }

    String upload(NewRelease release) throws InterruptedException {
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("imageUri", image(release));
        if (!release.command().isEmpty()) {
            container.put("command", command(release));
        }
        List<Map<String, String>> variables = new ArrayList<>();
        new TreeMap<>(release.env()).forEach((name, value) -> variables.add(Map.of("name", name, "value", value)));
        container.put("env", variables);
        container.put("ports", List.of(Map.of("containerPort", settings.port())));
        container.put("predictRoute", settings.predictRoute());
        container.put("healthRoute", release.health().path());
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("displayName", deployment + "-" + release.id());
        model.put("labels", Map.of(VertexLabels.DEPLOYMENT, deployment, "ml-cicd-release", release.id()));
        model.put("containerSpec", container);
        return api.done(api.post(api.location() + "/models:upload", Map.of("model", model)))
                .path("model")
                .asText();
    }

    static String image(NewRelease release) {
        return release.image()
                .filter(image -> image.contains("@sha256:"))
                .orElseThrow(
                        () -> new InvalidInputException(
                                "Vertex AI pulls the image by its digest, and this release has"
                                        + " none; push the image to Artifact Registry first (package.image, package.push: true)"));
    }

    private List<String> command(NewRelease release) {
        return release.command().stream()
                .map(part -> part.replace("${port}", Integer.toString(settings.port()))
                        .replace("${model}", release.modelPath())
                        .replace("${release}", "."))
                .toList();
    }

    /** Begins to deploy a model, without any traffic; returns the operation. */
    JsonNode deploy(String endpoint, String model, NewRelease release) throws InterruptedException {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("machineType", settings.machineType());
        settings.accelerator().ifPresent(accelerator -> {
            machine.put("acceleratorType", accelerator.type());
            machine.put("acceleratorCount", accelerator.count());
        });
        Map<String, Object> deployed = new LinkedHashMap<>();
        deployed.put("model", model);
        deployed.put("displayName", release.id() + "-" + spec(release));
        deployed.put(
                "dedicatedResources",
                Map.of(
                        "machineSpec",
                        machine,
                        "minReplicaCount",
                        settings.minReplicas(),
                        "maxReplicaCount",
                        settings.maxReplicas()));
        settings.serviceAccount().ifPresent(account -> deployed.put("serviceAccount", account));
        return api.post(endpoint + ":deployModel", Map.of("deployedModel", deployed));
    }

    /** A digest of all that makes the release's replicas, but the values of its variables. */
    String spec(NewRelease release) {
        List<Object> all = List.of(
                image(release),
                release.command(),
                release.health().path(),
                settings.machineType(),
                settings.minReplicas(),
                settings.maxReplicas(),
                settings.accelerator(),
                settings.serviceAccount(),
                settings.port(),
                settings.predictRoute());
        return Digests.of(all.toString().getBytes(StandardCharsets.UTF_8)).abbreviated();
    }

    /** Whether that deployed model is of this very release, with these very settings and variables. */
    boolean same(NewRelease release, JsonNode endpoint, String id) throws InterruptedException {
        Optional<JsonNode> deployed = deployed(endpoint, id);
        if (deployed.isEmpty()
                || !deployed.get().path("displayName").asText().equals(release.id() + "-" + spec(release))) {
            return false;
        }
        Map<String, String> variables = new TreeMap<>();
        api.get(deployed.get().path("model").asText())
                .path("containerSpec")
                .path("env")
                .forEach(one -> variables.put(
                        one.path("name").asText(), one.path("value").asText()));
        return variables.equals(new TreeMap<>(release.env()));
    }

    static Optional<JsonNode> deployed(JsonNode endpoint, String id) {
        for (JsonNode one : endpoint.path("deployedModels")) {
            if (one.path("id").asText().equals(id)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** The release that a deployed model is of. */
    static Optional<String> release(JsonNode endpoint, String id) {
        return deployed(endpoint, id)
                .map(one -> one.path("displayName").asText().replaceAll("-.*", ""));
    }

    /** Removes deployed models without a reason to be there, and models that nothing uses; whether there were any. */
    boolean sweep(JsonNode endpoint) throws InterruptedException {
        VertexLabels labels = VertexLabels.of(endpoint);
        boolean any = false;
        Set<String> used = new HashSet<>();
        for (JsonNode one : endpoint.path("deployedModels")) {
            Optional<String> id = Optional.of(one.path("id").asText());
            if (labels.active().equals(id) || labels.kept().equals(id)) {
                used.add(bare(one.path("model").asText()));
            } else {
                undeploy(endpoint.path("name").asText(), id.get());
                any = true;
            }
        }
        sweepModels(used);
        return any;
    }

    void undeploy(String endpoint, String id) throws InterruptedException {
        api.done(api.post(endpoint + ":undeployModel", Map.of("deployedModelId", id)));
    }

    void sweepModels(Set<String> used) throws InterruptedException {
        for (JsonNode model : owned("models")) {
            String name = model.path("name").asText();
            if (!used.contains(bare(name))) {
                api.done(api.delete(name));
            }
        }
    }

    /** Names come with the project's id or its number, so only the last part is compared. */
    private static String bare(String model) {
        return model.substring(model.lastIndexOf('/') + 1).replaceAll("@.*", "");
    }

    /** Removes everything; whether there was anything. */
    boolean remove() throws InterruptedException {
        Optional<JsonNode> endpoint = live();
        if (endpoint.isPresent()) {
            String name = endpoint.get().path("name").asText();
            for (JsonNode one : endpoint.get().path("deployedModels")) {
                undeploy(name, one.path("id").asText());
            }
            api.done(api.delete(name));
        }
        sweepModels(Set.of());
        return endpoint.isPresent();
    }
}
