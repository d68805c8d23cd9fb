package io.jenkins.plugins.mlcicd.history;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.mlcicd.background.Background;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;

/** Reads each build when it has ended, so that pages find it read. */
@Extension
public final class HistoryListener extends RunListener<Run<?, ?>> {

    @Override
    public void onFinalized(Run<?, ?> run) {
        if (run.getAction(ModelBuildAction.class) != null) {
            // Behind the build's back, whose locks are none of a reader's business.
            Background.soon(() -> JobHistory.of(run.getParent()));
        }
    }
}
