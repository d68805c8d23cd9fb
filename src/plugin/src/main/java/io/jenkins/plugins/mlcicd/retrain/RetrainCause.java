package io.jenkins.plugins.mlcicd.retrain;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.Messages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;

/** Why a retraining build was started, with the numbers. */
public final class RetrainCause extends Cause {

    private final String decision;
    private final String job;
    private final int build;
    private final ArrayList<String> conditions;
    private final ArrayList<String> reasons;
    private final String approvedBy;

    /**
     * @param decision names the decision
     * @param source the build whose drift check was looked at, as {@code job#number}
     * @param conditions keys of the conditions that held
     * @param reasons a sentence for each thing that called for the build
     * @param approvedBy who agreed to it
     */
    RetrainCause(
            String decision,
            Optional<String> source,
            List<String> conditions,
            List<String> reasons,
            Optional<String> approvedBy) {
        this.decision = decision;
        this.job = source.map(id -> id.substring(0, id.lastIndexOf('#'))).orElse(null);
        this.build = source.map(id -> Integer.parseInt(id.substring(id.lastIndexOf('#') + 1)))
                .orElse(0);
        this.conditions = new ArrayList<>(conditions);
        this.reasons = new ArrayList<>(reasons);
        this.approvedBy = approvedBy.orElse(null);
    }

    /** Builds of the first version had causes of their own classes. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void readCausesOfTheFirstVersion() {
        Run.XSTREAM2.addCompatibilityAlias(RetrainCause.class.getName() + "$Drift", RetrainCause.class);
        Run.XSTREAM2.addCompatibilityAlias(RetrainCause.class.getName() + "$Schedule", RetrainCause.class);
    }

    /** Names the decision for ever; empty for builds of the first version. */
    @Exported(visibility = 3)
    public String getDecision() {
        return decision == null ? "" : decision;
    }

    /** Full name of the job whose drift check was looked at; null when none was. */
    @CheckForNull
    @Exported(visibility = 3)
    public String getJob() {
        return job;
    }

    /** Number of that job's build; 0 when none was looked at. */
    @Exported(visibility = 3)
    public int getBuild() {
        return build;
    }

    /** The conditions that held. */
    @Exported(visibility = 3)
    public List<String> getConditions() {
        return conditions == null ? List.of() : Collections.unmodifiableList(conditions);
    }

    /** What called for the build, each with its numbers. */
    @Exported(visibility = 3)
    public List<String> getReasons() {
        return reasons == null ? List.of() : Collections.unmodifiableList(reasons);
    }

    /** Who agreed to it; null when nobody had to. */
    @CheckForNull
    @Exported(visibility = 3)
    public String getApprovedBy() {
        return approvedBy;
    }

    @Override
    public String getShortDescription() {
        String why = String.join("; ", getReasons());
        String text = why.isEmpty()
                ? Messages.RetrainCause_schedule()
                : job == null ? Messages.RetrainCause_reasons(why) : Messages.RetrainCause_drift(job, build, why);
        return approvedBy == null ? text : Messages.RetrainCause_approved(text, approvedBy);
    }
}
