package io.jenkins.plugins.mlcicd.retrain;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.BuildableItem;
import hudson.model.CauseAction;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.triggers.TimerTrigger;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.step.FieldCheck;
import io.mlcicd.config.HumanDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Starts builds that train a model anew: at its scheduled times, when its condition holds. */
public final class RetrainTrigger extends Trigger<BuildableItem> {

    /** Starts only when the newest drift check asked for it. */
    public static final String DRIFT = "drift";

    /** Starts at every scheduled time. */
    public static final String ALWAYS = "always";

    private static final Logger LOGGER = Logger.getLogger(RetrainTrigger.class.getName());

    private String condition = DRIFT;
    private String cooldown;
    private String watchedJob;

    @DataBoundConstructor
    public RetrainTrigger(String spec) {
        super(spec);
    }

    public String getCondition() {
        return condition;
    }

    @DataBoundSetter
    public void setCondition(String condition) {
        if (!DRIFT.equals(condition) && !ALWAYS.equals(condition)) {
            throw new IllegalArgumentException(Messages.RetrainTrigger_badCondition(condition));
        }
        this.condition = condition;
    }

    @CheckForNull
    public String getCooldown() {
        return cooldown;
    }

    @DataBoundSetter
    public void setCooldown(@CheckForNull String cooldown) {
        String text = Util.fixEmptyAndTrim(cooldown);
        this.cooldown = text == null ? null : new HumanDuration(text).text();
    }

    /** The job whose drift checks count; null for the triggered job itself. */
    @CheckForNull
    public String getWatchedJob() {
        return watchedJob;
    }

    @DataBoundSetter
    public void setWatchedJob(@CheckForNull String watchedJob) {
        this.watchedJob = Util.fixEmptyAndTrim(watchedJob);
    }

    /** Called on the thread that serves all jobs' schedules, so reading builds is left to another. */
    @Override
    public void run() {
        if (job instanceof Job<?, ?> triggered) {
            Computer.threadPoolForRemoting.submit(() -> {
                try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                    check(triggered, Instant.now());
                } catch (RuntimeException e) {
                    LOGGER.log(Level.WARNING, e, () -> "cannot decide whether to retrain " + triggered.getFullName());
                }
            });
        }
    }

    /** Starts a build when the condition holds at that time. */
    synchronized Optional<Queue.Item> check(Job<?, ?> triggered, Instant now) {
        if (triggered.isInQueue() || triggered.isBuilding()) {
            return Optional.empty();
        }
        RetrainMemory memory = new RetrainMemory(triggered);
        if (memory.started().filter(last -> now.isBefore(last.plus(pause()))).isPresent()) {
            return Optional.empty();
        }
        if (ALWAYS.equals(condition)) {
            return schedule(triggered, new RetrainCause.Schedule(), memory, now, Optional.empty());
        }
        return watched(triggered)
                .flatMap(DriftCheck::newest)
                .filter(check -> !check.reasons().isEmpty())
                .filter(check -> !memory.knows(check.id()))
                .flatMap(check -> schedule(triggered, check.cause(), memory, now, Optional.of(check.id())));
    }

    private static Optional<Queue.Item> schedule(
            Job<?, ?> triggered, RetrainCause cause, RetrainMemory memory, Instant now, Optional<String> driftCheck) {
        Optional<Queue.Item> item =
                Optional.ofNullable(ParameterizedJobMixIn.scheduleBuild2(triggered, 0, new CauseAction(cause)));
        item.ifPresent(queued -> memory.remember(now, driftCheck));
        return item;
    }

    private Duration pause() {
        return cooldown == null ? Duration.ZERO : new HumanDuration(cooldown).value();
    }

    /** The watched job, if the triggered job's builds may see it. */
    private Optional<Job<?, ?>> watched(Job<?, ?> triggered) {
        if (watchedJob == null) {
            return Optional.of(triggered);
        }
        try (ACLContext ignored = ACL.as2(Tasks.getAuthenticationOf2((Queue.Task) triggered))) {
            return Optional.ofNullable(Jenkins.get().getItem(watchedJob, triggered, Job.class));
        }
    }

    /** The trigger's form. */
    @Extension
    @Symbol("retrain")
    public static final class DescriptorImpl extends TriggerDescriptor {

        @Override
        public boolean isApplicable(Item item) {
            return item instanceof BuildableItem && item instanceof ParameterizedJobMixIn.ParameterizedJob;
        }

        @Override
        public String getDisplayName() {
            return Messages.RetrainTrigger_displayName();
        }

        public ListBoxModel doFillConditionItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.RetrainTrigger_drift(), DRIFT);
            items.add(Messages.RetrainTrigger_always(), ALWAYS);
            return items;
        }

        /** Says what is wrong with a schedule, or when it is next due. */
        @POST
        public FormValidation doCheckSpec(@QueryParameter String value, @AncestorInPath Item item) {
            return ExtensionList.lookupSingleton(TimerTrigger.DescriptorImpl.class)
                    .doCheckSpec(value, item);
        }

        @POST
        public FormValidation doCheckCooldown(@QueryParameter String value) {
            return FieldCheck.duration(value);
        }

        @POST
        public FormValidation doCheckWatchedJob(@QueryParameter String value, @AncestorInPath Item item) {
            if (value.isBlank() || item == null || !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            return Jenkins.get().getItem(value.trim(), item, Job.class) == null
                    ? FormValidation.error(Messages.RetrainTrigger_noJob(value.trim()))
                    : FormValidation.ok();
        }

        public AutoCompletionCandidates doAutoCompleteWatchedJob(
                @QueryParameter String value, @AncestorInPath Item item) {
            return item == null
                    ? new AutoCompletionCandidates()
                    : AutoCompletionCandidates.ofJobNames(Job.class, value, item, item.getParent());
        }
    }
}
