package io.mlcicd.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mlcicd.deployment.target.Candidate;
import io.mlcicd.deployment.target.PlannedChange;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases on a real API server with a real etcd; pods come and go by {@link Controllers}, for there are no nodes. */
class RealApiServerTest {

    private static final String TOKEN = "a-token-for-tests";

    @TempDir
    static Path folder;

    private static final List<Process> RUNNING = new ArrayList<>();
    private static TestCluster cluster;
    private static Controllers controllers;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> etcd = program("etcd");
        Optional<Path> server = program("kube-apiserver");
        assumeTrue(
                etcd.isPresent() && server.isPresent(),
                "no Kubernetes API server here: put etcd and kube-apiserver on the PATH, or name their folder in"
                        + " MLCICD_KUBERNETES_BIN");
        int client = freePort();
        int port = freePort();
        String store = "http://127.0.0.1:" + client;
        run(
                "etcd",
                List.of(
                        etcd.get().toString(),
                        "--data-dir=" + folder.resolve("etcd"),
                        "--listen-client-urls=" + store,
                        "--advertise-client-urls=" + store,
                        "--listen-peer-urls=http://127.0.0.1:" + freePort()));
        Path key = folder.resolve("sa.key");
        new ProcessBuilder("openssl", "genrsa", "-out", key.toString(), "2048")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start()
                .waitFor();
        Path tokens = Files.writeString(folder.resolve("tokens.csv"), TOKEN + ",tester,1,system:masters\n");
        run(
                "kube-apiserver",
                List.of(
                        server.get().toString(),
                        "--etcd-servers=" + store,
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--cert-dir=" + folder.resolve("certificates"),
                        "--token-auth-file=" + tokens,
                        "--authorization-mode=RBAC",
                        "--service-account-issuer=https://127.0.0.1",
                        "--service-account-signing-key-file=" + key,
                        "--service-account-key-file=" + key,
                        "--service-cluster-ip-range=10.0.0.0/24",
                        "--disable-admission-plugins=ServiceAccount"));
        cluster = new TestCluster(folder, "https://127.0.0.1:" + port, TOKEN);
        awaitNamespace();
        controllers = new Controllers(cluster.kubeconfig());
    }

    private static Optional<Path> program(String name) {
        return Stream.concat(
                        Stream.ofNullable(System.getenv("MLCICD_KUBERNETES_BIN")),
                        Stream.of(System.getenv("PATH").split(":", -1)))
                .map(path -> Path.of(path, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(String name, List<String> command) throws IOException {
        RUNNING.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start());
    }

    private static void awaitNamespace() throws Exception {
        try (KubernetesClient client = Connection.open(cluster.settings(false))) {
            for (int i = 0; i < 300; i++) {
                try {
                    if (client.namespaces().withName("default").get() != null) {
                        return;
                    }
                } catch (KubernetesClientException e) {
                    assertThat(RUNNING).allMatch(Process::isAlive);
                }
                Thread.sleep(200);
            }
        }
        throw new IllegalStateException("the API server did not come up");
    }

    @AfterAll
    static void stop() throws Exception {
        if (controllers != null) {
            controllers.close();
        }
        for (int i = RUNNING.size() - 1; i >= 0; i--) {
            RUNNING.get(i).destroy();
            if (!RUNNING.get(i).waitFor(5, TimeUnit.SECONDS)) {
                RUNNING.get(i).destroyForcibly();
            }
        }
    }

    private static List<String> names(ObjectKind kind) {
        return controllers.list(kind).stream()
                .filter(object -> !Manifests.name(object).equals("kubernetes"))
                .map(Manifests::name)
                .toList();
    }

    private static JsonNode service() {
        return controllers.list(ObjectKind.SERVICE).stream()
                .filter(object -> Manifests.name(object).equals("weather"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aWholeLifeOfADeployment() throws Exception {
        String old = DeploymentTargetTest.OLD;
        String next = DeploymentTargetTest.NEW;
        Target target = cluster.target(cluster.settings(false));
        assertThat(target.plan(TestCluster.release(old, "good", Map.of())))
                .extracting(PlannedChange::action)
                .containsOnly(PlannedChange.Action.CREATE);
        assertThat(names(ObjectKind.SERVICE)).as("a plan touches nothing").isEmpty();

        DeploymentTargetTest.serve(target, old);
        assertThat(target.status().orElseThrow().release()).isEqualTo(old);
        assertThat(target.serves(TestCluster.release(old, "good", Map.of("API_KEY", "hidden-" + old))))
                .isTrue();
        assertThat(target.plan(TestCluster.release(old, "good", Map.of("API_KEY", "hidden-" + old))))
                .extracting(PlannedChange::action)
                .containsOnly(PlannedChange.Action.KEEP);

        List<PlannedChange> plan = target.plan(TestCluster.release(next, "good", Map.of()));
        assertThat(plan)
                .filteredOn(change -> change.action() == PlannedChange.Action.CHANGE)
                .singleElement()
                .satisfies(change -> assertThat(change.detail())
                        .contains("spec.selector.io.mlcicd/run: weather-" + old + " becomes weather-" + next));

        try (Candidate bad = target.begin(TestCluster.release(next, "pull", Map.of()), Progress.NONE)) {
            Candidate.Health health = bad.health();
            for (int i = 0; i < 50 && health.alive(); i++) {
                Thread.sleep(100);
                health = bad.health();
            }
            assertThat(health.message()).contains("cannot be pulled");
        }
        assertThat(names(ObjectKind.DEPLOYMENT)).containsExactly("weather-" + old);

        try (Candidate candidate = target.begin(TestCluster.release(next, "good", Map.of()), Progress.NONE)) {
            DeploymentTargetTest.awaitReady(candidate);
            candidate.route(0.25);
            assertThat(service().path("spec").path("selector").has(Naming.RUN))
                    .as("server-side apply takes the field away that is not applied any more")
                    .isFalse();
            candidate.route(1);
            candidate.confirm(Duration.ofHours(1));
        }
        assertThat(service().path("spec").path("selector").path(Naming.RUN).asText())
                .as("the pods that failed before do not count as this run's")
                .startsWith("weather-" + next);
        assertThat(service().path("metadata").path("annotations").has("io.mlcicd/candidate"))
                .isFalse();
        assertThat(names(ObjectKind.LEASE)).isEmpty();
        assertThat(target.rollback().orElseThrow().release()).isEqualTo(old);
        assertThat(target.recover()).isEmpty();
        assertThat(target.undeploy()).isTrue();
        assertThat(names(ObjectKind.SERVICE)).isEmpty();
        assertThat(names(ObjectKind.SECRET)).isEmpty();
    }
}
