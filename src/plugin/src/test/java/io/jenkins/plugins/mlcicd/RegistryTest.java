package io.jenkins.plugins.mlcicd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Fingerprint;
import hudson.model.Result;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.docker.commons.fingerprint.DockerFingerprints;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Pushing to a real registry that asks for a login, with credentials of Jenkins. */
@WithJenkins
class RegistryTest {

    private static final Path SERVER = Path.of("/usr/bin/docker-registry");
    private static final String PLAIN_HTTP = "sendCredentialsOverHttp";
    private static final String PASSWORD = "correct-horse-7431";
    /** The password above as bcrypt, which is the only form the registry reads. */
    private static final String HTPASSWD = "robot:$2b$05$abcdefghijklmnopqrstuu44XFOMGvhOhaDZ9CKv1ozFLWBSwHoVy\n";

    @TempDir
    Path temp;

    private Process registry;
    private int port;

    @BeforeEach
    void startRegistry() throws Exception {
        // The test's registry has no certificate, and without this the engine sends no password over plain HTTP.
        System.setProperty(PLAIN_HTTP, "true");
        assumeTrue(Files.isExecutable(SERVER), "docker-registry is not installed, so nothing was pushed");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.writeString(temp.resolve("htpasswd"), HTPASSWD);
        Files.writeString(
                temp.resolve("registry.yml"), """
                version: 0.1
                storage: { filesystem: { rootdirectory: %s } }
                http: { addr: "127.0.0.1:%d" }
                auth: { htpasswd: { realm: test, path: %s } }
                """.formatted(temp.resolve("images"), port, temp.resolve("htpasswd")));
        registry = new ProcessBuilder(
                        SERVER.toString(), "serve", temp.resolve("registry.yml").toString())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("registry.log").toFile())
                .start();
        for (int i = 0; i < 100 && !listens(); i++) {
            Thread.sleep(100);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void stopRegistry() throws Exception {
        System.clearProperty(PLAIN_HTTP);
        if (registry != null) {
            registry.destroyForcibly().waitFor();
        }
    }

    @Test
    void pushesWithTheCredentialsAndTellsThemNobody(JenkinsRule jenkins) throws Exception {
        CredentialsProvider.lookupStores(jenkins.jenkins)
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new UsernamePasswordCredentialsImpl(
                                CredentialsScope.GLOBAL, "registry", null, "robot", PASSWORD));
        ModelProject project = new ModelProject(temp.resolve("project"));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "push");

        WorkflowRun denied = build(jenkins, job, project, "nobody");
        jenkins.assertBuildStatus(Result.FAILURE, denied);
        jenkins.assertLogContains("credentials with the id 'nobody'", denied);

        WorkflowRun run = jenkins.assertBuildStatusSuccess(build(jenkins, job, project, "registry"));

        assertThat(temp.resolve("images/docker/registry/v2/repositories/small")).isDirectory();
        String digest = run.getAction(ModelBuildAction.class)
                .getPage()
                .getReport()
                .replaceFirst("(?s).*?(sha256:[0-9a-f]{64}).*", "$1");
        assertThat(digest).startsWith("sha256:");
        assertThat(images(run)).isNotEmpty();
        for (Path folder : List.of(jenkins.jenkins.getRootDir().toPath().resolve("jobs"), project.folder())) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(PASSWORD);
                }
            }
        }
    }

    private WorkflowRun build(JenkinsRule jenkins, WorkflowJob job, ModelProject project, String credentials)
            throws Exception {
        job.setDefinition(new CpsFlowDefinition(
                project.pipeline("packageModel image: 'small:1.0', push: true, registry: [url: 'http://127.0.0.1:"
                        + port + "', credentialsId: '" + credentials + "']"),
                true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    /** The fingerprints of images that the build made. */
    private static List<Fingerprint> images(WorkflowRun run) throws IOException {
        String document = Files.readString(run.getRootDir().toPath().resolve("ml-cicd/1-package.json"));
        String image =
                document.replaceFirst("(?s).*\"image\" : \\{[^}]*\"digest\" : \"(sha256:[0-9a-f]{64})\".*", "$1");
        Fingerprint fingerprint = DockerFingerprints.of(image);
        return fingerprint == null ? List.of() : List.of(fingerprint);
    }
}
