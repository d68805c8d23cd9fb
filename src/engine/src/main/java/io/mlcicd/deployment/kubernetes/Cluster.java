package io.mlcicd.deployment.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One namespace of a cluster. Objects are JSON trees; what is written is written by server-side apply under the field
 * manager {@code ml-cicd}, and only where nothing is or where it is this deployment's own.
 */
final class Cluster implements AutoCloseable {

    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final Naming naming;

    private Cluster(KubernetesClient client, Naming naming) {
        this.client = client;
        this.naming = naming;
    }

    static Cluster open(KubernetesSettings settings, Naming naming) {
        return new Cluster(Connection.open(settings), naming);
    }

    String namespace() {
        return client.getNamespace();
    }

    String server() {
        return client.getMasterUrl().toString();
    }

    Optional<ObjectNode> get(ObjectKind kind, String name) throws InterruptedException {
        return Optional.ofNullable(call(
                        "show " + kind.word() + " " + name,
                        kind,
                        () -> of(kind).withName(name).get()))
                .map(Cluster::tree);
    }

    /** The object of that name, which must be this deployment's own if it is there at all. */
    Optional<ObjectNode> own(ObjectKind kind, String name) throws InterruptedException {
        Optional<ObjectNode> found = get(kind, name);
        if (found.isPresent() && !owns(found.get())) {
            throw new InvalidInputException(
                    ("%s %s/%s is there already and was not made by the deployment '%s' of ml-cicd, so it is"
                                    + " left alone; remove it, or set another deploy.name or deploy.kubernetes.namespace")
                            .formatted(kind.word(), namespace(), name, naming.deployment()));
        }
        return found;
    }

    private boolean owns(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return Naming.MANAGER.equals(
                        metadata.path("labels").path(Naming.MANAGED_BY).asText())
                && naming.deployment()
                        .equals(metadata.path("annotations")
                                .path(Naming.DEPLOYMENT)
                                .asText());
    }

    /** All objects of that kind that are this deployment's. */
    List<ObjectNode> owned(ObjectKind kind) throws InterruptedException {
        return list(kind, naming.selector()).stream().filter(this::owns).toList();
    }

    List<ObjectNode> list(ObjectKind kind, Map<String, String> labels) throws InterruptedException {
        return call(
                        "list " + kind.resource(),
                        kind,
                        () -> of(kind).withLabels(labels).list())
                .getItems()
                .stream()
                .map(Cluster::tree)
                .toList();
    }

    /** What happened to one object, the newest last. */
    List<ObjectNode> events(String object) throws InterruptedException {
        return call(
                        "list events",
                        ObjectKind.EVENT,
                        () -> of(ObjectKind.EVENT)
                                .withField("involvedObject.name", object)
                                .list())
                .getItems()
                .stream()
                .map(Cluster::tree)
                .toList();
    }

    ObjectNode apply(ObjectKind kind, ObjectNode object) throws InterruptedException {
        own(kind, Manifests.name(object));
        return call(
                "apply " + told(kind, object),
                kind,
                () -> tree(resource(kind, object)
                        .fieldManager(Naming.MANAGER)
                        .forceConflicts()
                        .serverSideApply()));
    }

    /** The object as the server would keep it, defaults and all; nothing is changed. */
    ObjectNode tried(ObjectKind kind, ObjectNode object) throws InterruptedException {
        return call(
                "try " + told(kind, object),
                kind,
                () -> tree(client.genericKubernetesResources(kind.context())
                        .inNamespace(namespace())
                        .resource(resource(object))
                        .dryRun()
                        .fieldManager(Naming.MANAGER)
                        .forceConflicts()
                        .serverSideApply()));
    }

    /** Changes the named fields of an object and leaves the others (JSON merge patch, RFC 7386). */
    void merge(ObjectKind kind, String name, JsonNode change) throws InterruptedException {
        if (own(kind, name).isPresent()) {
            call(
                    "change " + kind.word() + " " + name,
                    kind,
                    () -> of(kind).withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), change.toString()));
        }
    }

    /** Creates it; false when somebody else was faster. */
    boolean create(ObjectKind kind, ObjectNode object) throws InterruptedException {
        return unlessConflict(
                "create " + told(kind, object),
                kind,
                () -> resource(kind, object).create());
    }

    /** Replaces the very version that was read; false when somebody else was faster. */
    boolean replace(ObjectKind kind, ObjectNode object) throws InterruptedException {
        return unlessConflict(
                "replace " + told(kind, object),
                kind,
                () -> resource(kind, object).update());
    }

    private boolean unlessConflict(String what, ObjectKind kind, Runnable write) throws InterruptedException {
        return call(what, kind, () -> {
            try {
                write.run();
                return true;
            } catch (KubernetesClientException e) {
                if (e.getCode() == CONFLICT || (e.getCode() == NOT_FOUND && !what.startsWith("create"))) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Removes an own object; what is not there is removed already. */
    boolean delete(ObjectKind kind, String name) throws InterruptedException {
        if (own(kind, name).isEmpty()) {
            return false;
        }
        call(
                "remove " + kind.word() + " " + name,
                kind,
                () -> of(kind).withName(name).delete());
        return true;
    }

    List<String> lastLines(String pod, String container, boolean previous, int most) throws InterruptedException {
        try {
            var logs = client.pods().inNamespace(namespace()).withName(pod).inContainer(container);
            String text = call(
                    "show the log of pod " + pod,
                    ObjectKind.POD,
                    () -> previous
                            ? logs.terminated().tailingLines(most).getLog()
                            : logs.tailingLines(most).getLog());
            return text == null ? List.of() : text.lines().toList();
        } catch (OutsideSystemException | InvalidInputException e) {
            return List.of("the log of pod " + pod + " cannot be read: " + e.getMessage());
        }
    }

    /** A local port that leads to one of a pod's, until it is closed. */
    LocalPortForward forward(String pod, int port) throws InterruptedException {
        return call(
                "forward a port to pod " + pod,
                ObjectKind.POD,
                () -> client.pods()
                        .inNamespace(namespace())
                        .withName(pod)
                        .portForward(port, InetAddress.getLoopbackAddress(), 0));
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            of(ObjectKind kind) {
        return client.genericKubernetesResources(kind.context()).inNamespace(namespace());
    }

    private Resource<GenericKubernetesResource> resource(ObjectKind kind, ObjectNode object) {
        return of(kind).resource(resource(object));
    }

    private <T> T call(String what, ObjectKind kind, Supplier<T> work) throws InterruptedException {
        try {
            return work.get();
        } catch (KubernetesClientException e) {
            if (ClusterErrors.interrupted(e)) {
                InterruptedException interruption = new InterruptedException("interrupted while asking the cluster");
                interruption.initCause(e);
                throw interruption;
            }
            throw ClusterErrors.told(server(), what, kind, e);
        }
    }

    private static String told(ObjectKind kind, JsonNode object) {
        return kind.word() + " " + Manifests.name(object);
    }

    private static GenericKubernetesResource resource(ObjectNode object) {
        return Json.mapper().convertValue(object, GenericKubernetesResource.class);
    }

    private static ObjectNode tree(GenericKubernetesResource resource) {
        return Json.mapper().valueToTree(resource);
    }

    @Override
    public void close() {
        client.close();
    }
}
