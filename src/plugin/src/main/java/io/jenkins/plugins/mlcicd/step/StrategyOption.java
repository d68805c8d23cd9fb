package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.deployment.strategy.Strategy.Kind;
import java.util.Arrays;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How a release gets the traffic, as a step's option: {@code canary(steps: '10, 50', every: '30s')}. */
public abstract class StrategyOption extends AbstractDescribableImpl<StrategyOption> {

    private final Kind kind;
    private String watch;
    private Integer minRequests;
    private String keepOld;
    private String maxWait;
    private String whenQuiet;
    private String prediction;

    StrategyOption(Kind kind) {
        this.kind = kind;
    }

    /** Takes the place of another strategy of the file; what the file says of this one holds where no option is given. */
    final void replace(StageOptions options) {
        options.without(this, "strategy", others())
                .ensure(key(""), "strategy")
                .set(key("/watch"), watch, "watch")
                .set(key("/minRequests"), minRequests, "minRequests")
                .set(key("/keepOld"), keepOld, "keepOld")
                .set("/deploy/strategy/maxWait", maxWait, "maxWait")
                .set("/deploy/strategy/whenQuiet", whenQuiet, "whenQuiet")
                .set("/deploy/strategy/prediction", prediction, "prediction");
        replaceOwn(options);
    }

    /** The options that only this strategy has. */
    void replaceOwn(StageOptions options) {
        // Most have none.
    }

    /** A key below the strategy's own section. */
    final String key(String below) {
        return "/deploy/strategy/" + kind.key() + below;
    }

    private String[] others() {
        return Arrays.stream(Kind.values())
                .filter(other -> other != kind)
                .map(other -> "/deploy/strategy/" + other.key())
                .toArray(String[]::new);
    }

    @CheckForNull
    public final String getWatch() {
        return watch;
    }

    @DataBoundSetter
    public final void setWatch(@CheckForNull String watch) {
        this.watch = Util.fixEmptyAndTrim(watch);
    }

    @CheckForNull
    public final Integer getMinRequests() {
        return minRequests;
    }

    @DataBoundSetter
    public final void setMinRequests(@CheckForNull Integer minRequests) {
        this.minRequests = minRequests;
    }

    @CheckForNull
    public final String getKeepOld() {
        return keepOld;
    }

    @DataBoundSetter
    public final void setKeepOld(@CheckForNull String keepOld) {
        this.keepOld = Util.fixEmptyAndTrim(keepOld);
    }

    @CheckForNull
    public final String getMaxWait() {
        return maxWait;
    }

    @DataBoundSetter
    public final void setMaxWait(@CheckForNull String maxWait) {
        this.maxWait = Util.fixEmptyAndTrim(maxWait);
    }

    @CheckForNull
    public final String getWhenQuiet() {
        return whenQuiet;
    }

    @DataBoundSetter
    public final void setWhenQuiet(@CheckForNull String whenQuiet) {
        this.whenQuiet = Util.fixEmptyAndTrim(whenQuiet);
    }

    @CheckForNull
    public final String getPrediction() {
        return prediction;
    }

    @DataBoundSetter
    public final void setPrediction(@CheckForNull String prediction) {
        this.prediction = Util.fixEmptyAndTrim(prediction);
    }

    /** What the forms of all strategies share. */
    public abstract static class StrategyDescriptor extends Descriptor<StrategyOption> {

        private final String displayName;

        StrategyDescriptor(String displayName) {
            this.displayName = displayName;
        }

        @Override
        public final String getDisplayName() {
            return displayName;
        }

        @POST
        public final FormValidation doCheckWatch(@QueryParameter String value) {
            return FieldCheck.duration(value);
        }

        @POST
        public final FormValidation doCheckMinRequests(@QueryParameter String value) {
            return FieldCheck.count(value);
        }

        @POST
        public final FormValidation doCheckKeepOld(@QueryParameter String value) {
            return FieldCheck.duration(value);
        }

        @POST
        public final FormValidation doCheckMaxWait(@QueryParameter String value) {
            return FieldCheck.duration(value);
        }

        @POST
        public final FormValidation doCheckPrediction(@QueryParameter String value) {
            return value.isBlank() || value.trim().startsWith("/")
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.StrategyOption_pointer());
        }

        /** What may become of a step that saw too few requests. */
        @POST
        public final ListBoxModel doFillWhenQuietItems() {
            return Choices.of("", "rollback", "continue", "hold");
        }
    }
}
