package io.jenkins.plugins.mlcicd.retrain;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Job;
import hudson.model.TaskListener;
import io.jenkins.plugins.mlcicd.background.Background;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.util.SystemProperties;

/**
 * Takes up once a minute what waits: for a cooldown, for quiet hours, for a build to end, for a controller that was down at a
 * scheduled time or in the middle of a start.
 */
@Extension
public final class RetrainWork extends AsyncPeriodicWork {

    /** System property that stops this work when it is {@code true}. */
    static final String DISABLED = RetrainWork.class.getName() + ".disabled";

    private static final Logger LOGGER = Logger.getLogger(RetrainWork.class.getName());

    public RetrainWork() {
        super("Retraining");
    }

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) {
        // The way out, should it ever do harm on a controller; schedules work without it.
        if (SystemProperties.getBoolean(DISABLED)) {
            return;
        }
        Background.now(RetrainWork::lookAtAll);
    }

    private static void lookAtAll() {
        for (ParameterizedJobMixIn.ParameterizedJob<?, ?> item :
                Jenkins.get().allItems(ParameterizedJobMixIn.ParameterizedJob.class)) {
            if (item instanceof Job<?, ?> job) {
                look(job, Instant.now(), Level.FINE);
            }
        }
    }

    /** Looks after one job; what is wrong with its configuration is logged at that level, and told on its page. */
    static void look(Job<?, ?> job, Instant now, Level level) {
        Retraining retraining = Retraining.of(job);
        if (!retraining.isKnown()) {
            return;
        }
        try {
            Optional<Instant> newest = retraining.trigger().flatMap(RetrainTrigger::newestTime);
            retraining.look(now, newest);
        } catch (InvalidInputException | OutsideSystemException e) {
            LOGGER.log(level, e, () -> "cannot decide whether to retrain " + job.getFullName());
        }
    }
}
