package io.jenkins.plugins.mlcicd.checks;

import hudson.Extension;
import hudson.model.Job;
import io.jenkins.plugins.mlcicd.Messages;
import jenkins.model.OptionalJobProperty;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A job with this property publishes no checks of its models. */
public final class SkipModelChecks extends OptionalJobProperty<Job<?, ?>> {

    @DataBoundConstructor
    public SkipModelChecks() {
        // The property itself is what it says.
    }

    /** The form. */
    @Extension
    @Symbol("skipModelChecks")
    public static final class DescriptorImpl extends OptionalJobPropertyDescriptor {

        @Override
        public String getDisplayName() {
            return Messages.SkipModelChecks_displayName();
        }
    }
}
