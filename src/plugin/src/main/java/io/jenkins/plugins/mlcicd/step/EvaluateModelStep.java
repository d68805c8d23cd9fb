package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.operation.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Judges a model by its predictions. */
public final class EvaluateModelStep extends StageStep {

    private String predictions;
    private String task;
    private String label;
    private String prediction;
    private String score;
    private String positive;
    private String slices;
    private String champion;
    private List<GateOption> gates = new ArrayList<>();

    @DataBoundConstructor
    public EvaluateModelStep() {
        super(Stage.EVALUATE);
    }

    @Override
    void replace(StageOptions options) {
        options.set("/model/task", task, "task")
                .set("/evaluate/predictions", predictions, "predictions")
                .set("/evaluate/label", label, "label")
                .set("/evaluate/prediction", prediction, "prediction")
                .set("/evaluate/score", score, "score")
                .set("/evaluate/positive", positive, "positive")
                .set("/evaluate/slices", split(slices), "slices")
                .set("/evaluate/champion", champion, "champion")
                .set("/evaluate/gates", gates);
    }

    @CheckForNull
    public String getPredictions() {
        return predictions;
    }

    @DataBoundSetter
    public void setPredictions(@CheckForNull String predictions) {
        this.predictions = Util.fixEmptyAndTrim(predictions);
    }

    @CheckForNull
    public String getTask() {
        return task;
    }

    @DataBoundSetter
    public void setTask(@CheckForNull String task) {
        this.task = Util.fixEmptyAndTrim(task);
    }

    @CheckForNull
    public String getLabel() {
        return label;
    }

    @DataBoundSetter
    public void setLabel(@CheckForNull String label) {
        this.label = Util.fixEmptyAndTrim(label);
    }

    @CheckForNull
    public String getPrediction() {
        return prediction;
    }

    @DataBoundSetter
    public void setPrediction(@CheckForNull String prediction) {
        this.prediction = Util.fixEmptyAndTrim(prediction);
    }

    @CheckForNull
    public String getScore() {
        return score;
    }

    @DataBoundSetter
    public void setScore(@CheckForNull String score) {
        this.score = Util.fixEmptyAndTrim(score);
    }

    @CheckForNull
    public String getPositive() {
        return positive;
    }

    @DataBoundSetter
    public void setPositive(@CheckForNull String positive) {
        this.positive = Util.fixEmptyAndTrim(positive);
    }

    @CheckForNull
    public String getSlices() {
        return slices;
    }

    @DataBoundSetter
    public void setSlices(@CheckForNull String slices) {
        this.slices = Util.fixEmptyAndTrim(slices);
    }

    @CheckForNull
    public String getChampion() {
        return champion;
    }

    @DataBoundSetter
    public void setChampion(@CheckForNull String champion) {
        this.champion = Util.fixEmptyAndTrim(champion);
    }

    public List<GateOption> getGates() {
        return gates;
    }

    @DataBoundSetter
    public void setGates(@CheckForNull List<GateOption> gates) {
        this.gates = gates == null ? new ArrayList<>() : new ArrayList<>(gates);
    }

    /** The step's form. */
    @Extension
    @Symbol("evaluateModel")
    public static final class DescriptorImpl extends StageStepDescriptor {

        public DescriptorImpl() {
            super("evaluateModel", Messages.EvaluateModelStep_displayName());
        }

        @POST
        public FormValidation doCheckPredictions(@QueryParameter String value) {
            return FieldCheck.path(value);
        }

        @POST
        public FormValidation doCheckLabel(@QueryParameter String value) {
            return FieldCheck.columns(value);
        }

        @POST
        public FormValidation doCheckPrediction(@QueryParameter String value) {
            return FieldCheck.columns(value);
        }

        @POST
        public FormValidation doCheckScore(@QueryParameter String value, @QueryParameter String task) {
            return !value.isBlank() && !task.isEmpty() && !"binary".equals(task)
                    ? FormValidation.error(Messages.EvaluateModelStep_onlyBinary())
                    : FieldCheck.columns(value);
        }

        @POST
        public FormValidation doCheckPositive(@QueryParameter String value, @QueryParameter String task) {
            return !value.isBlank() && !task.isEmpty() && !"binary".equals(task)
                    ? FormValidation.error(Messages.EvaluateModelStep_onlyBinary())
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckSlices(@QueryParameter String value) {
            return FieldCheck.columns(value);
        }

        @POST
        public FormValidation doCheckChampion(@QueryParameter String value) {
            return FieldCheck.path(value);
        }

        public ListBoxModel doFillTaskItems() {
            return Choices.of("", "binary", "multiclass", "regression");
        }
    }
}
