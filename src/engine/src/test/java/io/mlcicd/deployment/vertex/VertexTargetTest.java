package io.mlcicd.deployment.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.cloud.VertexApi;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.HealthCheck;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.deployment.target.Observation;
import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Releases on a played Vertex AI. */
class VertexTargetTest {

    private static final String OLD = "111111111111";
    private static final String NEW = "222222222222";

    private VertexService service;
    private Target target;

    @BeforeEach
    void start() throws Exception {
        service = new VertexService();
        target = target();
    }

    private Target target() {
        VertexSettings settings = new VertexSettings(
                "acme",
                "europe-west4",
                "n1-standard-2",
                1,
                3,
                Optional.of(new VertexSettings.Accelerator("NVIDIA_TESLA_T4", 1)),
                Optional.of("models@acme.iam.gserviceaccount.com"),
                8080,
                "/predict",
                Optional.of(service.url()));
        return new VertexTarget(
                settings,
                "weather",
                new VertexApi(
                        settings.project(),
                        settings.region(),
                        settings.endpointUrl(),
                        "deploy.vertex",
                        () -> "a-token",
                        Duration.ofMillis(5)));
    }

    @AfterEach
    void stop() {
        assertThat(service.wrong)
                .as("requests without the token, type or filter")
                .isEmpty();
        service.close();
    }

    private static NewRelease release(String id, String image, Map<String, String> env) {
        return new NewRelease(
                id,
                new Artifact("model", "model", new Digest("sha256:" + "a".repeat(64)), 3),
                Optional.empty(),
                "build/model",
                Optional.of("europe-west4-docker.pkg.dev/acme/models/" + image + "@sha256:" + "b".repeat(64)),
                Optional.empty(),
                List.of("serve", "${model}", "--port", "${port}"),
                env,
                HealthCheck.DEFAULT);
    }

    private static Candidate.Health settled(Candidate candidate) throws InterruptedException {
        Candidate.Health health = candidate.health();
        for (int i = 0; i < 20 && health.alive() && !health.ready().orElseThrow(); i++) {
            health = candidate.health();
        }
        return health;
    }

    private void serve(String id, Duration keep) throws InterruptedException {
        try (Candidate candidate = target.begin(release(id, "good", Map.of("KEY", "hidden")), Progress.NONE)) {
            assertThat(settled(candidate).ready()).contains(true);
            candidate.route(1);
            candidate.confirm(keep);
        }
    }

    private JsonNode endpoint() {
        return service.endpoints.values().iterator().next();
    }

    private List<String> deployed() {
        return endpoint().path("deployedModels").findValuesAsText("displayName").stream()
                .map(name -> name.substring(0, OLD.length()))
                .toList();
    }

    @Test
    void aReleaseTakesOverAndWhatIsNotUsedGoes() throws Exception {
        serve(OLD, Duration.ZERO);
        assertThat(target.status().orElseThrow().release()).isEqualTo(OLD);
        serve(NEW, Duration.ZERO);
        assertThat(target.status().orElseThrow().release()).isEqualTo(NEW);
        assertThat(deployed()).containsExactly(NEW);
        assertThat(endpoint().path("trafficSplit").properties())
                .singleElement()
                .satisfies(share -> assertThat(share.getValue().asInt()).isEqualTo(100));
        JsonNode container = service.models.values().iterator().next().path("containerSpec");
        assertThat(service.models).hasSize(1);
        assertThat(container.path("imageUri").asText()).endsWith("/good@sha256:" + "b".repeat(64));
        assertThat(container.path("command").toString()).isEqualTo("[\"serve\",\"build/model\",\"--port\",\"8080\"]");
        assertThat(container.path("predictRoute").asText()).isEqualTo("/predict");
        assertThat(container.path("healthRoute").asText()).isEqualTo("/health");
        JsonNode machine = endpoint().findPath("dedicatedResources");
        assertThat(machine.toString())
                .contains("\"machineType\":\"n1-standard-2\"", "\"acceleratorType\":\"NVIDIA_TESLA_T4\"")
                .contains("\"minReplicaCount\":1", "\"maxReplicaCount\":3");
        assertThat(target.serves(release(NEW, "good", Map.of("KEY", "hidden")))).isTrue();
        assertThat(target.serves(release(NEW, "good", Map.of()))).isFalse();
        assertThat(target.recover()).isEmpty();
    }

    @Test
    void aCanaryHasSharesAndGoesBack() throws Exception {
        serve(OLD, Duration.ZERO);
        try (Candidate candidate = target.begin(release(NEW, "good", Map.of()), Progress.NONE)) {
            settled(candidate);
            assertThat(endpoint().path("trafficSplit").size())
                    .as("no traffic yet")
                    .isEqualTo(1);
            candidate.route(0.05);
            assertThat(endpoint().path("trafficSplit").toString()).contains(":95", ":5");
            Observation seen = candidate.observed().orElseThrow();
            assertThat(seen.candidate().requests()).isEqualTo(40);
            assertThat(seen.candidate().errors()).isEqualTo(2);
            assertThat(seen.candidate().p95()).hasValue(31.5);
            assertThat(seen.active().requests()).isEqualTo(40);
        }
        assertThat(deployed()).containsExactly(OLD);
        assertThat(service.models).hasSize(1);
        assertThat(target.status().orElseThrow().release()).isEqualTo(OLD);
    }

    @Test
    void aModelThatNeverBecomesReadyIsToldWithItsReason() throws Exception {
        try (Candidate candidate = target.begin(release(NEW, "bad", Map.of()), Progress.NONE)) {
            Candidate.Health health = settled(candidate);
            assertThat(health.alive()).isFalse();
            assertThat(health.message()).contains("Model server never became ready");
        }
        assertThat(service.endpoints).isEmpty();
        assertThat(service.models).isEmpty();
    }

    @Test
    void aKilledRunIsUndoneByTheNext() throws Exception {
        serve(OLD, Duration.ZERO);
        Candidate killed = target.begin(release(NEW, "good", Map.of()), Progress.NONE);
        settled(killed);
        killed.route(0.5);
        assertThat(target().recover())
                .contains("release " + NEW + " was left on its way to the traffic and was undone");
        assertThat(deployed()).containsExactly(OLD);
        assertThat(target().recover()).isEmpty();
    }

    @Test
    void whatWasKeptComesBackOrGoes() throws Exception {
        serve(OLD, Duration.ZERO);
        serve(NEW, Duration.ofHours(1));
        assertThat(target.status().orElseThrow().kept()).contains(OLD);
        assertThat(target.rollback().orElseThrow().release()).isEqualTo(OLD);
        assertThat(deployed()).containsExactly(OLD);
        assertThat(target.rollback()).isEmpty();
        serve(NEW, Duration.ofMillis(1));
        Thread.sleep(1100);
        assertThat(target.recover().orElseThrow()).contains("was removed from the endpoint");
        assertThat(deployed()).containsExactly(NEW);
    }

    @Test
    void refusalsAreOneSentenceWithoutSecrets() {
        service.deny("models:upload");
        assertThatThrownBy(() -> target.begin(release(NEW, "good", Map.of("KEY", "hidden")), Progress.NONE))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("(403 PERMISSION_DENIED: Permission 'aiplatform.models.upload' denied)")
                .hasMessageNotContaining("hidden")
                .hasMessageNotContaining("a-token");
        assertThat(service.endpoints).isEmpty();
    }

    @Test
    void thePlanTouchesNothing() throws Exception {
        serve(OLD, Duration.ZERO);
        int before = service.requests.size();
        assertThat(target.plan(release(NEW, "good", Map.of())))
                .extracting(PlannedChange::action)
                .containsExactly(
                        PlannedChange.Action.CREATE,
                        PlannedChange.Action.CREATE,
                        PlannedChange.Action.CHANGE,
                        PlannedChange.Action.REMOVE);
        assertThat(service.requests.subList(before, service.requests.size())).allMatch(line -> line.startsWith("GET "));
    }

    @Test
    void undeployLeavesNothing() throws Exception {
        serve(OLD, Duration.ZERO);
        assertThat(target.undeploy()).isTrue();
        assertThat(service.endpoints).isEmpty();
        assertThat(service.models).isEmpty();
        assertThat(target.undeploy()).isFalse();
    }

    @Test
    void anImageWithoutDigestIsRefused() {
        NewRelease release = release(NEW, "good", Map.of());
        NewRelease byTag = new NewRelease(
                release.id(),
                release.model(),
                Optional.empty(),
                release.modelPath(),
                Optional.of("registry.example/weather:latest"),
                Optional.empty(),
                List.of(),
                Map.of(),
                HealthCheck.DEFAULT);
        assertThatThrownBy(() -> target.begin(byTag, Progress.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("package.push: true");
    }
}
