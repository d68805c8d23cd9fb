package io.mlcicd.deployment.kubernetes;

import io.mlcicd.operation.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of a deployment's objects, and the labels and annotations that say whose they are. Labels are the recommended
 * ones of the Kubernetes documentation ("Recommended Labels"), names are DNS labels by RFC 1035.
 *
 * @param deployment the deployment's name as the user gave it
 * @param service the same as a DNS label; the Service or InferenceService has this name
 */
record Naming(String deployment, String service) {

    static final String MANAGER = "ml-cicd";
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String INSTANCE = "app.kubernetes.io/instance";

    /** Label of a release's pods: the name of its Deployment, or its mark in an InferenceService. */
    static final String RUN = "io.mlcicd/run";

    static final String DEPLOYMENT = "io.mlcicd/deployment";
    static final String RELEASE = "io.mlcicd/release";
    static final String DIGEST = "io.mlcicd/model-digest";
    static final String SPEC = "io.mlcicd/spec";
    static final String REPLICAS = "io.mlcicd/replicas";

    /** Leaves room for a release's id and a number in 63 characters. */
    private static final int LONGEST = 45;

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");

    static Naming of(String deployment) {
        String name = deployment.replace('.', '-').replace('_', '-');
        if (!DNS_LABEL.matcher(name).matches() || name.length() > LONGEST) {
            throw new InvalidInputException(
                    ("the deployment's name '%s' cannot name objects of a Kubernetes cluster: it must"
                                    + " begin with a lower-case letter, hold only lower-case letters, digits, '-', '.' and '_', and"
                                    + " have at most %d characters; set deploy.name")
                            .formatted(deployment, LONGEST));
        }
        return new Naming(deployment, name);
    }

    String lease() {
        return service + "-mlcicd";
    }

    /** A name for one run of a release that none of those in use has. */
    String run(String release, Set<String> taken) {
        String name = service + "-" + release;
        String free = name;
        for (int i = 2; taken.contains(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    /** The release that a run of it belongs to. */
    String releaseOf(String run) {
        String rest = run.substring(service.length() + 1);
        int end = rest.indexOf('-');
        return end < 0 ? rest : rest.substring(0, end);
    }

    /** What every object of this deployment is found by. */
    Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(MANAGED_BY, MANAGER);
        labels.put(INSTANCE, service);
        labels.put("app.kubernetes.io/name", service);
        labels.put("app.kubernetes.io/component", "model-server");
        return labels;
    }

    /** The few of them that select. */
    Map<String, String> selector() {
        return Map.of(MANAGED_BY, MANAGER, INSTANCE, service);
    }
}
