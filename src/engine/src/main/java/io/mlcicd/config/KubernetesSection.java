package io.mlcicd.config;

import io.mlcicd.deployment.kubernetes.KubernetesSettings;
import io.mlcicd.deployment.kubernetes.KubernetesSettings.Reach;
import io.mlcicd.deployment.kubernetes.KubernetesSettings.SecretKey;
import io.mlcicd.deployment.target.TargetSettings;
import io.mlcicd.document.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The keys of {@code deploy.kubernetes}. */
record KubernetesSection(
        Optional<String> kubeconfig,
        Optional<String> context,
        Optional<String> namespace,
        OptionalInt replicas,
        OptionalInt maxReplicas,
        OptionalInt port,
        OptionalInt servicePort,
        Optional<String> serviceType,
        Optional<Resources> resources,
        Optional<String> serviceAccount,
        List<String> imagePullSecrets,
        Map<String, SecretKey> secretEnv,
        Map<String, String> labels,
        Map<String, String> annotations,
        Optional<Boolean> kserve,
        Optional<String> url,
        Optional<String> reach,
        Optional<Figures> figures) {

    private static final Duration DRAIN = Duration.ofSeconds(5);

    KubernetesSection {
        imagePullSecrets = ModelFile.orEmpty(imagePullSecrets);
        secretEnv = ModelFile.orEmpty(secretEnv);
        labels = ModelFile.orEmpty(labels);
        annotations = ModelFile.orEmpty(annotations);
    }

    record Resources(Map<String, String> requests, Map<String, String> limits) {
        Resources {
            requests = ModelFile.orEmpty(requests);
            limits = ModelFile.orEmpty(limits);
        }
    }

    record Figures(
            String prometheus,
            String requests,
            String errors,
            Optional<String> p50,
            Optional<String> p95,
            Optional<String> p99) {

        KubernetesSettings.Figures settings() {
            return new KubernetesSettings.Figures(URI.create(prometheus), requests, errors, p50, p95, p99);
        }
    }

    static TargetSettings settings(Project project, ModelFile.Deploy deploy) {
        KubernetesSection section = deploy.kubernetes().orElseGet(KubernetesSection::none);
        int pods = section.replicas.orElse(1);
        int most = section.maxReplicas.orElse(pods + 1);
        if (most <= pods) {
            throw project.error(
                    "/deploy/kubernetes/maxReplicas", "must be greater than replicas, for a canary adds pods");
        }
        Map<String, String> none = Map.of();
        return new KubernetesSettings(
                section.kubeconfig.map(project::resolve),
                section.context,
                section.namespace,
                pods,
                most,
                section.port.orElse(KubernetesSettings.DEFAULT_PORT),
                section.servicePort.orElse(KubernetesSettings.DEFAULT_SERVICE_PORT),
                section.serviceType.orElse("ClusterIP"),
                section.resources.map(Resources::requests).orElse(none),
                section.resources.map(Resources::limits).orElse(none),
                section.serviceAccount,
                section.imagePullSecrets,
                section.secretEnv,
                section.labels,
                section.annotations,
                section.kserve.orElse(false),
                section.url.map(URI::create),
                section.reach.map(KubernetesSection::reach).orElseGet(Reach::usual),
                section.figures.map(Figures::settings),
                deploy.drain().map(HumanDuration::value).orElse(DRAIN));
    }

    private static Reach reach(String word) {
        return switch (word) {
            case "cluster" -> Reach.CLUSTER;
            case "none" -> Reach.NONE;
            default -> Reach.PORT_FORWARD;
        };
    }

    private static KubernetesSection none() {
        return Json.mapper().convertValue(Map.of(), KubernetesSection.class);
    }
}
