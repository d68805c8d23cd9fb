package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.deployment.strategy.Strategy.Kind;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Copies of the requests first, whose answers go to nobody: {@code shadow(duration: '5m')}. */
public final class ShadowOption extends StrategyOption {

    private String duration;

    @DataBoundConstructor
    public ShadowOption() {
        super(Kind.SHADOW);
    }

    @Override
    void replaceOwn(StageOptions options) {
        options.set(key("/for"), duration, "duration");
    }

    @CheckForNull
    public String getDuration() {
        return duration;
    }

    @DataBoundSetter
    public void setDuration(@CheckForNull String duration) {
        this.duration = Util.fixEmptyAndTrim(duration);
    }

    /** The strategy's form. */
    @Extension
    @Symbol("shadow")
    public static final class DescriptorImpl extends StrategyDescriptor {

        public DescriptorImpl() {
            super(Messages.ShadowOption_displayName());
        }

        @POST
        public FormValidation doCheckDuration(@QueryParameter String value) {
            return FieldCheck.duration(value);
        }
    }
}
