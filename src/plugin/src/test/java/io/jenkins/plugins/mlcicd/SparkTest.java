package io.jenkins.plugins.mlcicd;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Steps that compute on a real Spark, which the agent starts. */
@WithJenkins
class SparkTest {

    @TempDir
    private Path folder;

    private JenkinsRule jenkins;
    private WorkflowJob job;

    @BeforeEach
    void project(JenkinsRule rule) throws Exception {
        jenkins = rule;
        new ModelProject(folder);
        job = rule.createProject(WorkflowJob.class, "spark");
    }

    private void define(String step) throws Exception {
        job.setDefinition(new CpsFlowDefinition(
                "node { withEnv(['SPARK_HOME=%s']) { dir('%s') { %s } } }".formatted(SparkHome.folder(), folder, step),
                true));
    }

    @Test
    void aStepComputesOnSparkThatItsEnvironmentNames() throws Exception {
        define("def r = validateData(engine: 'spark', master: 'local[1]'); echo \"passed ${r.passed}\"");

        WorkflowRun run = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("computing with Spark 4.", run);
        jenkins.assertLogContains("passed true", run);
        assertThat(jenkins.createWebClient().goTo(run.getUrl() + "ml-cicd/").asNormalizedText())
                .contains("on Spark 4.");
    }

    @Test
    void whoStopsTheBuildStopsSpark() throws Exception {
        define("validateData(engine: 'spark', master: 'local[1]')");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("starting Spark", run);

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (sparkRuns() && Instant.now().isBefore(end)) {
            Thread.sleep(200);
        }
        assertThat(sparkRuns()).isFalse();
    }

    private static boolean sparkRuns() {
        return ProcessHandle.current()
                .descendants()
                .anyMatch(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("SparkSubmit"))
                        .isPresent());
    }

    @Test
    void withoutSparkTheStepSaysWhatToDo() throws Exception {
        job.setDefinition(new CpsFlowDefinition(
                "node { withEnv(['SPARK_HOME=%s']) { dir('%s') { checkDrift(master: 'yarn') } } }"
                        .formatted(folder, folder),
                true));

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("needs spark-submit, which is neither in SPARK_HOME", run);
    }
}
