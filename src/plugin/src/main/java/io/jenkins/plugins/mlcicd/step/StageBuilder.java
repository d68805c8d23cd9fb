package io.jenkins.plugins.mlcicd.step;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Descriptor;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.run.Approver;
import io.jenkins.plugins.mlcicd.run.StageRun;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.tasks.SimpleBuildStep;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;

/** Runs one of the steps in a freestyle job. */
public final class StageBuilder extends Builder implements SimpleBuildStep {

    private final StageStep step;

    @DataBoundConstructor
    public StageBuilder(StageStep step) {
        this.step = step;
    }

    public StageStep getStep() {
        return step;
    }

    @Override
    public void perform(Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        Result<JsonNode> result = StageRun.perform(step.task(), run, workspace, env, Approver.NOBODY, listener);
        if (step.retraining().isPresent()) {
            step.retraining().get().decide(run, result, listener);
        }
        switch (result.verdict()) {
            case PASSED -> {}
            case UNSTABLE -> run.setResult(hudson.model.Result.UNSTABLE);
            case FAILED -> throw new AbortException(StageRun.reason(result));
        }
    }

    /** The form: a choice of the steps. */
    @Extension
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        public String getDisplayName() {
            return Messages.StageBuilder_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes") // the signature of core
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        /** The steps to choose from, in the pipeline's order. */
        public List<? extends Descriptor<? extends Step>> getSteps() {
            return List.of(
                            ValidateDataStep.DescriptorImpl.class,
                            EvaluateModelStep.DescriptorImpl.class,
                            PackageModelStep.DescriptorImpl.class,
                            DeployModelStep.DescriptorImpl.class,
                            CheckDriftStep.DescriptorImpl.class)
                    .stream()
                    .map(type -> (StepDescriptor) Jenkins.get().getDescriptorByType(type))
                    .toList();
        }
    }
}
