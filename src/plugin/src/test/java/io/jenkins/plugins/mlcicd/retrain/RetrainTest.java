package io.jenkins.plugins.mlcicd.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.mlcicd.document.Json;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** When the trigger starts a build, and when it does not. */
@WithJenkins
class RetrainTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");

    private static JenkinsRule jenkins;

    private FreeStyleProject job;
    private RetrainTrigger trigger;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void job() throws Exception {
        job = jenkins.createFreeStyleProject();
        trigger = new RetrainTrigger("H 2 * * *");
        job.addTrigger(trigger);
    }

    @Test
    void startsNothingBeforeADriftCheck() throws Exception {
        jenkins.buildAndAssertSuccess(job);

        assertThat(trigger.check(job, NOW)).isEmpty();
    }

    @Test
    void startsNothingWhenTheNewestDriftCheckIsContent() throws Exception {
        driftCheck(job, true);
        driftCheck(job, false);

        assertThat(trigger.check(job, NOW)).isEmpty();
    }

    @Test
    void startsOnceForADriftCheckThatAsksForIt() throws Exception {
        FreeStyleBuild checked = driftCheck(job, true);

        FreeStyleBuild retraining = finish(trigger.check(job, NOW));

        RetrainCause.Drift cause = retraining.getCause(RetrainCause.Drift.class);
        assertThat(cause.getBuild()).isEqualTo(checked.getNumber());
        assertThat(cause.getReasons()).containsExactly("drift.share is 0.6, above 0.3");
        assertThat(cause.getShortDescription()).contains(job.getFullName(), "0.6");
        assertThat(trigger.check(job, NOW.plus(Duration.ofDays(9)))).isEmpty();
    }

    @Test
    void doesNotForgetWithANewConfiguration() throws Exception {
        driftCheck(job, true);
        finish(trigger.check(job, NOW));
        job.doReload();

        assertThat(new RetrainTrigger("H 2 * * *").check(job, NOW.plus(Duration.ofDays(9))))
                .isEmpty();
    }

    @Test
    void startsAgainForANewDriftCheckAfterThePause() throws Exception {
        trigger.setCooldown("24h");
        driftCheck(job, true);
        finish(trigger.check(job, NOW));
        driftCheck(job, true);

        assertThat(trigger.check(job, NOW.plus(Duration.ofHours(23)))).isEmpty();
        finish(trigger.check(job, NOW.plus(Duration.ofHours(24))));
    }

    @Test
    void startsNothingWhileABuildIsQueued() throws Exception {
        trigger.setCondition("always");
        job.scheduleBuild2(3600);

        assertThat(trigger.check(job, NOW)).isEmpty();
        jenkins.jenkins.getQueue().cancel(job);
    }

    @Test
    void startsNothingWhileABuildIsRunning() throws Exception {
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class);
        pipeline.setDefinition(new CpsFlowDefinition("echo 'started'; sleep 600", true));
        WorkflowRun running = pipeline.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("started", running);
        trigger.setCondition("always");

        assertThat(trigger.check(pipeline, NOW)).isEmpty();

        running.doStop();
        jenkins.waitForCompletion(running);
    }

    @Test
    void startsAtEveryScheduledTimeWhenAskedTo() throws Exception {
        trigger.setCondition("always");

        assertThat(finish(trigger.check(job, NOW)).getCause(RetrainCause.Schedule.class))
                .isNotNull();
        finish(trigger.check(job, NOW.plus(Duration.ofDays(1))));
    }

    @Test
    void watchesAnotherJob() throws Exception {
        FreeStyleProject watch = jenkins.createFreeStyleProject("watch");
        driftCheck(watch, true);
        assertThat(trigger.check(job, NOW)).isEmpty();

        trigger.setWatchedJob("watch");

        finish(trigger.check(job, NOW));
    }

    @Test
    void pipelinesDeclareIt() throws Exception {
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class);
        pipeline.setDefinition(new CpsFlowDefinition("""
                pipeline {
                    agent none
                    triggers { retrain(spec: 'H 2 * * *', condition: 'drift', cooldown: '24h') }
                    stages { stage('x') { steps { echo 'x' } } }
                }
                """, true));

        jenkins.buildAndAssertSuccess(pipeline);

        assertThat(pipeline.getTriggers().values())
                .singleElement()
                .isInstanceOfSatisfying(RetrainTrigger.class, declared -> {
                    assertThat(declared.getSpec()).isEqualTo("H 2 * * *");
                    assertThat(declared.getCooldown()).isEqualTo("24h");
                });
    }

    private static FreeStyleBuild driftCheck(FreeStyleProject job, boolean recommended) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        String reasons = recommended ? "\"drift.share is 0.6, above 0.3\"" : "";
        JsonNode document = Json.mapper().readTree("""
                {
                  "schemaVersion": "1.0", "stage": "drift", "tool": {"name": "ml-cicd", "version": "0"},
                  "verdict": "PASSED", "started": "2026-11-22T00:00:00Z", "seconds": 1, "inputs": [],
                  "metrics": {"drift.share": 0.6}, "gates": [], "lineage": {"data": []},
                  "details": {"retrain": {"recommended": %s, "reasons": [%s]}}
                }
                """.formatted(recommended, reasons));
        Result<JsonNode> result = ResultDocuments.of(document, "the test's document", JsonNode.class);
        ModelBuildAction.record(build, result);
        return build;
    }

    private static FreeStyleBuild finish(Optional<Queue.Item> item) throws Exception {
        assertThat(item).isPresent();
        return (FreeStyleBuild) jenkins.assertBuildStatusSuccess(
                (FreeStyleBuild) item.get().getFuture().get());
    }
}
