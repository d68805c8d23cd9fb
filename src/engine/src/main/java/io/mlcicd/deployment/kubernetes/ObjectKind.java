package io.mlcicd.deployment.kubernetes;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The kinds of objects that are read or written, by the API that serves them. */
enum ObjectKind {
    DEPLOYMENT("apps", "v1", "deployments", "Deployment"),
    SERVICE("", "v1", "services", "Service"),
    SECRET("", "v1", "secrets", "Secret"),
    CONFIG_MAP("", "v1", "configmaps", "ConfigMap"),
    POD("", "v1", "pods", "Pod"),
    EVENT("", "v1", "events", "Event"),
    LEASE("coordination.k8s.io", "v1", "leases", "Lease"),
    INFERENCE_SERVICE("serving.kserve.io", "v1beta1", "inferenceservices", "InferenceService");

    private final String group;
    private final String version;
    private final String plural;
    private final String word;

    ObjectKind(String group, String version, String plural, String word) {
        this.group = group;
        this.version = version;
        this.plural = plural;
        this.word = word;
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The kind as manifests spell it. */
    String word() {
        return word;
    }

    /** Resource and group as rights name them. */
    String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withPlural(plural)
                .withKind(word)
                .withNamespaced(true)
                .build();
    }
}
