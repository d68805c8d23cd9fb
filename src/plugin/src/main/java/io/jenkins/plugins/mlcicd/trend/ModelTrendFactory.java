package io.jenkins.plugins.mlcicd.trend;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Gives every job with results its trends, whether its builds succeed or not. */
@Extension
@SuppressWarnings("rawtypes") // a class literal has no type parameters
public final class ModelTrendFactory extends TransientActionFactory<Job> {

    /** Asked on every page, so it must not load many builds. */
    private static final int LOOKED_AT = 5;

    @Override
    public Class<Job> type() {
        return Job.class;
    }

    @Override
    public Collection<? extends Action> createFor(Job target) {
        Job<?, ?> job = target;
        for (Run<?, ?> run : job.getBuilds().limit(LOOKED_AT)) {
            if (run.getAction(ModelBuildAction.class) != null) {
                return List.of(new ModelTrendAction(job));
            }
        }
        return List.of();
    }
}
