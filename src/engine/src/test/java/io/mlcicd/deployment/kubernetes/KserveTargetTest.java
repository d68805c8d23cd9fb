package io.mlcicd.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.document.Json;
import io.mlcicd.operation.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases by KServe; the test plays KServe's controller where a step needs its answer. */
class KserveTargetTest {

    private static final String OLD = "111111111111";
    private static final String NEW = "222222222222";

    @TempDir
    Path folder;

    private ApiServer server;
    private Controllers controllers;
    private Target target;

    @BeforeEach
    void start() throws Exception {
        server = new ApiServer();
        TestCluster cluster = new TestCluster(folder, server.url(), "token");
        controllers = new Controllers(cluster.kubeconfig());
        target = cluster.target(cluster.settings(true));
    }

    @AfterEach
    void stop() throws Exception {
        controllers.close();
        server.close();
    }

    private ObjectNode live() {
        return controllers.list(ObjectKind.INFERENCE_SERVICE).get(0);
    }

    private JsonNode predictor() {
        return live().path("spec").path("predictor");
    }

    /** What KServe writes once a revision is ready. */
    private void report(String created, String ready, String rolledOut) {
        ObjectNode live = live();
        ObjectNode status = Json.mapper().createObjectNode();
        status.put(
                "observedGeneration", live.path("metadata").path("generation").asLong());
        status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
        status.putObject("components")
                .putObject("predictor")
                .put("latestCreatedRevision", created)
                .put("latestReadyRevision", ready)
                .put("latestRolledoutRevision", rolledOut);
        live.set("status", status);
        server.overwrite("inferenceservices/weather", live);
    }

    private void serve(String id, String revision) throws InterruptedException {
        try (Candidate candidate = target.begin(TestCluster.release(id, "good", Map.of("K", "v")), Progress.NONE)) {
            assertThat(candidate.health().ready()).contains(false);
            report(revision, revision, revision);
            assertThat(candidate.health().ready()).contains(true);
            candidate.route(1);
            candidate.confirm(Duration.ZERO);
        }
    }

    @Test
    void aCanaryIsPromotedWithoutAnotherRevision() throws Exception {
        serve(OLD, "weather-00001");
        assertThat(target.status().orElseThrow().release()).isEqualTo(OLD);
        try (Candidate candidate = target.begin(TestCluster.release(NEW, "good", Map.of()), Progress.NONE)) {
            assertThat(predictor().path("canaryTrafficPercent").asInt(-1)).isZero();
            JsonNode template = template();
            report("weather-00002", "weather-00002", "weather-00001");
            assertThat(candidate.health().ready()).contains(true);
            candidate.route(0.05);
            assertThat(predictor().path("canaryTrafficPercent").asInt()).isEqualTo(5);
            candidate.route(1);
            candidate.confirm(Duration.ZERO);
            assertThat(predictor().has("canaryTrafficPercent")).isFalse();
            assertThat(template()).as("what KServe makes a revision from").isEqualTo(template);
        }
        assertThat(target.status().orElseThrow().release()).isEqualTo(NEW);
        assertThat(target.serves(TestCluster.release(NEW, "good", Map.of()))).isTrue();
        assertThat(controllers.list(ObjectKind.SECRET)).isEmpty();
        assertThat(server.written)
                .filteredOn(object -> !object.path("kind").asText().equals("Pod"))
                .allSatisfy(PublishedSchemas::check);
    }

    private JsonNode template() {
        ObjectNode predictor = predictor().deepCopy();
        predictor.remove("canaryTrafficPercent");
        predictor.set("annotations", live().path("metadata").path("annotations"));
        return predictor;
    }

    @Test
    void anAbandonedCandidateGivesTrafficBackFirst() throws Exception {
        serve(OLD, "weather-00001");
        JsonNode before = predictor();
        Candidate candidate = target.begin(TestCluster.release(NEW, "good", Map.of()), Progress.NONE);
        report("weather-00002", "weather-00002", "weather-00001");
        candidate.route(0.5);
        candidate.abandon();
        ObjectNode after = predictor().deepCopy();
        assertThat(after.remove("canaryTrafficPercent").asInt(-1)).isZero();
        assertThat(after).isEqualTo(before);
        assertThat(target.status().orElseThrow().release()).isEqualTo(OLD);
        assertThat(target.recover()).isEmpty();
    }

    @Test
    void aKilledFirstReleaseLeavesNothing() throws Exception {
        Candidate killed = target.begin(TestCluster.release(NEW, "good", Map.of("K", "v")), Progress.NONE);
        assertThat(killed.health().alive()).isTrue();
        ObjectNode lease = controllers.list(ObjectKind.LEASE).get(0);
        ((ObjectNode) lease.path("spec")).put("holderIdentity", "");
        server.overwrite("leases/weather-mlcicd", lease);
        assertThat(target.recover().orElseThrow()).contains(NEW, "undone");
        assertThat(List.of(controllers.list(ObjectKind.INFERENCE_SERVICE), controllers.list(ObjectKind.SECRET)))
                .allSatisfy(left -> assertThat(left).isEmpty());
        assertThat(target.undeploy()).isFalse();
    }
}
