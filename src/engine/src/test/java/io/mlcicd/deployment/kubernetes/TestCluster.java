package io.mlcicd.deployment.kubernetes;

import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.HealthCheck;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster's address and what is released to it in the tests. */
final class TestCluster {

    private final Path kubeconfig;
    private final Path state;

    TestCluster(Path folder, String url, String token) throws IOException {
        state = folder.resolve("state");
        kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                current-context: test
                contexts:
                - name: test
                  context: { cluster: test, user: tester, namespace: default }
                clusters:
                - name: test
                  cluster: { server: "%s", insecure-skip-tls-verify: true }
                users:
                - name: tester
                  user: { token: "%s" }
                """.formatted(url, token));
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    KubernetesSettings settings(boolean kserve) {
        return settings(kserve, Optional.empty());
    }

    KubernetesSettings settings(boolean kserve, Optional<KubernetesSettings.Figures> figures) {
        return new KubernetesSettings(
                Optional.of(kubeconfig),
                Optional.empty(),
                Optional.empty(),
                4,
                5,
                8080,
                80,
                "ClusterIP",
                Map.of("cpu", "500m", "memory", "1Gi"),
                Map.of("memory", "2Gi"),
                Optional.of("model-runner"),
                List.of("registry-key"),
                Map.of("DB_PASSWORD", new KubernetesSettings.SecretKey("database", "password")),
                Map.of("team", "weather"),
                Map.of("prometheus.io/scrape", "true"),
                kserve,
                Optional.empty(),
                KubernetesSettings.Reach.NONE,
                figures,
                Duration.ZERO);
    }

    /** As from a pod of the same cluster. */
    KubernetesSettings inside(int port) {
        return new KubernetesSettings(
                Optional.of(kubeconfig),
                Optional.empty(),
                Optional.empty(),
                1,
                2,
                port,
                80,
                "ClusterIP",
                Map.of(),
                Map.of(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                false,
                Optional.empty(),
                KubernetesSettings.Reach.CLUSTER,
                Optional.empty(),
                Duration.ZERO);
    }

    Target target(KubernetesSettings settings) {
        return settings.open(new DeploymentHome(state, "weather"));
    }

    /** How the pods behave is in the image's name. */
    static NewRelease release(String id, String image, Map<String, String> env) {
        return new NewRelease(
                id,
                new Artifact("model", "model", new Digest("sha256:" + "a".repeat(64)), 3),
                Optional.empty(),
                "build/model",
                Optional.of("registry.example/" + image + "@sha256:" + "b".repeat(64)),
                Optional.empty(),
                List.of("serve", "--model", "${model}", "--port", "${port}"),
                env,
                new HealthCheck("/health", Duration.ofSeconds(8)));
    }
}
