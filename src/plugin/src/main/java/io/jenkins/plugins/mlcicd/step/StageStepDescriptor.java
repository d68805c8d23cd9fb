package io.jenkins.plugins.mlcicd.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What all steps' forms share. */
public abstract class StageStepDescriptor extends StepDescriptor {

    private final String function;
    private final String displayName;

    StageStepDescriptor(String function, String displayName) {
        this.function = function;
        this.displayName = displayName;
    }

    @Override
    public final String getFunctionName() {
        return function;
    }

    @Override
    public final String getDisplayName() {
        return displayName;
    }

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, FilePath.class, EnvVars.class, TaskListener.class, FlowNode.class);
    }

    @POST
    public final FormValidation doCheckDir(@QueryParameter String value) {
        return FieldCheck.path(value);
    }
}
