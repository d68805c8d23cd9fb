package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Judges a model. */
public final class EvaluateModelStep extends DataStep {

    private String predictions;
    private String task;
    private String label;
    private String prediction;
    private String score;
    private String positive;
    private String slices;
    private String weight;
    private String id;
    private String query;
    private Double threshold;
    private String reported;
    private String championPredictions;
    private String tests;
    private String thresholds;
    private String fairness;
    private boolean worstSlices;
    private String champion;
    private List<GateOption> gates = new ArrayList<>();

    @DataBoundConstructor
    public EvaluateModelStep() {
        super(Stage.EVALUATE);
    }

    @Override
    void replaceOfStage(StageOptions options) {
        options.without(reported, "reported", "/evaluate/predictions", "/evaluate/endpoint")
                .without(predictions, "predictions", "/evaluate/reported", "/evaluate/endpoint")
                .set("/model/task", task, "task")
                .set("/evaluate/predictions", predictions, "predictions")
                .set("/evaluate/label", label, "label")
                .set("/evaluate/prediction", prediction, "prediction")
                .set("/evaluate/score", score, "score")
                .set("/evaluate/positive", positive, "positive")
                .set("/evaluate/slices", split(slices), "slices")
                .set("/evaluate/weight", weight, "weight")
                .set("/evaluate/id", id, "id")
                .set("/evaluate/query", query, "query")
                .set("/evaluate/threshold", threshold, "threshold")
                .set("/evaluate/reported", reported, "reported")
                .set("/evaluate/tests", split(tests), "tests")
                .set("/evaluate/thresholds", split(thresholds), "thresholds")
                .set("/evaluate/fairness", split(fairness), "fairness")
                .set("/evaluate/worstSlices", worstSlices ? Map.of() : null, "worstSlices")
                .set("/evaluate/championPredictions", championPredictions, "championPredictions")
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
    public String getWeight() {
        return weight;
    }

    @DataBoundSetter
    public void setWeight(@CheckForNull String weight) {
        this.weight = Util.fixEmptyAndTrim(weight);
    }

    @CheckForNull
    public String getId() {
        return id;
    }

    @DataBoundSetter
    public void setId(@CheckForNull String id) {
        this.id = Util.fixEmptyAndTrim(id);
    }

    @CheckForNull
    public String getQuery() {
        return query;
    }

    @DataBoundSetter
    public void setQuery(@CheckForNull String query) {
        this.query = Util.fixEmptyAndTrim(query);
    }

    @CheckForNull
    public Double getThreshold() {
        return threshold;
    }

    @DataBoundSetter
    public void setThreshold(@CheckForNull Double threshold) {
        this.threshold = threshold;
    }

    @CheckForNull
    public String getReported() {
        return reported;
    }

    @DataBoundSetter
    public void setReported(@CheckForNull String reported) {
        this.reported = Util.fixEmptyAndTrim(reported);
    }

    @CheckForNull
    public String getChampionPredictions() {
        return championPredictions;
    }

    @DataBoundSetter
    public void setChampionPredictions(@CheckForNull String championPredictions) {
        this.championPredictions = Util.fixEmptyAndTrim(championPredictions);
    }

    @CheckForNull
    public String getTests() {
        return tests;
    }

    @DataBoundSetter
    public void setTests(@CheckForNull String tests) {
        this.tests = Util.fixEmptyAndTrim(tests);
    }

    @CheckForNull
    public String getThresholds() {
        return thresholds;
    }

    @DataBoundSetter
    public void setThresholds(@CheckForNull String thresholds) {
        this.thresholds = Util.fixEmptyAndTrim(thresholds);
    }

    @CheckForNull
    public String getFairness() {
        return fairness;
    }

    @DataBoundSetter
    public void setFairness(@CheckForNull String fairness) {
        this.fairness = Util.fixEmptyAndTrim(fairness);
    }

    public boolean isWorstSlices() {
        return worstSlices;
    }

    @DataBoundSetter
    public void setWorstSlices(boolean worstSlices) {
        this.worstSlices = worstSlices;
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
    public static final class DescriptorImpl extends DataStepDescriptor {

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
            return !value.isBlank() && !task.isEmpty() && !"binary".equals(task) && !"ranking".equals(task)
                    ? FormValidation.error(Messages.EvaluateModelStep_onlyScored())
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

        @POST
        public FormValidation doCheckChampionPredictions(@QueryParameter String value) {
            return FieldCheck.path(value);
        }

        @POST
        public FormValidation doCheckReported(@QueryParameter String value, @QueryParameter String predictions) {
            return !value.isBlank() && !predictions.isBlank()
                    ? FormValidation.error(Messages.EvaluateModelStep_eitherOr())
                    : FieldCheck.path(value);
        }

        @POST
        public FormValidation doCheckTests(@QueryParameter String value) {
            return FieldCheck.path(value);
        }

        @POST
        public FormValidation doCheckThresholds(@QueryParameter String value) {
            return FieldCheck.path(value);
        }

        @POST
        public FormValidation doCheckWeight(@QueryParameter String value) {
            return FieldCheck.columns(value);
        }

        @POST
        public FormValidation doCheckId(@QueryParameter String value) {
            return FieldCheck.columns(value);
        }

        @POST
        public FormValidation doCheckQuery(@QueryParameter String value, @QueryParameter String task) {
            return !value.isBlank() && !task.isEmpty() && !"ranking".equals(task)
                    ? FormValidation.error(Messages.EvaluateModelStep_onlyRanking())
                    : FieldCheck.columns(value);
        }

        @POST
        public FormValidation doCheckThreshold(@QueryParameter String value) {
            return FieldCheck.number(value);
        }

        @POST
        public FormValidation doCheckFairness(@QueryParameter String value) {
            return FieldCheck.columns(value);
        }

        public ListBoxModel doFillTaskItems() {
            return Choices.of(
                    Stream.concat(Stream.of(""), Stream.of(Task.values()).map(Task::key))
                            .toArray(String[]::new));
        }
    }
}
