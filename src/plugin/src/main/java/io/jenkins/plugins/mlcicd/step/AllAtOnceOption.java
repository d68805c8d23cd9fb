package io.jenkins.plugins.mlcicd.step;

import hudson.Extension;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.deployment.strategy.Strategy.Kind;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** All traffic as soon as the trial is passed: {@code allAtOnce(watch: '1m')}. */
public final class AllAtOnceOption extends StrategyOption {

    @DataBoundConstructor
    public AllAtOnceOption() {
        super(Kind.ALL_AT_ONCE);
    }

    /** The strategy's form. */
    @Extension
    @Symbol("allAtOnce")
    public static final class DescriptorImpl extends StrategyDescriptor {

        public DescriptorImpl() {
            super(Messages.AllAtOnceOption_displayName());
        }
    }
}
