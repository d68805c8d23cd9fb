package io.mlcicd.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.mlcicd.deployment.target.Ability;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.Observation;
import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases on a stand-in for a cluster; {@link RealApiServerTest} plays the same on a real API server. */
class DeploymentTargetTest {

    static final String OLD = "111111111111";
    static final String NEW = "222222222222";

    @TempDir
    Path folder;

    private ApiServer server;
    private TestCluster cluster;
    private Controllers controllers;
    private Target target;

    @BeforeEach
    void start() throws Exception {
        server = new ApiServer();
        cluster = new TestCluster(folder, server.url(), "very-secret-token");
        controllers = new Controllers(cluster.kubeconfig());
        target = cluster.target(cluster.settings(false));
    }

    @AfterEach
    void stop() throws Exception {
        controllers.close();
        server.close();
    }

    static void awaitReady(Candidate candidate) throws InterruptedException {
        for (int i = 0; i < 100 && !candidate.health().ready().orElseThrow(); i++) {
            assertThat(candidate.health().alive())
                    .as(candidate.health().message())
                    .isTrue();
            Thread.sleep(100);
        }
        assertThat(candidate.health().ready()).contains(true);
    }

    static void serve(Target target, String id) throws InterruptedException {
        try (Candidate candidate =
                target.begin(TestCluster.release(id, "good", Map.of("API_KEY", "hidden-" + id)), Progress.NONE)) {
            awaitReady(candidate);
            candidate.route(1);
            candidate.confirm(Duration.ZERO);
        }
    }

    private JsonNode service() {
        return controllers.list(ObjectKind.SERVICE).get(0);
    }

    private String selected() {
        return service().path("spec").path("selector").path(Naming.RUN).asText("all");
    }

    private List<String> names(ObjectKind kind) {
        return controllers.list(kind).stream().map(Manifests::name).toList();
    }

    @Test
    void aReleaseTakesOverFromTheOneBefore() throws Exception {
        serve(target, OLD);
        assertThat(target.status().orElseThrow().release()).isEqualTo(OLD);
        assertThat(selected()).isEqualTo("weather-" + OLD);
        try (Candidate candidate = target.begin(TestCluster.release(NEW, "good", Map.of()), Progress.NONE)) {
            awaitReady(candidate);
            assertThat(selected()).as("no traffic before it is routed").isEqualTo("weather-" + OLD);
            candidate.route(1);
            assertThat(selected()).isEqualTo("weather-" + NEW);
            candidate.confirm(Duration.ZERO);
        }
        assertThat(target.status().orElseThrow()).satisfies(state -> {
            assertThat(state.release()).isEqualTo(NEW);
            assertThat(state.alive()).isTrue();
            assertThat(state.url()).isEqualTo("http://weather.default.svc:80");
        });
        assertThat(names(ObjectKind.DEPLOYMENT)).containsExactly("weather-" + NEW);
        assertThat(names(ObjectKind.SECRET)).isEmpty();
        assertThat(names(ObjectKind.LEASE)).isEmpty();
        assertThat(target.serves(TestCluster.release(NEW, "good", Map.of()))).isTrue();
        assertThat(target.serves(TestCluster.release(NEW, "good", Map.of("A", "b"))))
                .isFalse();
        assertThat(target.serves(TestCluster.release(NEW, "good2", Map.of()))).isFalse();
    }

    @Test
    void allThatIsWrittenIsValidByThePublishedSchemas() throws Exception {
        serve(target, OLD);
        List<ObjectNode> written = server.written.stream()
                .filter(object -> !object.path("kind").asText().equals("Pod"))
                .toList();
        assertThat(written).hasSizeGreaterThan(4).allSatisfy(PublishedSchemas::check);
        assertThat(written.toString()).doesNotContain("hidden-" + OLD);
    }

    @Test
    void theImageIsPinnedAndSecretsAreReferences() throws Exception {
        serve(target, OLD);
        JsonNode pod = controllers
                .list(ObjectKind.DEPLOYMENT)
                .get(0)
                .path("spec")
                .path("template")
                .path("spec");
        JsonNode container = pod.path("containers").path(0);
        assertThat(container.path("image").asText()).isEqualTo("registry.example/good@sha256:" + "b".repeat(64));
        assertThat(container.path("command").toString())
                .isEqualTo("[\"serve\",\"--model\",\"build/model\",\"--port\",\"8080\"]");
        assertThat(container.path("envFrom").toString()).contains("weather-" + OLD);
        assertThat(container.path("env").toString()).contains("\"name\":\"database\"", "\"key\":\"password\"");
        assertThat(pod.path("serviceAccountName").asText()).isEqualTo("model-runner");
    }

    @Test
    void aCanarySharesByPodsAndGoesBack() throws Exception {
        serve(target, OLD);
        List<String> lines = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void step(String what, double fraction) {}

            @Override
            public void line(String text) {
                lines.add(text);
            }
        };
        Candidate candidate = target.begin(TestCluster.release(NEW, "good", Map.of()), progress);
        awaitReady(candidate);
        candidate.route(0.25);
        assertThat(selected()).isEqualTo("all");
        assertThat(controllers.list(ObjectKind.DEPLOYMENT))
                .extracting(one -> one.path("spec").path("replicas").asInt())
                .containsExactly(3, 1);
        candidate.route(0.05);
        assertThat(lines)
                .containsExactly(
                        "a share of 25.0 % is 1 of 4 pods, 25.0 % of the connections",
                        "a share of 5.0 % is 1 of 5 pods, 20.0 % of the connections");
        candidate.close();
        assertThat(selected()).isEqualTo("weather-" + OLD);
        assertThat(names(ObjectKind.DEPLOYMENT)).containsExactly("weather-" + OLD);
        assertThat(controllers
                        .list(ObjectKind.DEPLOYMENT)
                        .get(0)
                        .path("spec")
                        .path("replicas")
                        .asInt())
                .isEqualTo(4);
        assertThat(names(ObjectKind.LEASE)).isEmpty();
    }

    @Test
    void figuresComeFromPrometheus() throws Exception {
        List<String> queries = new ArrayList<>();
        HttpServer prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        prometheus.createContext("/api/v1/query", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            queries.add(query);
            String value = query.contains("count") ? query.contains(NEW) ? "40" : "160" : "0.0125";
            byte[] body = ("{\"status\":\"success\",\"data\":"
                            + (query.endsWith("=0")
                                    ? "{\"resultType\":\"scalar\",\"result\":[1700000000,\"0\"]}}"
                                    : "{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1700000000,\""
                                            + value + "\"]}]}}"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        prometheus.start();
        target = cluster.target(cluster.settings(
                false,
                Optional.of(new KubernetesSettings.Figures(
                        URI.create("http://127.0.0.1:" + prometheus.getAddress().getPort()),
                        "sum(increase(count{pod=~\"${pods}\"}[${window}]))",
                        "0",
                        Optional.empty(),
                        Optional.of("latency{pod=~\"${pods}\"}"),
                        Optional.empty()))));
        assertThat(target.abilities()).contains(Ability.FIGURES);
        serve(target, OLD);
        try (Candidate candidate = target.begin(TestCluster.release(NEW, "good", Map.of()), Progress.NONE)) {
            awaitReady(candidate);
            candidate.route(0.25);
            Observation seen = candidate.observed().orElseThrow();
            assertThat(seen.candidate().requests()).isEqualTo(40);
            assertThat(seen.candidate().errors()).isZero();
            assertThat(seen.candidate().p95()).as("seconds become milliseconds").hasValue(12.5);
            assertThat(seen.active().requests()).isEqualTo(160);
        } finally {
            prometheus.stop(0);
        }
        assertThat(queries.get(0)).isEqualTo("query=sum(increase(count{pod=~\"weather-" + NEW + "-0\"}[60s]))");
    }

    @Test
    void theOldReleaseIsKeptAndComesBackAtOnce() throws Exception {
        serve(target, OLD);
        try (Candidate candidate = target.begin(TestCluster.release(NEW, "good", Map.of()), Progress.NONE)) {
            awaitReady(candidate);
            candidate.route(1);
            candidate.confirm(Duration.ofHours(1));
        }
        assertThat(target.status().orElseThrow().kept()).contains(OLD);
        assertThat(target.recover()).isEmpty();
        assertThat(target.rollback().orElseThrow().release()).isEqualTo(OLD);
        assertThat(selected()).isEqualTo("weather-" + OLD);
        assertThat(names(ObjectKind.DEPLOYMENT)).containsExactly("weather-" + OLD);
        assertThat(target.rollback()).isEmpty();
    }

    @Test
    void whatWasKeptGoesWhenItsTimeIsOver() throws Exception {
        serve(target, OLD);
        try (Candidate candidate = target.begin(TestCluster.release(NEW, "good", Map.of()), Progress.NONE)) {
            awaitReady(candidate);
            candidate.route(1);
            candidate.confirm(Duration.ofMillis(1));
        }
        Thread.sleep(20);
        assertThat(target.recover().orElseThrow()).contains(OLD, "kept for a rollback");
        assertThat(names(ObjectKind.DEPLOYMENT)).containsExactly("weather-" + NEW);
    }

    @Test
    void failuresAreToldAsSentences() throws Exception {
        Map.of(
                        "pull", "cannot be pulled",
                        "crash", "exit code 7",
                        "memory", "more memory than its limit (OOMKilled)",
                        "homeless", "Insufficient memory")
                .forEach((image, sentence) -> {
                    try (Candidate candidate = target.begin(TestCluster.release(NEW, image, Map.of()), Progress.NONE)) {
                        Candidate.Health health = candidate.health();
                        for (int i = 0; i < 50 && !health.message().contains(sentence); i++) {
                            Thread.sleep(100);
                            health = candidate.health();
                        }
                        assertThat(health.message()).contains(sentence);
                        assertThat(health.ready()).contains(false);
                        assertThat(health.alive()).isEqualTo(image.equals("homeless"));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
        assertThat(names(ObjectKind.SERVICE))
                .as("a first release that failed leaves nothing")
                .isEmpty();
        assertThat(names(ObjectKind.DEPLOYMENT)).isEmpty();
    }

    @Test
    void aKilledRunIsUndoneByTheNext() throws Exception {
        serve(target, OLD);
        Candidate killed = target.begin(TestCluster.release(NEW, "good", Map.of("K", "v")), Progress.NONE);
        awaitReady(killed);
        killed.route(0.5);
        controllers.list(ObjectKind.LEASE).forEach(lease -> {
            ((ObjectNode) lease.path("spec")).put("holderIdentity", "").remove("renewTime");
            server.overwrite("leases/weather-mlcicd", lease);
        });
        assertThat(target.recover().orElseThrow())
                .isEqualTo("release " + NEW + " was left on its way to the traffic and was undone");
        assertThat(selected()).isEqualTo("weather-" + OLD);
        assertThat(names(ObjectKind.DEPLOYMENT)).containsExactly("weather-" + OLD);
        assertThat(names(ObjectKind.SECRET)).containsExactly("weather-" + OLD);
        assertThat(target.recover()).isEmpty();
    }

    @Test
    void twoMachinesCannotChangeOneDeployment() throws Exception {
        serve(target, OLD);
        try (Candidate first = target.begin(TestCluster.release(NEW, "good", Map.of()), Progress.NONE)) {
            assertThat(first.health().alive()).isTrue();
            assertThatThrownBy(() -> cluster.target(cluster.settings(false)).undeploy())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("is being changed by another command (process ");
        }
    }

    @Test
    void thePlanTellsFieldsAndTouchesNothing() throws Exception {
        serve(target, OLD);
        int before = server.written.size();
        List<PlannedChange> plan = target.plan(TestCluster.release(NEW, "good", Map.of("API_KEY", "hidden")));
        assertThat(plan)
                .extracting(change -> change.action() + " " + change.what())
                .containsExactly(
                        "CREATE Deployment default/weather-" + NEW,
                        "CREATE Secret default/weather-" + NEW,
                        "CHANGE Service default/weather",
                        "REMOVE Deployment default/weather-" + OLD);
        assertThat(plan.get(2).detail())
                .contains("spec.selector.io.mlcicd/run: weather-" + OLD + " becomes weather-" + NEW);
        assertThat(plan.toString()).doesNotContain("hidden");
        assertThat(server.written).hasSize(before);
        assertThat(names(ObjectKind.DEPLOYMENT)).containsExactly("weather-" + OLD);
        assertThat(target.plan(TestCluster.release(OLD, "good", Map.of("API_KEY", "hidden-" + OLD))))
                .extracting(PlannedChange::action)
                .containsOnly(PlannedChange.Action.KEEP);
    }

    @Test
    void strangersAreLeftAlone() throws Exception {
        ObjectNode stranger = Manifests.object(
                ObjectKind.SERVICE, Manifests.metadata("weather", Map.of("app", "other"), Map.of()), Map.of());
        controllers.create(ObjectKind.SERVICE, stranger);
        assertThatThrownBy(() -> target.begin(TestCluster.release(NEW, "good", Map.of()), Progress.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Service default/weather is there already and was not made by the deployment");
        assertThatThrownBy(() -> target.undeploy()).isInstanceOf(InvalidInputException.class);
        assertThat(service().path("metadata").path("labels").path("app").asText())
                .isEqualTo("other");
        assertThat(names(ObjectKind.LEASE)).isEmpty();
    }

    @Test
    void undeployLeavesNothing() throws Exception {
        serve(target, OLD);
        assertThat(target.undeploy()).isTrue();
        assertThat(target.undeploy()).isFalse();
        assertThat(target.status()).isEmpty();
        for (ObjectKind kind :
                List.of(ObjectKind.DEPLOYMENT, ObjectKind.SERVICE, ObjectKind.SECRET, ObjectKind.LEASE)) {
            assertThat(names(kind)).isEmpty();
        }
    }

    @Test
    void aRefusalNamesTheRightAndNoSecret() throws Exception {
        server.refuse("PATCH /apis/apps/v1/namespaces/default/deployments");
        assertThatThrownBy(() -> target.begin(TestCluster.release(NEW, "good", Map.of("P", "hidden")), Progress.NONE))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("give the account the right to use deployments.apps")
                .hasMessageNotContaining("hidden")
                .hasMessageNotContaining("very-secret-token");
        server.refuse("");
        assertThat(names(ObjectKind.SERVICE)).isEmpty();
        assertThat(names(ObjectKind.SECRET)).isEmpty();
    }

    @Test
    void anInterruptedThreadStillUndoes() throws Exception {
        serve(target, OLD);
        Candidate candidate = target.begin(TestCluster.release(NEW, "good", Map.of()), Progress.NONE);
        awaitReady(candidate);
        candidate.route(1);
        Thread.currentThread().interrupt();
        candidate.abandon();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(selected()).isEqualTo("weather-" + OLD);
        assertThat(names(ObjectKind.DEPLOYMENT)).containsExactly("weather-" + OLD);
    }

    @Test
    void aClusterThatDoesNotAnswerIsToldInOneSentence() {
        server.close();
        assertThatThrownBy(() -> target.status())
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("does not answer");
    }
}
