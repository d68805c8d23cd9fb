package io.jenkins.plugins.mlcicd;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.User;
import hudson.security.AuthorizationStrategy;
import io.jenkins.plugins.mlcicd.retrain.RetrainCause;
import io.jenkins.plugins.mlcicd.step.CheckDriftStep;
import io.jenkins.plugins.mlcicd.step.GateOption;
import io.jenkins.plugins.mlcicd.step.StageBuilder;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A drift check that starts the job which trains the model. */
@WithJenkins
class RetrainJobTest {

    private static final String CHECK =
            "def r = checkDrift(current: '%s', gates: [gate(metric: 'drift.share', max: 0.3,"
                    + " criticality: '%s')], retrain: '%s', retrainParameters: 'REASON=drift');"
                    + " echo \"started ${r.retrain.started}, ${r.retrain.reason}\"";

    private static JenkinsRule jenkins;

    @TempDir
    Path temp;

    private ModelProject project;
    private FreeStyleProject train;
    private WorkflowJob watch;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void jobs() throws Exception {
        project = new ModelProject(temp);
        train = jenkins.createFreeStyleProject();
        train.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("REASON", "none")));
        watch = jenkins.createProject(WorkflowJob.class);
    }

    private WorkflowRun watch(String data, String criticality, String job, Result result) throws Exception {
        watch.setDefinition(new CpsFlowDefinition(project.pipeline(CHECK.formatted(data, criticality, job)), true));
        WorkflowRun run = jenkins.assertBuildStatus(result, watch.scheduleBuild2(0));
        jenkins.waitUntilNoActivity();
        return run;
    }

    @Test
    void startsItOnceForTheSameDataAndConclusion() throws Exception {
        WorkflowRun first = watch("older.csv", "UNSTABLE", train.getName(), Result.UNSTABLE);

        jenkins.assertLogContains("retrain: a build of " + train.getName() + " is started", first);
        jenkins.assertLogContains("started true, condition", first);
        FreeStyleBuild build = train.getLastBuild();
        RetrainCause cause = build.getCause(RetrainCause.class);
        assertThat(cause.getJob()).isEqualTo(watch.getFullName());
        assertThat(cause.getBuild()).isEqualTo(1);
        assertThat(cause.getReasons()).singleElement().asString().contains("drift.share is 1", "at most 0.3");
        assertThat(build.getAction(ParametersAction.class)
                        .getParameter("REASON")
                        .getValue())
                .isEqualTo("drift");

        WorkflowRun again = watch("older.csv", "UNSTABLE", train.getName(), Result.UNSTABLE);

        jenkins.assertLogContains("started false, answered", again);
        assertThat(train.getLastBuild().getNumber()).isEqualTo(1);
    }

    @Test
    void startsItAlsoWhenTheCheckFailsTheBuild() throws Exception {
        watch("older.csv", "FAILURE", train.getName(), Result.FAILURE);

        assertThat(train.getLastBuild()).isNotNull();
    }

    @Test
    void startsNothingWhenTheCheckIsContent() throws Exception {
        WorkflowRun run = watch("same.csv", "UNSTABLE", train.getName(), Result.SUCCESS);

        jenkins.assertLogContains("started false, notMet", run);
        assertThat(train.getLastBuild()).isNull();
    }

    @Test
    void saysWhatIsWrongWithTheJob() throws Exception {
        jenkins.assertLogContains(
                "There is no job 'nowhere'", watch("older.csv", "UNSTABLE", "nowhere", Result.FAILURE));
        train.removeProperty(ParametersDefinitionProperty.class);
        WorkflowRun run = watch("older.csv", "UNSTABLE", train.getName(), Result.FAILURE);
        jenkins.assertLogContains("has no parameter 'REASON'", run);
        jenkins.assertLogNotContains("\tat ", run);
    }

    @Test
    void freestyleJobsDoItToo() throws Exception {
        CheckDriftStep step = new CheckDriftStep();
        step.setCurrent("older.csv");
        GateOption gate = new GateOption("drift.share");
        gate.setMax(0.3);
        gate.setCriticality("UNSTABLE");
        step.setGates(List.of(gate));
        step.setRetrain(train.getName());
        FreeStyleProject freestyle = jenkins.createFreeStyleProject();
        freestyle.setCustomWorkspace(project.folder().toString());
        freestyle.getBuildersList().add(new StageBuilder(step));

        FreeStyleBuild build = jenkins.assertBuildStatus(Result.UNSTABLE, freestyle.scheduleBuild2(0));
        jenkins.waitUntilNoActivity();

        jenkins.assertLogContains("is started", build);
        assertThat(train.getLastBuild().getCause(RetrainCause.class)).isNotNull();
    }

    @Test
    void theBuildsUserMustBeAllowedTo() throws Exception {
        AuthorizationStrategy before = jenkins.jenkins.getAuthorizationStrategy();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .toEveryone()
                .grant(Computer.BUILD)
                .everywhere()
                .toEveryone());
        MockQueueItemAuthenticator eve = new MockQueueItemAuthenticator()
                .authenticate(watch.getFullName(), User.getById("eve", true).impersonate2());
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().add(eve);
        try {
            WorkflowRun run = watch("older.csv", "UNSTABLE", train.getName(), Result.FAILURE);

            jenkins.assertLogContains("'eve' may not start builds of " + train.getFullName(), run);
            assertThat(train.getLastBuild()).isNull();
        } finally {
            QueueItemAuthenticatorConfiguration.get().getAuthenticators().remove(eve);
            jenkins.jenkins.setAuthorizationStrategy(before);
        }
    }
}
