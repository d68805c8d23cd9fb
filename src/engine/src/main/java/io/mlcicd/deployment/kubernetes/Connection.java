package io.mlcicd.deployment.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the cluster in the way that kubectl does: a named file, {@code KUBECONFIG}, {@code ~/.kube/config}, the pod's account. */
final class Connection {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int REQUEST_MILLIS = 30_000;
    private static final int TRIES_AFTER_THE_FIRST = 2;
    private static final String NOWHERE = "kubernetes.default.svc";

    private Connection() {}

    static KubernetesClient open(KubernetesSettings settings) {
        Config config = config(settings);
        settings.context().ifPresent(context -> requireContext(config, context));
        if (config.getMasterUrl().contains(NOWHERE) && !inCluster()) {
            throw new InvalidInputException(
                    "no Kubernetes cluster is configured: set deploy.kubernetes.kubeconfig or the"
                            + " environment variable KUBECONFIG, or keep a ~/.kube/config");
        }
        settings.namespace().ifPresent(config::setNamespace);
        if (config.getNamespace() == null) {
            config.setNamespace("default");
        }
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setRequestTimeout(REQUEST_MILLIS);
        config.setRequestRetryBackoffLimit(TRIES_AFTER_THE_FIRST);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    static boolean inCluster() {
        return System.getenv("KUBERNETES_SERVICE_HOST") != null;
    }

    private static Config config(KubernetesSettings settings) {
        try {
            return settings.kubeconfig()
                    .map(file -> fromFile(settings.context(), file))
                    .orElseGet(() -> Config.autoConfigure(settings.context().orElse(null)));
        } catch (KubernetesClientException e) {
            throw new InvalidInputException("the kubeconfig cannot be used: " + e.getMessage(), e);
        }
    }

    private static Config fromFile(Optional<String> context, Path file) {
        if (!Files.isReadable(file)) {
            throw new InvalidInputException(
                    "deploy.kubernetes.kubeconfig: there is no readable file " + file + "; correct its path");
        }
        return Config.fromKubeconfig(context.orElse(null), file.toFile());
    }

    private static void requireContext(Config config, String context) {
        boolean known =
                config.getContexts().stream().anyMatch(named -> named.getName().equals(context));
        if (!known) {
            throw new InvalidInputException("deploy.kubernetes.context: the kubeconfig has no context '" + context
                    + "'; see 'kubectl config get-contexts'");
        }
    }
}
