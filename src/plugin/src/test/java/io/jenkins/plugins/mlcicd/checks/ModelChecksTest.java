package io.jenkins.plugins.mlcicd.checks;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.checks.api.ChecksAnnotation;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.api.ChecksPublisher;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.mlcicd.ModelFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a pull request is told of its model. */
@WithJenkins
class ModelChecksTest {

    private static final List<ChecksDetails> PUBLISHED = new CopyOnWriteArrayList<>();

    private static JenkinsRule jenkins;

    @TempDir
    Path temp;

    /** Takes what would go to a forge. */
    @TestExtension
    public static final class Captured extends ChecksPublisherFactory {

        @Override
        protected Optional<ChecksPublisher> createPublisher(Run<?, ?> run, TaskListener listener) {
            return Optional.of(new ChecksPublisher() {
                @Override
                public void publish(ChecksDetails details) {
                    if (details.getName().orElse("").startsWith("ml-cicd")) {
                        PUBLISHED.add(details);
                    }
                }
            });
        }

        @Override
        protected Optional<ChecksPublisher> createPublisher(Job<?, ?> job, TaskListener listener) {
            return Optional.empty();
        }
    }

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void nothingYet() {
        PUBLISHED.clear();
    }

    private WorkflowJob job(String gates) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(ModelFolder.pipeline(temp, gates), true));
        return job;
    }

    @Test
    void anAcceptedModelIsASuccessWithASummary() throws Exception {
        jenkins.buildAndAssertSuccess(job("{ metric: accuracy, min: 0.7 }"));

        assertThat(PUBLISHED).hasSize(1);
        ChecksDetails check = PUBLISHED.get(0);
        assertThat(check.getName()).contains("ml-cicd / small");
        assertThat(check.getConclusion()).isEqualTo(ChecksConclusion.SUCCESS);
        assertThat(check.getOutput().get().getTitle().get()).startsWith("Accepted: the gate held, accuracy is 0.75");
        assertThat(check.getOutput().get().getSummary().get()).contains("small: PASSED", "accuracy");
        assertThat(check.getOutput().get().getChecksAnnotations()).isEmpty();
        assertThat(check.getDetailsURL().get()).endsWith("/1/ml-cicd/");
    }

    @Test
    void aGateThatFailedIsPointedAtWhereItStands() throws Exception {
        WorkflowJob job = job("{ metric: accuracy, min: 0.7 }\n    - { metric: f1, min: 0.99 }");
        jenkins.assertBuildStatus(hudson.model.Result.FAILURE, job.scheduleBuild2(0));

        ChecksDetails check = PUBLISHED.get(0);
        assertThat(check.getConclusion()).isEqualTo(ChecksConclusion.FAILURE);
        assertThat(check.getOutput().get().getTitle().get()).startsWith("Refused: f1 is");
        List<ChecksAnnotation> annotations = check.getOutput().get().getChecksAnnotations();
        assertThat(annotations).hasSize(1);
        assertThat(annotations.get(0).getPath()).contains("mlcicd.yml");
        // Counted in the file that ModelFolder writes.
        assertThat(annotations.get(0).getStartLine()).contains(8);
        assertThat(annotations.get(0).getMessage().get()).contains("must be at least 0.9900");
    }

    @Test
    void aWarningIsNeutral() throws Exception {
        WorkflowJob job = job("{ metric: accuracy, min: 0.99, criticality: UNSTABLE }");
        jenkins.assertBuildStatus(hudson.model.Result.UNSTABLE, job.scheduleBuild2(0));

        assertThat(PUBLISHED.get(0).getConclusion()).isEqualTo(ChecksConclusion.NEUTRAL);
    }

    @Test
    void aJobOrTheWholeControllerCanLeaveItOut() throws Exception {
        WorkflowJob job = job("{ metric: accuracy, min: 0.7 }");
        job.addProperty(new SkipModelChecks());
        jenkins.buildAndAssertSuccess(job);
        FreeStyleProject form = jenkins.createFreeStyleProject();
        form.addProperty(new SkipModelChecks());
        jenkins.configRoundtrip(form);
        assertThat(form.getProperty(SkipModelChecks.class)).isNotNull();

        ChecksConfiguration.get().setPublish(false);
        try {
            jenkins.buildAndAssertSuccess(job("{ metric: accuracy, min: 0.7 }"));
            jenkins.configRoundtrip();
            assertThat(ChecksConfiguration.get().isPublish()).isFalse();
        } finally {
            ChecksConfiguration.get().setPublish(true);
        }

        FreeStyleProject without = jenkins.createFreeStyleProject();
        jenkins.buildAndAssertSuccess(without);
        assertThat(PUBLISHED).isEmpty();
    }
}
