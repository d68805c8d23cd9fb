package io.jenkins.plugins.mlcicd.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.mlcicd.retrain.RetrainDecision.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What becomes of a decision when the controller restarts, at any moment of it. */
class RetrainRestartTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    private static final String REASON = "drift.share is 0.6, above 0.3";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeEach
    void disable() {
        System.setProperty(RetrainWork.DISABLED, "true");
    }

    @AfterEach
    void restore() {
        System.clearProperty(RetrainWork.DISABLED);
    }

    private static FreeStyleProject create(JenkinsRule jenkins, String conditions) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("train");
        RetrainTrigger trigger = new RetrainTrigger("H 2 1 1 *");
        trigger.setConditions(conditions);
        trigger.setCooldown("24h");
        job.addTrigger(trigger);
        Retraining.of(job).look(NOW.minusSeconds(3600), Optional.empty());
        return job;
    }

    private static FreeStyleProject job(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("train", FreeStyleProject.class);
    }

    private static FreeStyleBuild check(JenkinsRule jenkins, FreeStyleProject job, String data) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        DriftChecks.record(build, data, REASON);
        return build;
    }

    private static long retrainings(FreeStyleProject job) {
        return job.getBuilds().stream()
                .filter(build -> build.getCause(RetrainCause.class) != null)
                .count();
    }

    @Test
    void whatWaitedIsStartedOnceAfterwards() throws Throwable {
        sessions.then(jenkins -> {
            FreeStyleProject job = create(jenkins, "drift");
            check(jenkins, job, "a");
            Retraining.of(job).look(NOW, Optional.of(NOW));
            jenkins.waitUntilNoActivity();
            check(jenkins, job, "b");
            Instant later = NOW.plus(Duration.ofHours(1));
            assertThat(Retraining.of(job)
                            .look(later, Optional.of(later))
                            .orElseThrow()
                            .kind())
                    .isEqualTo(Kind.PENDING);
        });
        sessions.then(jenkins -> {
            FreeStyleProject job = job(jenkins);
            assertThat(Retraining.of(job).content().state().pending()).isPresent();
            assertThat(Retraining.of(job)
                            .look(NOW.plus(Duration.ofHours(24)), Optional.empty())
                            .orElseThrow()
                            .kind())
                    .isEqualTo(Kind.START);
            jenkins.waitUntilNoActivity();
            assertThat(retrainings(job)).isEqualTo(2);
        });
        sessions.then(jenkins -> {
            FreeStyleProject job = job(jenkins);
            assertThat(Retraining.of(job).look(NOW.plus(Duration.ofHours(49)), Optional.empty()))
                    .isEmpty();
            Instant later = NOW.plus(Duration.ofHours(50));
            assertThat(Retraining.of(job)
                            .look(later, Optional.of(later))
                            .orElseThrow()
                            .kind())
                    .isEqualTo(Kind.NOT);
            jenkins.waitUntilNoActivity();
            assertThat(retrainings(job)).isEqualTo(2);
        });
    }

    @Test
    void aStartThatWasWrittenDownAndNotMadeIsMadeOnce() throws Throwable {
        sessions.then(jenkins -> {
            FreeStyleProject job = create(jenkins, "drift");
            check(jenkins, job, "a");
            jenkins.jenkins.setNumExecutors(0);
            Retraining.of(job).look(NOW, Optional.of(NOW));
            // As if the controller had died before the queue was saved.
            RetrainMemory memory = new RetrainMemory(job);
            RetrainMemory.Content died = memory.read();
            assertThat(died.state().intent()).isPresent();
            jenkins.jenkins.getQueue().clear();
            Thread.sleep(500);
            memory.write(died);
        });
        sessions.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(2);
            FreeStyleProject job = job(jenkins);
            Retraining.of(job).look(NOW.plusSeconds(60), Optional.empty());
            Retraining.of(job).look(NOW.plusSeconds(61), Optional.empty());
            jenkins.waitUntilNoActivity();
            Retraining.of(job).look(NOW.plusSeconds(120), Optional.empty());
            jenkins.waitUntilNoActivity();
            assertThat(retrainings(job)).isEqualTo(1);
            assertThat(Retraining.of(job).content().state().intent()).isEmpty();
            assertThat(job.getLastBuild().getCause(RetrainCause.class).getReasons())
                    .containsExactly(REASON);
        });
    }

    @Test
    void aQueuedBuildIsFoundAgain() throws Throwable {
        sessions.then(jenkins -> {
            FreeStyleProject job = create(jenkins, "drift");
            check(jenkins, job, "a");
            jenkins.jenkins.setNumExecutors(0);
            Retraining.of(job).look(NOW, Optional.of(NOW));
            assertThat(job.isInQueue()).isTrue();
        });
        sessions.then(jenkins -> {
            FreeStyleProject job = job(jenkins);
            Retraining.of(job).look(NOW.plusSeconds(60), Optional.empty());
            jenkins.jenkins.setNumExecutors(2);
            jenkins.waitUntilNoActivity();
            Retraining.of(job).look(NOW.plusSeconds(120), Optional.empty());
            jenkins.waitUntilNoActivity();
            assertThat(retrainings(job)).isEqualTo(1);
            assertThat(Retraining.of(job).content().state().intent()).isEmpty();
        });
    }

    @Test
    void aScheduledTimeThatPassedWhileItWasDownIsMadeUpForOnce() throws Throwable {
        sessions.then(jenkins -> create(jenkins, "always"));
        sessions.then(jenkins -> {
            FreeStyleProject job = job(jenkins);
            Instant back = NOW.plus(Duration.ofHours(5));
            assertThat(Retraining.of(job)
                            .look(back, Optional.of(NOW))
                            .orElseThrow()
                            .kind())
                    .isEqualTo(Kind.START);
            jenkins.waitUntilNoActivity();
            assertThat(Retraining.of(job).look(back.plusSeconds(60), Optional.of(NOW)))
                    .isEmpty();
            assertThat(retrainings(job)).isEqualTo(1);
        });
    }
}
