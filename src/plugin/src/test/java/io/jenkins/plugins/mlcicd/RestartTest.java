package io.jenkins.plugins.mlcicd;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.jenkins.plugins.mlcicd.result.StageSummary;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What becomes of a running step when the controller restarts. */
class RestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path temp;

    @Test
    void aLongValidationRunsAgain() throws Throwable {
        LongData.write(temp, 12_000_000);
        sessions.then(jenkins -> start(jenkins, "validateData data: 'long.csv', contract: 'long.yml'"));
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("resumed after a controller restart", run);
            jenkins.assertLogContains("the script goes on", run);
            assertThat(run.getAction(ModelBuildAction.class).getResults())
                    .singleElement()
                    .extracting(StageSummary::getStage)
                    .isEqualTo("validate");
        });
    }

    @Test
    void aDeploymentFailsAndSaysWhatToDo() throws Throwable {
        new ModelProject(temp).write("mlcicd.yml", """
                        model: { name: slow }
                        package: { model: model, image: slow:1.0 }
                        deploy:
                          target: batch
                          batch: { command: [sleep, "60"], output: scores.csv }
                        """);
        sessions.then(jenkins -> start(jenkins, "deployModel()"));
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("Run the deployment again", run);
            jenkins.assertLogNotContains("\tat ", run);
            assertThat(temp.resolve("scores.csv")).doesNotExist();
        });
    }

    private void start(JenkinsRule jenkins, String step) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "long");
        job.setDefinition(new CpsFlowDefinition(
                "node { dir('" + temp + "') { " + step + " } }; echo 'the script goes on'", true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("[ml-cicd] ", run);
        assertThat(run.isBuilding()).isTrue();
    }

    private static WorkflowRun run(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("long", WorkflowJob.class).getBuildByNumber(1);
    }
}
