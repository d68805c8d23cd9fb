package io.jenkins.plugins.mlcicd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.mlcicd.config.Project;
import io.mlcicd.document.Json;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Stage;
import io.mlcicd.pipeline.Stages;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The whole way of an image under a real daemon: signed with a credential, canary in staging, approved, moved on. */
@WithJenkins
class StagedReleaseTest {

    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private static final String PIPELINE = """
            packageModel signingCredentialsId: '%s'
            deployModel environment: 'staging', verify: 'release.pub',
                strategy: canary(steps: '50', every: '1s', minRequests: 20, maxWait: '60s'),
                gates: [gate(metric: 'live.errors.share', max: 0)]
            input 'Release to production?'
            deployModel environment: 'production', from: 'staging', verify: 'release.pub'
            """;

    private static JenkinsRule jenkins;

    @TempDir
    Path temp;

    private final AtomicInteger lost = new AtomicInteger();
    private final int staging = freePort();
    private final String key = UUID.randomUUID().toString();
    private ModelProject project;

    StagedReleaseTest() throws IOException {}

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
    }

    @BeforeEach
    void project() throws Exception {
        assumeTrue(dockerAnswers(), "no Docker daemon answers here, so nothing was released with one");
        assumeTrue(Files.isExecutable(BUSYBOX), "there is no " + BUSYBOX + " to make an image of");
        project = new ModelProject(temp.resolve("project"));
        Files.copy(BUSYBOX, project.folder().resolve("busybox"));
        project.write("mlcicd.yml", """
                model: { name: small, task: binary }
                package:
                  model: model
                  files: [busybox]
                  image: mlcicd-test/small:1
                  command: [/app/busybox, sh, -c, "exec /app/busybox httpd -f -p 127.0.0.1:$PORT -h /app"]
                deploy:
                  target: docker
                  docker: { network: host }
                  health: { path: /model/weights.txt }
                  strategy: { blue-green: { keepOld: 1h } }
                  environments:
                    staging: { port: %d }
                    production: { port: %d, approval: required, strategy: { all-at-once: {} } }
                """.formatted(staging, freePort()));
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        project.write("release.pub", pem("PUBLIC KEY", keys.getPublic().getEncoded()));
        SigningTest.add(
                SigningTest.file(key, pem("PRIVATE KEY", keys.getPrivate().getEncoded())));
    }

    @AfterEach
    void stop() throws Exception {
        if (project == null) {
            return;
        }
        for (String environment : List.of("staging", "production")) {
            Project loaded = Project.load(project.folder(), List.of()).in(environment);
            new Stages(loaded, Progress.NONE, System::getenv).undeploy(true);
        }
    }

    @Test
    void signedThenCanaryThenApprovedThenMovedOn() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(project.pipeline(PIPELINE.formatted(key)), true));
        jenkins.assertBuildStatusSuccess(released(job));

        project.write("model/weights.txt", "0.3 0.2 0.1\n");
        WorkflowRun second;
        try (Clients clients = new Clients()) {
            second = jenkins.assertBuildStatusSuccess(released(job));
        }

        assertThat(lost.get()).as("requests without a good answer").isZero();
        JsonNode canary = document(second, "staging");
        JsonNode moved = document(second, "production");
        assertThat(canary.at("/details/strategy").toString()).contains("canary").doesNotContain("blue-green");
        assertThat(canary.at("/details/stages").findValues("live.requests"))
                .anyMatch(requests -> requests.asLong() >= 20);
        assertThat(canary.at("/gates").findValuesAsText("metric")).contains("image.signed", "live.errors.share");
        assertThat(moved.at("/lineage/deployment/approvedBy").asText()).isEqualTo("ann");
        assertThat(moved.at("/lineage/image/digest")).isEqualTo(canary.at("/lineage/image/digest"));
        String page =
                jenkins.createWebClient().goTo(second.getUrl() + "ml-cicd/").asNormalizedText();
        assertThat(page).contains("canary").contains("ann").contains("production");
    }

    @Test
    void whatNobodySignedIsNotReleased() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "unsigned");
        job.setDefinition(new CpsFlowDefinition(
                project.pipeline("packageModel()\ndeployModel environment: 'staging', verify: 'release.pub'"), true));

        WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));

        jenkins.assertLogContains("the image is not to be trusted", run);
    }

    private static WorkflowRun released(WorkflowJob job) throws Exception {
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        InputAction inputs = run.getAction(InputAction.class);
        while (run.isBuilding() && (inputs == null || inputs.getExecutions().isEmpty())) {
            Thread.sleep(100);
            inputs = run.getAction(InputAction.class);
        }
        assertThat(run.isBuilding()).as(run.getLog()).isTrue();
        try (ACLContext as = ACL.as2(User.getById("ann", true).impersonate2())) {
            inputs.getExecutions().get(0).proceed(Map.<String, Object>of());
        }
        return jenkins.waitForCompletion(run);
    }

    private static JsonNode document(WorkflowRun run, String environment) {
        return run.getAction(ModelBuildAction.class).all(Stage.DEPLOY).stream()
                .map(document -> (JsonNode) Json.mapper().valueToTree(document))
                .filter(document ->
                        document.at("/lineage/deployment/environment").asText().equals(environment))
                .findFirst()
                .orElseThrow();
    }

    /** Asks staging without a pause. */
    private final class Clients implements AutoCloseable {

        private final AtomicBoolean open = new AtomicBoolean(true);
        private final Thread thread = new Thread(this::ask, "clients");

        Clients() {
            thread.start();
        }

        private void ask() {
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + staging + "/model/weights.txt"))
                    .build();
            while (open.get()) {
                try {
                    int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode();
                    lost.addAndGet(status == 200 ? 0 : 1);
                    Thread.sleep(10);
                } catch (IOException e) {
                    lost.incrementAndGet();
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            open.set(false);
            thread.join();
        }
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind);
    }

    private static boolean dockerAnswers() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("docker", "version")
                    .redirectErrorStream(true)
                    .start();
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
