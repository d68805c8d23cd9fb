package io.jenkins.plugins.mlcicd.retrain;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Gives every job that is, or was, retrained its page. */
@Extension
@SuppressWarnings("rawtypes") // a class literal has no type parameters
public final class RetrainActionFactory extends TransientActionFactory<Job> {

    @Override
    public Class<Job> type() {
        return Job.class;
    }

    @Override
    public Collection<? extends Action> createFor(Job target) {
        Job<?, ?> job = target;
        return Retraining.of(job).isKnown() ? List.of(new RetrainAction(job)) : List.of();
    }
}
