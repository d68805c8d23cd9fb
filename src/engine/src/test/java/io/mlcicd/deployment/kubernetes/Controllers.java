package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.mlcicd.document.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Stands in for the Deployment controller, the scheduler and the kubelets: pods come and go and tell how they are. */
final class Controllers implements AutoCloseable {

    private final KubernetesClient client;
    private final Thread thread;
    private volatile boolean ended;

    Controllers(Path kubeconfig) {
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
        thread = new Thread(this::run, "controllers");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!ended) {
            try {
                List<String> owners = new ArrayList<>();
                for (ObjectNode deployment : list(ObjectKind.DEPLOYMENT)) {
                    owners.add(Manifests.name(deployment));
                    reconcile(deployment);
                }
                for (ObjectNode pod : list(ObjectKind.POD)) {
                    if (!owners.contains(label(pod))) {
                        delete(Manifests.name(pod));
                    }
                }
                Thread.sleep(100);
            } catch (InterruptedException e) {
                return;
            } catch (KubernetesClientException e) {
                // Somebody removed or changed an object meanwhile; the next round sees that.
            }
        }
    }

    private void reconcile(ObjectNode deployment) {
        String run = Manifests.name(deployment);
        int wanted = deployment.path("spec").path("replicas").asInt();
        String image = deployment.findPath("image").asText();
        List<ObjectNode> pods = list(ObjectKind.POD).stream()
                .filter(pod -> label(pod).equals(run))
                .toList();
        for (int i = wanted; i < pods.size(); i++) {
            delete(Manifests.name(pods.get(i)));
        }
        for (int i = 0; i < wanted; i++) {
            String name = run + "-" + i;
            if (pods.stream().noneMatch(pod -> Manifests.name(pod).equals(name))) {
                ObjectNode pod =
                        Json.mapper().createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
                ObjectNode metadata = (ObjectNode) deployment
                        .path("spec")
                        .path("template")
                        .path("metadata")
                        .deepCopy();
                metadata.put("name", name);
                pod.set("metadata", metadata);
                ObjectNode spec = Json.mapper().createObjectNode();
                spec.set("containers", deployment.findPath("containers").deepCopy());
                pod.set("spec", spec);
                of(ObjectKind.POD).resource(resource(pod)).create();
            }
            status(ObjectKind.POD, name, podStatus(image));
        }
        boolean good = image.contains("/good");
        ObjectNode status = Json.mapper().createObjectNode();
        status.put(
                "observedGeneration",
                deployment.path("metadata").path("generation").asLong());
        status.put("replicas", wanted);
        status.put("updatedReplicas", wanted);
        status.put("readyReplicas", good ? wanted : 0);
        status.put("availableReplicas", good ? wanted : 0);
        status(ObjectKind.DEPLOYMENT, run, status);
    }

    private static ObjectNode podStatus(String image) {
        ObjectNode status = Json.mapper().createObjectNode();
        boolean good = image.contains("/good");
        status.put("phase", good ? "Running" : "Pending");
        ArrayNode conditions = status.putArray("conditions");
        if (image.contains("/homeless")) {
            conditions
                    .addObject()
                    .put("type", "PodScheduled")
                    .put("status", "False")
                    .put("reason", "Unschedulable")
                    .put("message", "0/3 nodes are available: 3 Insufficient memory.");
            return status;
        }
        conditions.addObject().put("type", "Ready").put("status", good ? "True" : "False");
        ObjectNode container = status.putArray("containerStatuses").addObject();
        container.put("name", "model").put("image", image).put("imageID", "").put("ready", good);
        container.put("restartCount", good || image.contains("/pull") ? 0 : 3);
        ObjectNode state = container.putObject("state");
        if (good) {
            state.putObject("running").put("startedAt", "2026-01-01T00:00:00Z");
        } else {
            state.putObject("waiting")
                    .put("reason", image.contains("/pull") ? "ImagePullBackOff" : "CrashLoopBackOff")
                    .put("message", "back-off");
        }
        if (image.contains("/memory") || image.contains("/crash")) {
            container
                    .putObject("lastState")
                    .putObject("terminated")
                    .put("exitCode", image.contains("/memory") ? 137 : 7)
                    .put("reason", image.contains("/memory") ? "OOMKilled" : "Error");
        }
        return status;
    }

    private void status(ObjectKind kind, String name, ObjectNode status) {
        ObjectNode change = Json.mapper().createObjectNode();
        change.set("status", status);
        of(kind).withName(name).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), change.toString());
    }

    private void delete(String pod) {
        of(ObjectKind.POD).withName(pod).withGracePeriod(0).delete();
    }

    private static String label(JsonNode object) {
        return object.path("metadata").path("labels").path(Naming.RUN).asText();
    }

    /** All objects of that kind. */
    List<ObjectNode> list(ObjectKind kind) {
        return of(kind).list().getItems().stream()
                .map(item -> (ObjectNode) Json.mapper().valueToTree(item))
                .toList();
    }

    void create(ObjectKind kind, ObjectNode object) {
        of(kind).resource(resource(object)).create();
    }

    private static GenericKubernetesResource resource(ObjectNode object) {
        return Json.mapper().convertValue(object, GenericKubernetesResource.class);
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            of(ObjectKind kind) {
        return client.genericKubernetesResources(kind.context()).inNamespace("default");
    }

    @Override
    public void close() {
        ended = true;
        thread.interrupt();
        client.close();
    }
}
