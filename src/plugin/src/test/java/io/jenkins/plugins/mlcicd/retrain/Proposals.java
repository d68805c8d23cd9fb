package io.jenkins.plugins.mlcicd.retrain;

import hudson.model.FreeStyleProject;
import java.time.Instant;
import java.util.Optional;
import org.jvnet.hudson.test.JenkinsRule;

/** Retrainings that wait for a person's word. */
public final class Proposals {

    private Proposals() {}

    /** From now on triggers are looked at when a test says so, or again by themselves. */
    public static void onlyWhenTold(boolean only) {
        if (only) {
            System.setProperty(RetrainWork.DISABLED, "true");
        } else {
            System.clearProperty(RetrainWork.DISABLED);
        }
    }

    /** Proposes to retrain the model of a job, because its drift check says so. */
    public static void propose(JenkinsRule jenkins, FreeStyleProject job, String reason) throws Exception {
        RetrainTrigger trigger = new RetrainTrigger("H 2 1 1 *");
        trigger.setProfile("sensitive");
        job.addTrigger(trigger);
        Instant now = Instant.now();
        Retraining.of(job).look(now.minusSeconds(60), Optional.empty());
        DriftChecks.record(jenkins.buildAndAssertSuccess(job), "a", reason);
        Retraining.of(job).look(now, Optional.of(now));
    }
}
