package io.jenkins.plugins.mlcicd.retrain;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.BuildableItem;
import hudson.model.Computer;
import hudson.model.Job;
import hudson.scheduler.CronTabList;
import hudson.scheduler.RareOrImpossibleDateException;
import hudson.triggers.Trigger;
import io.mlcicd.config.HumanDuration;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.retrain.Approval;
import io.mlcicd.retrain.ModelProfile;
import io.mlcicd.retrain.RetrainPolicy;
import io.mlcicd.retrain.RetrainSpec;
import java.time.Instant;
import java.util.Calendar;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.logging.Level;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Starts builds that train a model anew: at its scheduled times, when its conditions hold. */
public final class RetrainTrigger extends Trigger<BuildableItem> {

    private String profile;
    private String conditions;
    private Double driftShare;
    private String criticalColumns;
    private String performance;
    private Long newRows;
    private String age;
    private String approval;
    private String watchedJob;
    private String cooldown;
    private String quietHours;
    private String zone;
    private String parameters;

    /** The only condition there was in the first version; {@link #readResolve} moves it. */
    private transient String condition;

    @DataBoundConstructor
    public RetrainTrigger(String spec) {
        super(spec);
    }

    @Override
    protected Object readResolve() throws java.io.ObjectStreamException {
        if (condition != null && conditions == null) {
            conditions = condition;
        }
        condition = null;
        return super.readResolve();
    }

    /** The policy that the options make up. */
    RetrainPolicy policy() {
        try {
            return new RetrainSpec(
                            Optional.ofNullable(profile).map(ModelProfile::of),
                            RetrainFields.conditions(conditions),
                            driftShare == null ? OptionalDouble.empty() : OptionalDouble.of(driftShare),
                            RetrainFields.list(criticalColumns),
                            RetrainFields.performance(performance),
                            newRows == null ? OptionalLong.empty() : OptionalLong.of(newRows),
                            RetrainFields.duration(age),
                            Optional.ofNullable(approval).map(Approval::of),
                            RetrainFields.duration(cooldown),
                            RetrainFields.quietHours(quietHours, zone))
                    .policy();
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("the trigger 'retrain': " + e.getMessage(), e);
        }
    }

    Optional<String> watched() {
        return Optional.ofNullable(watchedJob);
    }

    String parametersOrNone() {
        return parameters == null ? "" : parameters;
    }

    /** The newest scheduled time that is not after now; empty when there is none. */
    Optional<Instant> newestTime() {
        return time(CronTabList::previous);
    }

    /** The next scheduled time; empty when there is none. */
    Optional<Instant> nextTime() {
        return time(CronTabList::next);
    }

    private Optional<Instant> time(Function<CronTabList, Calendar> which) {
        try {
            return Optional.ofNullable(tabs).map(which).map(Calendar::toInstant);
        } catch (RareOrImpossibleDateException e) {
            return Optional.empty();
        }
    }

    @Override
    public void start(BuildableItem project, boolean newInstance) {
        super.start(project, newInstance);
        if (newInstance) {
            // Sees the schedule for the first time, so that its very first time is not taken for one that is past.
            run();
        }
    }

    /** Called on the thread that serves all jobs' schedules, so reading builds is left to another. */
    @Override
    public void run() {
        if (job instanceof Job<?, ?> triggered) {
            Computer.threadPoolForRemoting.execute(() -> RetrainWork.look(triggered, Instant.now(), Level.WARNING));
        }
    }

    @CheckForNull
    public String getProfile() {
        return profile;
    }

    @DataBoundSetter
    public void setProfile(@CheckForNull String profile) {
        this.profile = Util.fixEmptyAndTrim(profile);
        Optional.ofNullable(this.profile).ifPresent(ModelProfile::of);
    }

    /** The conditions, with commas between them; null for what the profile says. */
    @CheckForNull
    public String getConditions() {
        return conditions;
    }

    @DataBoundSetter
    public void setConditions(@CheckForNull String conditions) {
        RetrainFields.conditions(conditions);
        this.conditions = Util.fixEmptyAndTrim(conditions);
    }

    /** Always null: what pipelines of the first version write is one of {@link #getConditions()}. */
    @CheckForNull
    public String getCondition() {
        return null;
    }

    @DataBoundSetter
    public void setCondition(@CheckForNull String condition) {
        if (Util.fixEmptyAndTrim(condition) != null) {
            setConditions(condition);
        }
    }

    @CheckForNull
    public Double getDriftShare() {
        return driftShare;
    }

    @DataBoundSetter
    public void setDriftShare(@CheckForNull Double driftShare) {
        this.driftShare = driftShare;
    }

    @CheckForNull
    public String getCriticalColumns() {
        return criticalColumns;
    }

    @DataBoundSetter
    public void setCriticalColumns(@CheckForNull String criticalColumns) {
        this.criticalColumns = Util.fixEmptyAndTrim(criticalColumns);
    }

    @CheckForNull
    public String getPerformance() {
        return performance;
    }

    @DataBoundSetter
    public void setPerformance(@CheckForNull String performance) {
        RetrainFields.performance(performance);
        this.performance = Util.fixEmptyAndTrim(performance);
    }

    @CheckForNull
    public Long getNewRows() {
        return newRows;
    }

    @DataBoundSetter
    public void setNewRows(@CheckForNull Long newRows) {
        this.newRows = newRows;
    }

    @CheckForNull
    public String getAge() {
        return age;
    }

    @DataBoundSetter
    public void setAge(@CheckForNull String age) {
        this.age = length(age);
    }

    @CheckForNull
    public String getApproval() {
        return approval;
    }

    @DataBoundSetter
    public void setApproval(@CheckForNull String approval) {
        this.approval = Util.fixEmptyAndTrim(approval);
        Optional.ofNullable(this.approval).ifPresent(Approval::of);
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

    @CheckForNull
    public String getCooldown() {
        return cooldown;
    }

    @DataBoundSetter
    public void setCooldown(@CheckForNull String cooldown) {
        this.cooldown = length(cooldown);
    }

    @CheckForNull
    public String getQuietHours() {
        return quietHours;
    }

    @DataBoundSetter
    public void setQuietHours(@CheckForNull String quietHours) {
        RetrainFields.quietHours(quietHours, null);
        this.quietHours = Util.fixEmptyAndTrim(quietHours);
    }

    /** Whose clock the quiet hours are told by; null for the controller's. */
    @CheckForNull
    public String getZone() {
        return zone;
    }

    @DataBoundSetter
    public void setZone(@CheckForNull String zone) {
        RetrainFields.zone(zone);
        this.zone = Util.fixEmptyAndTrim(zone);
    }

    /** What is handed to the build, one {@code name=value} a line. */
    @CheckForNull
    public String getParameters() {
        return parameters;
    }

    @DataBoundSetter
    public void setParameters(@CheckForNull String parameters) {
        this.parameters = Util.fixEmptyAndTrim(parameters);
    }

    private static String length(@CheckForNull String text) {
        String trimmed = Util.fixEmptyAndTrim(text);
        return trimmed == null ? null : new HumanDuration(trimmed).text();
    }

    /** The trigger's form. */
    @Extension
    @Symbol("retrain")
    public static final class DescriptorImpl extends RetrainTriggerDescriptor {}
}
