package io.mlcicd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.deployment.DeploymentRequest;
import io.mlcicd.deployment.kubernetes.KubernetesSettings;
import io.mlcicd.deployment.sagemaker.SageMakerSettings;
import io.mlcicd.deployment.target.TargetSettings;
import io.mlcicd.deployment.vertex.VertexSettings;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sections of {@code deploy} for clusters and clouds. */
class CloudTargetsTest {

    @TempDir
    Path folder;

    private TargetSettings target(String deploy) throws IOException {
        return request(deploy).target();
    }

    private DeploymentRequest request(String deploy) throws IOException {
        Path file = folder.resolve("mlcicd.yml");
        Files.writeString(file, """
                model: { name: weather, task: binary }
                package: { model: model.bin, image: "weather:1" }
                deploy:
                  image: registry.example/weather@sha256:%s
                %s""".formatted("b".repeat(64), deploy.indent(2)));
        return new Requests(
                        Project.load(folder, List.of()),
                        name -> Map.<String, String>of().get(name))
                .deployment(LineageRecord.EMPTY);
    }

    @Test
    void cloudsGetTheTimeThatTheirMachinesNeed() throws IOException {
        String sageMaker = "{ region: eu-central-1, role: \"arn:aws:iam::1:role/m\", instanceType: ml.m5.large }";

        assertThat(request("target: sagemaker\nsagemaker: " + sageMaker)
                        .health()
                        .timeout())
                .isEqualTo(Duration.ofMinutes(30));
        assertThat(request("target: sagemaker\nhealth: { timeout: 1h }\nsagemaker: " + sageMaker)
                        .health()
                        .timeout())
                .isEqualTo(Duration.ofHours(1));
        assertThat(request("target: kubernetes").health().timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(request("target: docker").health().timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aClusterWithItsDefaults() throws IOException {
        KubernetesSettings settings = (KubernetesSettings) target("target: kubernetes");
        assertThat(settings.replicas()).isEqualTo(1);
        assertThat(settings.maxReplicas()).isEqualTo(2);
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.servicePort()).isEqualTo(80);
        assertThat(settings.serviceType()).isEqualTo("ClusterIP");
        assertThat(settings.kserve()).isFalse();
        assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aClusterWithEverything() throws IOException {
        KubernetesSettings settings = (KubernetesSettings) target("""
                target: kubernetes
                drain: 9s
                kubernetes:
                  kubeconfig: cluster.yml
                  context: production
                  namespace: models
                  replicas: 4
                  maxReplicas: 20
                  port: 9000
                  servicePort: 8000
                  serviceType: LoadBalancer
                  resources: { requests: { cpu: 500m }, limits: { memory: 2Gi } }
                  serviceAccount: runner
                  imagePullSecrets: [registry]
                  secretEnv: { PASSWORD: { secret: database, key: password } }
                  labels: { team: weather }
                  annotations: { note: here }
                  kserve: true
                  url: https://weather.example
                  reach: none
                  figures:
                    prometheus: http://prometheus:9090
                    requests: 'sum(increase(n{pod=~"${pods}"}[${window}]))'
                    errors: "0"
                    p95: "0.1"
                """);
        assertThat(settings)
                .isEqualTo(new KubernetesSettings(
                        Optional.of(folder.resolve("cluster.yml")),
                        Optional.of("production"),
                        Optional.of("models"),
                        4,
                        20,
                        9000,
                        8000,
                        "LoadBalancer",
                        Map.of("cpu", "500m"),
                        Map.of("memory", "2Gi"),
                        Optional.of("runner"),
                        List.of("registry"),
                        Map.of("PASSWORD", new KubernetesSettings.SecretKey("database", "password")),
                        Map.of("team", "weather"),
                        Map.of("note", "here"),
                        true,
                        Optional.of(URI.create("https://weather.example")),
                        KubernetesSettings.Reach.NONE,
                        Optional.of(new KubernetesSettings.Figures(
                                URI.create("http://prometheus:9090"),
                                "sum(increase(n{pod=~\"${pods}\"}[${window}]))",
                                "0",
                                Optional.empty(),
                                Optional.of("0.1"),
                                Optional.empty())),
                        Duration.ofSeconds(9)));
    }

    @Test
    void anEndpointOfSageMaker() throws IOException {
        assertThat(target("""
                        target: sagemaker
                        sagemaker: { region: eu-central-1, role: "arn:aws:iam::1:role/m", instanceType: ml.m5.large }
                        """))
                .isEqualTo(new SageMakerSettings(
                        "eu-central-1",
                        "arn:aws:iam::1:role/m",
                        "ml.m5.large",
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()));
    }

    @Test
    void anEndpointOfVertex() throws IOException {
        assertThat(target("""
                        target: vertex
                        vertex:
                          project: acme
                          region: europe-west4
                          machineType: n1-standard-2
                          accelerator: { type: NVIDIA_TESLA_T4 }
                        """))
                .isEqualTo(new VertexSettings(
                        "acme",
                        "europe-west4",
                        "n1-standard-2",
                        1,
                        1,
                        Optional.of(new VertexSettings.Accelerator("NVIDIA_TESLA_T4", 1)),
                        Optional.empty(),
                        8080,
                        "/predict",
                        Optional.empty()));
    }

    @Test
    void mistakesNameTheirKey() {
        assertThatThrownBy(() -> target("target: sagemaker"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("deploy.sagemaker");
        assertThatThrownBy(() -> target("target: kubernetes\nkubernetes: { replica: 3 }"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("did you mean 'replicas'");
        assertThatThrownBy(() -> target("target: kubernetes\nkubernetes: { replicas: 3, maxReplicas: 3 }"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must be greater than replicas");
    }
}
