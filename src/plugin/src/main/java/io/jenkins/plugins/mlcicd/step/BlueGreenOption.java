package io.jenkins.plugins.mlcicd.step;

import hudson.Extension;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.deployment.strategy.Strategy.Kind;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** All traffic at once, the old release kept running for an instant rollback: {@code blueGreen(keepOld: '30m')}. */
public final class BlueGreenOption extends StrategyOption {

    @DataBoundConstructor
    public BlueGreenOption() {
        super(Kind.BLUE_GREEN);
    }

    /** The strategy's form. */
    @Extension
    @Symbol("blueGreen")
    public static final class DescriptorImpl extends StrategyDescriptor {

        public DescriptorImpl() {
            super(Messages.BlueGreenOption_displayName());
        }
    }
}
