package io.jenkins.plugins.mlcicd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Fingerprint;
import hudson.model.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.docker.commons.fingerprint.DockerAncestorFingerprintFacet;
import org.jenkinsci.plugins.docker.commons.fingerprint.DockerDescendantFingerprintFacet;
import org.jenkinsci.plugins.docker.commons.fingerprint.DockerFingerprintAction;
import org.jenkinsci.plugins.docker.commons.fingerprint.DockerFingerprints;
import org.jenkinsci.plugins.docker.commons.tools.DockerTool;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Packages through a real Docker daemon, with tool and daemon as docker-commons knows them. */
@WithJenkins
class DockerDaemonTest {

    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String DAEMON = "unix:///var/run/docker.sock";

    @TempDir
    Path temp;

    private final String mark = UUID.randomUUID().toString();
    private final String base = "mlcicd-test/base:" + mark;
    private final String image = "mlcicd-test/small:" + mark;
    private ModelProject project;

    @BeforeEach
    void buildBase() throws Exception {
        assumeTrue(
                Files.exists(Path.of("/var/run/docker.sock"))
                        && docker("version").code() == 0,
                "no Docker daemon answers here, so nothing was built with one");
        assumeTrue(Files.isExecutable(BUSYBOX), "there is no " + BUSYBOX + " to make a base image of");
        Path folder = Files.createDirectories(temp.resolve("base"));
        Files.copy(BUSYBOX, folder.resolve("busybox"));
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY busybox /bin/busybox\n");
        assertThat(docker("build", "-t", base, folder.toString()).code()).isZero();
        project = new ModelProject(temp.resolve("project"));
    }

    @AfterEach
    void removeImages() throws Exception {
        docker("image", "rm", "--force", image, base);
    }

    @Test
    void imageAndBaseAreOnTheFingerprintPages(JenkinsRule jenkins) throws Exception {
        Path calls = temp.resolve("calls.log");
        installTool(jenkins, calls);

        WorkflowRun run = build(
                jenkins,
                "packageModel image: '%s', base: '%s', builder: 'docker', dockerTool: 'wrapped', dockerServer: [uri: '%s']"
                        .formatted(image, base, DAEMON));

        jenkins.assertBuildStatusSuccess(run);
        assertThat(Files.readString(calls, StandardCharsets.UTF_8)).contains(DAEMON + " build ");
        Fingerprint built = DockerFingerprints.of(id(image));
        Fingerprint below = DockerFingerprints.of(id(base));
        assertThat(DockerFingerprints.getFacets(built, DockerAncestorFingerprintFacet.class))
                .singleElement()
                .satisfies(facet -> assertThat(facet.getAncestorImageIds()).containsExactly(id(base)));
        assertThat(DockerFingerprints.getFacets(below, DockerDescendantFingerprintFacet.class))
                .singleElement()
                .satisfies(facet -> assertThat(facet.getDescendantImageIds()).containsExactly(id(image)));
        assertThat(run.getAction(DockerFingerprintAction.class).getImageIDs()).contains(id(image), id(base));
        HtmlPage own = jenkins.createWebClient().goTo("fingerprint/" + built.getHashString() + "/");
        assertThat(own.asNormalizedText())
                .contains("Docker image " + id(image))
                .contains(run.getParent().getName());
        HtmlPage ofBuild = jenkins.createWebClient().goTo(run.getUrl() + "docker-fingerprints/");
        assertThat(ofBuild.asNormalizedText()).contains(id(image)).contains(id(base));
    }

    @Test
    void anUnknownToolAndUnknownCredentialsAreTold(JenkinsRule jenkins) throws Exception {
        WorkflowRun tool = build(jenkins, "packageModel builder: 'docker', dockerTool: 'nowhere'");
        jenkins.assertBuildStatus(Result.FAILURE, tool);
        jenkins.assertLogContains("There is no Docker tool with the name 'nowhere'", tool);

        WorkflowRun credentials = build(
                jenkins,
                "packageModel builder: 'docker', dockerServer: [uri: 'tcp://127.0.0.1:1', credentialsId: 'nobody']");
        jenkins.assertBuildStatus(Result.FAILURE, credentials);
        jenkins.assertLogContains("There are no Docker server credentials with the id 'nobody'", credentials);
    }

    @Test
    void aDaemonThatDoesNotAnswerIsTold(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = build(jenkins, "packageModel builder: 'docker', dockerServer: [uri: 'tcp://127.0.0.1:1']");

        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("no Docker daemon answers at tcp://127.0.0.1:1", run);
    }

    private WorkflowRun build(JenkinsRule jenkins, String step) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(project.pipeline(step), true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    /** A tool that notes each call and hands it on to the docker of this machine. */
    private void installTool(JenkinsRule jenkins, Path calls) throws IOException {
        Path program = Files.createDirectories(temp.resolve("tool/bin")).resolve("docker");
        Files.writeString(program, """
                #!/bin/sh
                echo "$DOCKER_HOST $*" >> %s
                PATH=${PATH#*:} exec docker "$@"
                """.formatted(calls));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        jenkins.jenkins
                .getDescriptorByType(DockerTool.DescriptorImpl.class)
                .setInstallations(new DockerTool("wrapped", temp.resolve("tool").toString(), List.of()));
    }

    private static String id(String name) throws IOException, InterruptedException {
        return docker("image", "inspect", "--format", "{{.Id}}", name).output().strip();
    }

    private record Ending(int code, String output) {}

    private static Ending docker(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "docker";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process process = new ProcessBuilder(Arrays.asList(command))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ending(process.waitFor(), output);
        } catch (IOException e) {
            return new Ending(127, "");
        }
    }
}
