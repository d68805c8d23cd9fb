package io.jenkins.plugins.mlcicd.retrain;

import hudson.ExtensionList;
import hudson.model.AutoCompletionCandidates;
import hudson.model.BuildableItem;
import hudson.model.Item;
import hudson.model.Job;
import hudson.triggers.TimerTrigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.step.FieldCheck;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.retrain.Approval;
import io.mlcicd.retrain.Condition;
import io.mlcicd.retrain.ModelProfile;
import java.util.function.Consumer;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the trigger's form offers to choose from, and what it tells of mistakes. */
public abstract class RetrainTriggerDescriptor extends TriggerDescriptor {

    RetrainTriggerDescriptor() {}

    @Override
    public final boolean isApplicable(Item item) {
        return item instanceof BuildableItem && item instanceof ParameterizedJobMixIn.ParameterizedJob;
    }

    @Override
    public final String getDisplayName() {
        return Messages.RetrainTrigger_displayName();
    }

    public final ListBoxModel doFillProfileItems() {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.RetrainTrigger_noProfile(), "");
        ModelProfile.keys().forEach(items::add);
        return items;
    }

    public final ListBoxModel doFillApprovalItems() {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.RetrainTrigger_asProfile(), "");
        items.add(Messages.RetrainTrigger_approvalNone(), Approval.NONE.key());
        items.add(Messages.RetrainTrigger_approvalRequired(), Approval.REQUIRED.key());
        return items;
    }

    public final AutoCompletionCandidates doAutoCompleteConditions(@QueryParameter String value) {
        AutoCompletionCandidates candidates = new AutoCompletionCandidates();
        Condition.keys().stream().filter(key -> key.startsWith(value)).forEach(candidates::add);
        return candidates;
    }

    public final AutoCompletionCandidates doAutoCompleteWatchedJob(
            @QueryParameter String value, @AncestorInPath Item item) {
        return item == null
                ? new AutoCompletionCandidates()
                : AutoCompletionCandidates.ofJobNames(Job.class, value, item, item.getParent());
    }

    /** Says what is wrong with a schedule, or when it is next due. */
    @POST
    public final FormValidation doCheckSpec(@QueryParameter String value, @AncestorInPath Item item) {
        return ExtensionList.lookupSingleton(TimerTrigger.DescriptorImpl.class).doCheckSpec(value, item);
    }

    @POST
    public final FormValidation doCheckConditions(
            @QueryParameter String value,
            @QueryParameter String profile,
            @QueryParameter String driftShare,
            @QueryParameter String criticalColumns,
            @QueryParameter String performance,
            @QueryParameter String newRows,
            @QueryParameter String age) {
        return check(value, text -> {
            RetrainTrigger trigger = new RetrainTrigger("");
            trigger.setConditions(text);
            trigger.setProfile(profile);
            trigger.setCriticalColumns(criticalColumns);
            // A mistake in another field is told there; it must not be told here, too.
            ifRight(() -> trigger.setDriftShare(driftShare.isBlank() ? null : Double.valueOf(driftShare)));
            ifRight(() -> trigger.setPerformance(performance));
            ifRight(() -> trigger.setNewRows(newRows.isBlank() ? null : Long.valueOf(newRows)));
            ifRight(() -> trigger.setAge(age));
            trigger.policy();
        });
    }

    private static void ifRight(Runnable setting) {
        try {
            setting.run();
        } catch (IllegalArgumentException e) {
            // Told where it is.
            return;
        }
    }

    @POST
    public final FormValidation doCheckDriftShare(@QueryParameter String value) {
        double share = FieldCheck.parse(value);
        return value.isBlank() || share > 0 && share <= 1
                ? FormValidation.ok()
                : FormValidation.error(Messages.RetrainTrigger_badShare());
    }

    @POST
    public final FormValidation doCheckCriticalColumns(@QueryParameter String value) {
        return FieldCheck.columns(value);
    }

    @POST
    public final FormValidation doCheckPerformance(@QueryParameter String value) {
        return check(value, RetrainFields::performance);
    }

    @POST
    public final FormValidation doCheckNewRows(@QueryParameter String value) {
        double rows = FieldCheck.parse(value);
        return value.isBlank() || rows >= 1 && rows == Math.rint(rows)
                ? FormValidation.ok()
                : FormValidation.error(Messages.RetrainTrigger_badRows());
    }

    @POST
    public final FormValidation doCheckAge(@QueryParameter String value) {
        return FieldCheck.duration(value);
    }

    @POST
    public final FormValidation doCheckCooldown(@QueryParameter String value) {
        return FieldCheck.duration(value);
    }

    @POST
    public final FormValidation doCheckQuietHours(@QueryParameter String value) {
        return check(value, hours -> RetrainFields.quietHours(hours, null));
    }

    @POST
    public final FormValidation doCheckZone(@QueryParameter String value) {
        return check(value, RetrainFields::zone);
    }

    @POST
    public final FormValidation doCheckWatchedJob(@QueryParameter String value, @AncestorInPath Item item) {
        return checkJob(value, item);
    }

    /** Whether there is a job of that name, for those who may configure the item it is named in. */
    public static FormValidation checkJob(String value, Item item) {
        if (value.isBlank() || item == null || !item.hasPermission(Item.CONFIGURE)) {
            return FormValidation.ok();
        }
        return Jenkins.get().getItem(value.trim(), item, Job.class) == null
                ? FormValidation.error(Messages.RetrainTrigger_noJob(value.trim()))
                : FormValidation.ok();
    }

    @POST
    public final FormValidation doCheckParameters(@QueryParameter String value, @AncestorInPath Item item) {
        if (value.isBlank() || !(item instanceof Job<?, ?> job) || !item.hasPermission(Item.CONFIGURE)) {
            return FormValidation.ok();
        }
        return check(value, lines -> RetrainParameters.of(job, lines));
    }

    /** Whether the job of that name takes these parameters, for those who may configure the item it is named in. */
    public static FormValidation checkParameters(String lines, String name, Item item) {
        if (lines.isBlank() || name.isBlank() || item == null || !item.hasPermission(Item.CONFIGURE)) {
            return FormValidation.ok();
        }
        Job<?, ?> job = Jenkins.get().getItem(name.trim(), item, Job.class);
        return job == null ? FormValidation.ok() : check(lines, text -> RetrainParameters.of(job, text));
    }

    private static FormValidation check(String value, Consumer<String> reader) {
        try {
            reader.accept(value);
            return FormValidation.ok();
        } catch (IllegalArgumentException | InvalidInputException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
