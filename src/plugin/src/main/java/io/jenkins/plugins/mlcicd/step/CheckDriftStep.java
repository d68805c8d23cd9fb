package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.model.Job;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.retrain.RetrainJob;
import io.jenkins.plugins.mlcicd.retrain.RetrainTriggerDescriptor;
import io.mlcicd.operation.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Says whether the data have moved away from what the model was trained on. */
public final class CheckDriftStep extends DataStep {

    private String reference;
    private String current;
    private String columns;
    private String exclude;
    private String method;
    private Double threshold;
    private List<GateOption> gates = new ArrayList<>();
    private String retrain;
    private String retrainParameters;

    @DataBoundConstructor
    public CheckDriftStep() {
        super(Stage.DRIFT);
    }

    @Override
    void replaceOfStage(StageOptions options) {
        options.set("/drift/reference", reference, "reference")
                .set("/drift/current", current, "current")
                .set("/drift/columns", split(columns), "columns")
                .set("/drift/exclude", split(exclude), "exclude")
                .set("/drift/columnTest/method", method, "method")
                .set("/drift/columnTest/threshold", threshold, "threshold")
                .set("/drift/gates", gates);
    }

    @Override
    Optional<RetrainJob> retraining() {
        return Optional.ofNullable(retrain)
                .map(job -> new RetrainJob(job, retrainParameters == null ? "" : retrainParameters));
    }

    @CheckForNull
    public String getReference() {
        return reference;
    }

    @DataBoundSetter
    public void setReference(@CheckForNull String reference) {
        this.reference = Util.fixEmptyAndTrim(reference);
    }

    @CheckForNull
    public String getCurrent() {
        return current;
    }

    @DataBoundSetter
    public void setCurrent(@CheckForNull String current) {
        this.current = Util.fixEmptyAndTrim(current);
    }

    @CheckForNull
    public String getColumns() {
        return columns;
    }

    @DataBoundSetter
    public void setColumns(@CheckForNull String columns) {
        this.columns = Util.fixEmptyAndTrim(columns);
    }

    @CheckForNull
    public String getExclude() {
        return exclude;
    }

    @DataBoundSetter
    public void setExclude(@CheckForNull String exclude) {
        this.exclude = Util.fixEmptyAndTrim(exclude);
    }

    @CheckForNull
    public String getMethod() {
        return method;
    }

    @DataBoundSetter
    public void setMethod(@CheckForNull String method) {
        this.method = Util.fixEmptyAndTrim(method);
    }

    @CheckForNull
    public Double getThreshold() {
        return threshold;
    }

    @DataBoundSetter
    public void setThreshold(@CheckForNull Double threshold) {
        this.threshold = threshold;
    }

    public List<GateOption> getGates() {
        return gates;
    }

    @DataBoundSetter
    public void setGates(@CheckForNull List<GateOption> gates) {
        this.gates = gates == null ? new ArrayList<>() : new ArrayList<>(gates);
    }

    /** The job to start when the check asks for a new model; null for none. */
    @CheckForNull
    public String getRetrain() {
        return retrain;
    }

    @DataBoundSetter
    public void setRetrain(@CheckForNull String retrain) {
        this.retrain = Util.fixEmptyAndTrim(retrain);
    }

    /** What is handed to that job, one {@code name=value} a line. */
    @CheckForNull
    public String getRetrainParameters() {
        return retrainParameters;
    }

    @DataBoundSetter
    public void setRetrainParameters(@CheckForNull String retrainParameters) {
        this.retrainParameters = Util.fixEmptyAndTrim(retrainParameters);
    }

    /** The step's form. */
    @Extension
    @Symbol("checkDrift")
    public static final class DescriptorImpl extends DataStepDescriptor {

        public DescriptorImpl() {
            super("checkDrift", Messages.CheckDriftStep_displayName());
        }

        @POST
        public FormValidation doCheckReference(@QueryParameter String value) {
            return FieldCheck.path(value);
        }

        @POST
        public FormValidation doCheckCurrent(@QueryParameter String value) {
            return FieldCheck.path(value);
        }

        @POST
        public FormValidation doCheckColumns(@QueryParameter String value) {
            return FieldCheck.columns(value);
        }

        @POST
        public FormValidation doCheckExclude(@QueryParameter String value) {
            return FieldCheck.columns(value);
        }

        @POST
        public FormValidation doCheckThreshold(@QueryParameter String value) {
            return FieldCheck.parse(value) < 0
                    ? FormValidation.error(Messages.FieldCheck_number())
                    : FieldCheck.number(value);
        }

        @POST
        public FormValidation doCheckRetrain(@QueryParameter String value, @AncestorInPath Item item) {
            return RetrainTriggerDescriptor.checkJob(value, item);
        }

        @POST
        public FormValidation doCheckRetrainParameters(
                @QueryParameter String value, @QueryParameter String retrain, @AncestorInPath Item item) {
            return RetrainTriggerDescriptor.checkParameters(value, retrain, item);
        }

        public AutoCompletionCandidates doAutoCompleteRetrain(@QueryParameter String value, @AncestorInPath Item item) {
            return item == null
                    ? new AutoCompletionCandidates()
                    : AutoCompletionCandidates.ofJobNames(Job.class, value, item, item.getParent());
        }

        public ListBoxModel doFillMethodItems() {
            return Choices.of(
                    "",
                    "auto",
                    "psi",
                    "ks",
                    "ad",
                    "cvm",
                    "wasserstein",
                    "js",
                    "hellinger",
                    "kl",
                    "tv",
                    "linf",
                    "chi2",
                    "g",
                    "fisher");
        }
    }
}
