package io.jenkins.plugins.mlcicd.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.BooleanParameterDefinition;
import hudson.model.Cause;
import hudson.model.ChoiceParameterDefinition;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.PasswordParameterDefinition;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.retrain.RetrainDecision;
import io.mlcicd.retrain.RetrainDecision.Kind;
import io.mlcicd.retrain.RetrainDecision.Reason;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** When the trigger starts a build, when it waits, and when it does neither. */
@WithJenkins
class RetrainTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");

    private static JenkinsRule jenkins;

    private FreeStyleProject job;
    private RetrainTrigger trigger;

    @BeforeAll
    static void start(JenkinsRule rule) {
        System.setProperty(RetrainWork.DISABLED, "true");
        jenkins = rule;
    }

    @AfterAll
    static void restore() {
        System.clearProperty(RetrainWork.DISABLED);
    }

    @BeforeEach
    void job() throws Exception {
        job = jenkins.createFreeStyleProject();
        trigger = new RetrainTrigger("H 2 * * *");
        job.addTrigger(trigger);
        assertThat(look(NOW.minus(Duration.ofDays(1)), false)).isEmpty();
    }

    private Optional<RetrainDecision> look(Instant now, boolean scheduled) throws Exception {
        Optional<RetrainDecision> decision =
                Retraining.of(job).look(now, scheduled ? Optional.of(now) : Optional.empty());
        jenkins.waitUntilNoActivity();
        return decision;
    }

    private RetrainDecision decide(Instant now) throws Exception {
        return look(now, true).orElseThrow();
    }

    private static void is(RetrainDecision decision, Kind kind, Reason reason) {
        assertThat(decision.kind()).as(decision.message()).isEqualTo(kind);
        assertThat(decision.reason()).as(decision.message()).isEqualTo(reason);
    }

    private FreeStyleBuild driftCheck(String data, String reason) throws Exception {
        return driftCheck(job, data, reason);
    }

    private static FreeStyleBuild driftCheck(FreeStyleProject of, String data, String reason) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(of);
        DriftChecks.record(build, data, reason);
        return build;
    }

    private RetrainCause cause() {
        return job.getLastBuild().getCause(RetrainCause.class);
    }

    @Test
    void startsNothingBeforeADriftCheck() throws Exception {
        jenkins.buildAndAssertSuccess(job);

        is(decide(NOW), Kind.NOT, Reason.NOTHING_NEW);
    }

    @Test
    void startsNothingWhenTheNewestDriftCheckIsContent() throws Exception {
        driftCheck("a", "drift.share is 0.6, above 0.3");
        driftCheck("b", "");

        is(decide(NOW), Kind.NOT, Reason.NOT_MET);
    }

    @Test
    void startsOnceForADriftCheckThatAsksForIt() throws Exception {
        FreeStyleBuild checked = driftCheck("a", "drift.share is 0.6, above 0.3");

        is(decide(NOW), Kind.START, Reason.CONDITION);

        assertThat(cause().getJob()).isEqualTo(job.getFullName());
        assertThat(cause().getBuild()).isEqualTo(checked.getNumber());
        assertThat(cause().getConditions()).containsExactly("drift");
        assertThat(cause().getReasons()).containsExactly("drift.share is 0.6, above 0.3");
        assertThat(cause().getShortDescription()).contains(job.getFullName(), "0.6");
        assertThat(Retraining.of(job).content().state().intent())
                .as("the build began")
                .isEmpty();
        assertThat(Retraining.of(job).content().log().entries().get(0).build())
                .hasValue(job.getLastBuild().getNumber());
        is(decide(NOW.plus(Duration.ofDays(9))), Kind.NOT, Reason.ANSWERED);
    }

    @Test
    void aCheckThatIsRunAgainBringsNothingNew() throws Exception {
        driftCheck("a", "drift.share is 0.6, above 0.3");
        decide(NOW);

        driftCheck("a", "drift.share is 0.6, above 0.3");
        is(decide(NOW.plus(Duration.ofDays(9))), Kind.NOT, Reason.ANSWERED);
        driftCheck("b", "drift.share is 0.6, above 0.3");
        is(decide(NOW.plus(Duration.ofDays(10))), Kind.START, Reason.CONDITION);
    }

    @Test
    void aScheduledTimeIsLookedAtOnce() throws Exception {
        trigger.setConditions("always");

        is(decide(NOW), Kind.START, Reason.CONDITION);
        assertThat(cause().getConditions()).containsExactly("always");
        assertThat(look(NOW, true)).isEmpty();
        assertThat(Retraining.of(job).look(NOW.plusSeconds(60), Optional.of(NOW)))
                .isEmpty();
        is(decide(NOW.plus(Duration.ofDays(1))), Kind.START, Reason.CONDITION);
    }

    @Test
    void doesNotForgetWithANewConfiguration() throws Exception {
        driftCheck("a", "drift.share is 0.6, above 0.3");
        decide(NOW);
        job.removeTrigger(trigger.getDescriptor());
        job.addTrigger(new RetrainTrigger("H 2 * * *"));

        is(decide(NOW.plus(Duration.ofDays(9))), Kind.NOT, Reason.ANSWERED);
    }

    @Test
    void waitsForTheCooldownAndStartsByItself() throws Exception {
        trigger.setCooldown("24h");
        driftCheck("a", "drift.share is 0.6, above 0.3");
        decide(NOW);
        driftCheck("b", "drift.share is 0.7, above 0.3");

        RetrainDecision waits = decide(NOW.plus(Duration.ofHours(23)));
        is(waits, Kind.PENDING, Reason.COOLDOWN);
        assertThat(waits.until()).contains(NOW.plus(Duration.ofHours(24)));
        is(look(NOW.plus(Duration.ofHours(24)), false).orElseThrow(), Kind.START, Reason.CONDITION);
        assertThat(cause().getReasons()).containsExactly("drift.share is 0.7, above 0.3");
        assertThat(look(NOW.plus(Duration.ofHours(25)), false)).isEmpty();
    }

    @Test
    void waitsForQuietHoursInTheirZone() throws Exception {
        trigger.setQuietHours("22:00-06:00");
        trigger.setZone("Europe/Berlin");
        driftCheck("a", "drift.share is 0.6, above 0.3");

        RetrainDecision waits = decide(NOW);
        is(waits, Kind.PENDING, Reason.QUIET_HOURS);
        assertThat(waits.until()).contains(Instant.parse("2026-11-23T05:00:00Z"));
        is(look(Instant.parse("2026-11-23T05:00:00Z"), false).orElseThrow(), Kind.START, Reason.CONDITION);
    }

    @Test
    void waitsForABuildThatIsQueued() throws Exception {
        trigger.setConditions("always");
        job.scheduleBuild2(3600);

        is(Retraining.of(job).look(NOW, Optional.of(NOW)).orElseThrow(), Kind.PENDING, Reason.RUNNING);
        jenkins.jenkins.getQueue().cancel(job);
        is(look(NOW.plusSeconds(60), false).orElseThrow(), Kind.START, Reason.CONDITION);
    }

    @Test
    void waitsForABuildThatIsRunning() throws Exception {
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class);
        pipeline.setDefinition(new CpsFlowDefinition("echo 'started'; sleep 600", true));
        RetrainTrigger always = new RetrainTrigger("H 2 * * *");
        always.setConditions("always");
        pipeline.addTrigger(always);
        Retraining.of(pipeline).look(NOW.minusSeconds(60), Optional.empty());
        WorkflowRun running = pipeline.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("started", running);

        is(Retraining.of(pipeline).look(NOW, Optional.of(NOW)).orElseThrow(), Kind.PENDING, Reason.RUNNING);

        running.doStop();
        jenkins.waitForCompletion(running);
        pipeline.setDefinition(new CpsFlowDefinition("echo 'anew'", true));
        is(
                Retraining.of(pipeline)
                        .look(NOW.plusSeconds(60), Optional.of(NOW))
                        .orElseThrow(),
                Kind.START,
                Reason.CONDITION);
        jenkins.waitUntilNoActivity();
        assertThat(pipeline.getLastBuild().getCause(RetrainCause.class)).isNotNull();
    }

    @Test
    void leavesADisabledJobAlone() throws Exception {
        driftCheck("a", "drift.share is 0.6, above 0.3");
        job.disable();

        is(decide(NOW), Kind.NOT, Reason.DISABLED);
        job.enable();
        is(decide(NOW.plus(Duration.ofDays(1))), Kind.START, Reason.CONDITION);
    }

    @Test
    void watchesAnotherJob() throws Exception {
        FreeStyleProject watch = jenkins.createFreeStyleProject("watch");
        driftCheck(watch, "a", "drift.share is 0.6, above 0.3");
        is(decide(NOW), Kind.NOT, Reason.NOTHING_NEW);

        trigger.setWatchedJob("watch");

        is(decide(NOW.plusSeconds(60)), Kind.START, Reason.CONDITION);
        assertThat(cause().getJob()).isEqualTo("watch");
    }

    @Test
    void startsForNewDataOnceItHasSeenOthers() throws Exception {
        trigger.setConditions("newData");
        driftCheck("a", "");
        is(decide(NOW), Kind.NOT, Reason.NOTHING_NEW);
        driftCheck("a", "");
        is(decide(NOW.plusSeconds(60)), Kind.NOT, Reason.NOT_MET);
        driftCheck("b", "");

        is(decide(NOW.plusSeconds(120)), Kind.START, Reason.CONDITION);

        assertThat(cause().getReasons()).singleElement().asString().startsWith("the data set 'current' changed, from");
        is(decide(NOW.plusSeconds(180)), Kind.NOT, Reason.NOT_MET);
    }

    @Test
    void aClockThatWasSetBackStartsNothingTwice() throws Exception {
        trigger.setConditions("always, drift");
        trigger.setCooldown("1h");
        driftCheck("a", "drift.share is 0.6, above 0.3");
        is(decide(NOW), Kind.START, Reason.CONDITION);

        assertThat(look(NOW.minus(Duration.ofHours(5)), false)).isEmpty();
        assertThat(look(NOW, true)).as("the same time once more").isEmpty();
        is(decide(NOW.plus(Duration.ofHours(1))), Kind.START, Reason.CONDITION);
    }

    @Test
    void aCancelledBuildIsNotStartedAgain() throws Exception {
        driftCheck("a", "drift.share is 0.6, above 0.3");
        int executors = jenkins.jenkins.getNumExecutors();
        jenkins.jenkins.setNumExecutors(0);
        try {
            Retraining.of(job).look(NOW, Optional.of(NOW));
            assertThat(Retraining.of(job).content().state().intent()).isPresent();
            jenkins.jenkins.getQueue().cancel(job);
            for (int i = 0;
                    i < 100 && Retraining.of(job).content().state().intent().isPresent();
                    i++) {
                Thread.sleep(50);
            }
        } finally {
            jenkins.jenkins.setNumExecutors(executors);
        }
        assertThat(Retraining.of(job).content().state().intent()).isEmpty();
        assertThat(look(NOW.plusSeconds(60), false)).isEmpty();
        assertThat(cause()).isNull();
    }

    @Test
    void handsParametersOnWithDefaultsForTheOthers() throws Exception {
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("REASON", "none"),
                new BooleanParameterDefinition("FULL", false, ""),
                new ChoiceParameterDefinition("SIZE", new String[] {"small", "large"}, ""),
                new PasswordParameterDefinition("TOKEN", "hush", "")));
        driftCheck("a", "drift.share is 0.6, above 0.3");

        trigger.setParameters("REASON=drift = bad\nSIZE=large");
        is(decide(NOW), Kind.START, Reason.CONDITION);

        ParametersAction given = job.getLastBuild().getAction(ParametersAction.class);
        assertThat(given.getParameter("REASON").getValue()).isEqualTo("drift = bad");
        assertThat(given.getParameter("SIZE").getValue()).isEqualTo("large");
        assertThat(given.getParameter("FULL").getValue()).isEqualTo(false);
        for (String bad : List.of("RAISON=x", "SIZE=huge", "TOKEN=secret", "REASON")) {
            trigger.setParameters(bad);
            driftCheck(bad, "drift.share is 0.6, above 0.3");
            assertThatThrownBy(() -> decide(NOW.plus(Duration.ofDays(2))))
                    .as(bad)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageNotContaining("hush");
        }
        trigger.setParameters(null);
        is(decide(NOW.plus(Duration.ofDays(2))), Kind.START, Reason.CONDITION);
    }

    @Test
    void optionsThatDoNotGoTogetherAreTold() {
        trigger.setConditions("age");

        assertThatThrownBy(() -> decide(NOW))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the trigger 'retrain'")
                .hasMessageContaining("age: 90d");
    }

    @Test
    void aMemoryThatSomebodyBrokeIsNoEnd() throws Exception {
        driftCheck("a", "drift.share is 0.6, above 0.3");
        Files.writeString(job.getRootDir().toPath().resolve("ml-cicd-retrain.json"), "{");
        look(NOW.minusSeconds(60), false);

        is(decide(NOW), Kind.START, Reason.CONDITION);
    }

    @Test
    void pipelinesDeclareIt() throws Exception {
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class);
        pipeline.setDefinition(new CpsFlowDefinition("""
                pipeline {
                    agent none
                    triggers { retrain(spec: 'H 2 * * *', conditions: 'drift, newData', cooldown: '24h') }
                    stages { stage('x') { steps { echo 'x' } } }
                }
                """, true));

        jenkins.buildAndAssertSuccess(pipeline);

        assertThat(pipeline.getTriggers().values())
                .singleElement()
                .isInstanceOfSatisfying(RetrainTrigger.class, declared -> {
                    assertThat(declared.getSpec()).isEqualTo("H 2 * * *");
                    assertThat(declared.getConditions()).isEqualTo("drift, newData");
                    assertThat(declared.getCooldown()).isEqualTo("24h");
                    assertThat(declared.newestTime()).isPresent();
                });
    }

    @Test
    void pipelinesOfTheFirstVersionStillDo() throws Exception {
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class);
        pipeline.setDefinition(new CpsFlowDefinition(
                "properties([pipelineTriggers([retrain(spec: 'H 2 * * *', condition: 'always')])])", true));

        jenkins.buildAndAssertSuccess(pipeline);

        assertThat(pipeline.getTriggers().values())
                .singleElement()
                .extracting(each -> ((RetrainTrigger) each).getConditions())
                .isEqualTo("always");
    }

    @Test
    void theSnippetGeneratorWritesIt() {
        trigger.setProfile("sensitive");
        trigger.setQuietHours("22:00-06:00");

        assertThat(DescribableModel.of(RetrainTrigger.class)
                        .uninstantiate2(trigger)
                        .toString())
                .contains("retrain", "profile=sensitive", "quietHours=22:00-06:00")
                .doesNotContain("condition=");
    }

    @Test
    void configurationsAndBuildsOfTheFirstVersionAreRead() {
        RetrainTrigger old = (RetrainTrigger) Items.XSTREAM2.fromXML("""
                <io.jenkins.plugins.mlcicd.retrain.RetrainTrigger>
                  <spec>H 2 * * *</spec><condition>always</condition><cooldown>24h</cooldown>
                </io.jenkins.plugins.mlcicd.retrain.RetrainTrigger>
                """);
        Cause cause = (Cause) Run.XSTREAM2.fromXML("""
                <io.jenkins.plugins.mlcicd.retrain.RetrainCause_-Drift>
                  <job>watch</job><build>7</build><reasons><string>drift.share is 0.6</string></reasons>
                </io.jenkins.plugins.mlcicd.retrain.RetrainCause_-Drift>
                """);

        assertThat(old.getConditions()).isEqualTo("always");
        assertThat(old.getCooldown()).isEqualTo("24h");
        assertThat(cause.getShortDescription()).contains("watch #7", "0.6");
    }
}
