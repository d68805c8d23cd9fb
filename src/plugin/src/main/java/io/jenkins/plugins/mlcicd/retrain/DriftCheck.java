package io.jenkins.plugins.mlcicd.retrain;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.jenkins.plugins.mlcicd.result.StageSummary;
import io.mlcicd.operation.Stage;
import java.util.List;
import java.util.Optional;

/**
 * A drift check of a job.
 *
 * @param run the build it is of
 * @param reasons why it asks for a new model; empty when it does not
 */
record DriftCheck(Run<?, ?> run, List<String> reasons) {

    private static final int LOOKED_AT = 100;

    /** The newest one, whatever became of its build. */
    static Optional<DriftCheck> newest(Job<?, ?> job) {
        for (Run<?, ?> run : job.getBuilds().limit(LOOKED_AT)) {
            ModelBuildAction action = run.getAction(ModelBuildAction.class);
            Optional<StageSummary> summary = action == null ? Optional.empty() : action.newest(Stage.DRIFT);
            if (summary.isPresent()) {
                return Optional.of(new DriftCheck(run, summary.get().getRetrainReasons()));
            }
        }
        return Optional.empty();
    }

    /** Names this check for ever. */
    String id() {
        return run.getExternalizableId();
    }

    RetrainCause cause() {
        return new RetrainCause.Drift(run.getParent().getFullName(), run.getNumber(), reasons);
    }
}
