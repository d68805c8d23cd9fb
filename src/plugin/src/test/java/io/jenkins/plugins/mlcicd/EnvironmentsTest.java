package io.jenkins.plugins.mlcicd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.jenkins.plugins.mlcicd.result.StageSummary;
import io.mlcicd.config.Project;
import io.mlcicd.document.Json;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Stage;
import io.mlcicd.pipeline.Stages;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
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

/** Releases to environments, moved on from one to the next, and approved by whoever answers an input. */
@WithJenkins
class EnvironmentsTest {

    private static JenkinsRule jenkins;

    @TempDir
    Path temp;

    private ModelProject project;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
    }

    @BeforeEach
    void project() throws Exception {
        project = new ModelProject(temp.resolve("project"));
        project.write("mlcicd.yml", """
                model: { name: small, task: binary }
                package: { model: model, image: small:1.0 }
                deploy:
                  target: process
                  command: [python3, -m, http.server, "${port}"]
                  health: { path: / }
                  environments:
                    staging: { port: %d }
                    production: { port: %d, approval: required }
                """.formatted(freePort(), freePort()));
    }

    @AfterEach
    void stop() throws Exception {
        for (String environment : List.of("staging", "production")) {
            Project loaded = Project.load(project.folder(), List.of()).in(environment);
            new Stages(loaded, Progress.NONE, System::getenv).undeploy(true);
        }
    }

    @Test
    void theAnswerToAnInputApprovesOneRelease() throws Exception {
        WorkflowRun run = job("""
                deployModel environment: 'staging'
                input 'Release to production?'
                deployModel environment: 'production', from: 'staging'
                try { deployModel environment: 'production', from: 'staging' } catch (e) { echo "again: ${e.message}" }
                """).scheduleBuild2(0).waitForStart();
        proceed(run, "ann");

        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));

        List<JsonNode> documents = run.getAction(ModelBuildAction.class).all(Stage.DEPLOY).stream()
                .map(document -> (JsonNode) Json.mapper().valueToTree(document))
                .toList();
        assertThat(documents)
                .filteredOn(document ->
                        document.at("/lineage/deployment/environment").asText().equals("production"))
                .anySatisfy(document -> assertThat(
                                document.at("/lineage/deployment/approvedBy").asText())
                        .contains("ann"));
    }

    @Test
    void whatNeedsAnApprovalIsNotReleasedWithoutOne() throws Exception {
        WorkflowRun run = jenkins.assertBuildStatus(
                Result.FAILURE, job("deployModel environment: 'production'").scheduleBuild2(0));

        jenkins.assertLogContains(
                "releasing to 'production' needs an approval: put an input step before deployModel, such as input 'Release to"
                        + " production?'",
                run);
    }

    @Test
    void whoeverIsNotLoggedInApprovesNothing() throws Exception {
        WorkflowRun run = job("input 'Release?'; deployModel environment: 'production'")
                .scheduleBuild2(0)
                .waitForStart();
        try (ACLContext as = ACL.as2(Jenkins.ANONYMOUS2)) {
            proceed(run);
        }

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("the input was answered by somebody who was not logged in", run);
    }

    @Test
    void aReleaseIsMovedOnToSomewhere() throws Exception {
        WorkflowRun run = jenkins.assertBuildStatus(
                Result.FAILURE, job("deployModel from: 'staging'").scheduleBuild2(0));

        jenkins.assertLogContains("A release is moved on from 'staging', so say where to (environment)", run);
    }

    @Test
    void runsTheExamplesJenkinsfile() throws Exception {
        Path example = ModelProject.example(project.folder());
        Path settings = example.resolve("mlcicd.yml");
        String content = Files.readString(settings);
        for (String port : List.of("8500", "8501", "8502", "8503")) {
            assertThat(content).contains(port);
            content = content.replace(port, String.valueOf(freePort()));
        }
        Files.writeString(settings, content);
        String file = Files.readString(example.resolve("Jenkinsfile"));
        assertThat(file).contains("agent any");
        String here = file.replace("agent any", "agent { node { label ''; customWorkspace '" + example + "' } }");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "seattle-weather");
        job.setDefinition(new CpsFlowDefinition(here, true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        proceed(run, "ann");

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

        assertThat(run.getAction(ModelBuildAction.class).getResults())
                .extracting(StageSummary::getStage)
                .containsExactly("validate", "evaluate", "package", "deploy", "deploy", "drift");
    }

    private static void proceed(WorkflowRun run, String user) throws Exception {
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2())) {
            proceed(run);
        }
    }

    private static void proceed(WorkflowRun run) throws Exception {
        InputAction inputs = run.getAction(InputAction.class);
        while (inputs == null || inputs.getExecutions().isEmpty()) {
            assertThat(run.isBuilding()).as("waits for its input").isTrue();
            Thread.sleep(100);
            inputs = run.getAction(InputAction.class);
        }
        inputs.getExecutions().get(0).proceed(Map.<String, Object>of());
    }

    private WorkflowJob job(String steps) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(project.pipeline(steps), true));
        return job;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
