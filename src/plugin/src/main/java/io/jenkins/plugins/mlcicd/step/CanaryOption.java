package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.deployment.strategy.Strategy.Kind;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Ever larger shares of the requests: {@code canary(steps: '10, 50', every: '30s')}. */
public final class CanaryOption extends StrategyOption {

    private String steps;
    private String every;

    @DataBoundConstructor
    public CanaryOption() {
        super(Kind.CANARY);
    }

    @Override
    void replaceOwn(StageOptions options) {
        options.set(key("/steps"), percents(), "steps").set(key("/every"), every, "every");
    }

    private List<Double> percents() {
        return StageStep.split(steps).stream().map(CanaryOption::percent).toList();
    }

    private static Double percent(String text) {
        double percent = FieldCheck.parse(text);
        if (Double.isNaN(percent)) {
            throw new IllegalArgumentException(Messages.CanaryOption_badStep(text));
        }
        return percent;
    }

    @CheckForNull
    public String getSteps() {
        return steps;
    }

    @DataBoundSetter
    public void setSteps(@CheckForNull String steps) {
        this.steps = Util.fixEmptyAndTrim(steps);
    }

    @CheckForNull
    public String getEvery() {
        return every;
    }

    @DataBoundSetter
    public void setEvery(@CheckForNull String every) {
        this.every = Util.fixEmptyAndTrim(every);
    }

    /** The strategy's form. */
    @Extension
    @Symbol("canary")
    public static final class DescriptorImpl extends StrategyDescriptor {

        public DescriptorImpl() {
            super(Messages.CanaryOption_displayName());
        }

        @POST
        public FormValidation doCheckSteps(@QueryParameter String value) {
            return FieldCheck.steps(value);
        }

        @POST
        public FormValidation doCheckEvery(@QueryParameter String value) {
            return FieldCheck.duration(value);
        }
    }
}
