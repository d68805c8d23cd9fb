package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.mlcicd.retrain.RetrainJob;
import io.jenkins.plugins.mlcicd.run.StageTask;
import io.mlcicd.operation.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that runs one stage of the project in the workspace; an option left out is what {@code mlcicd.yml} says. */
public abstract class StageStep extends Step {

    private final Stage stage;
    private String dir;

    StageStep(Stage stage) {
        this.stage = stage;
    }

    @CheckForNull
    public final String getDir() {
        return dir;
    }

    @DataBoundSetter
    public final void setDir(@CheckForNull String dir) {
        this.dir = Util.fixEmptyAndTrim(dir);
    }

    /** Says which keys of {@code mlcicd.yml} this step's options replace; refuses those that do not go together. */
    abstract void replace(StageOptions options);

    /** Where an image goes, when the step says so. */
    Optional<StageTask.Registry> registry() {
        return Optional.empty();
    }

    /** Which Docker the agent uses, when the step says so. */
    Optional<StageTask.Docker> docker() {
        return Optional.empty();
    }

    /** Where a release goes, when the step says so. */
    Optional<StageTask.Environment> environment() {
        return Optional.empty();
    }

    /** What signs an image, when the step says so. */
    Optional<StageTask.Signing> signing() {
        return Optional.empty();
    }

    /** Which job is to train a new model when the result asks for one. */
    Optional<RetrainJob> retraining() {
        return Optional.empty();
    }

    /**
     * What is to be run.
     *
     * @throws AbortException when options do not go together
     */
    final StageTask task() throws AbortException {
        StageOptions options = new StageOptions();
        try {
            replace(options);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
        return new StageTask(
                stage, dir == null ? "." : dir, options.all(), registry(), docker(), environment(), signing());
    }

    @Override
    public final StepExecution start(StepContext context) throws AbortException {
        return new StageExecution(context, task(), retraining().orElse(null));
    }

    /** The parts of a text that are separated by commas; none for null. */
    static List<String> split(@CheckForNull String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(String::trim)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }
}
