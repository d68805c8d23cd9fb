package io.jenkins.plugins.mlcicd.retrain;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.model.queue.QueueListener;
import io.jenkins.plugins.mlcicd.background.Background;

/** Hears what becomes of the builds that were started. */
final class RetrainListeners {

    private RetrainListeners() {}

    /** A build began. */
    @Extension
    public static final class Runs extends RunListener<Run<?, ?>> {

        @Override
        public void onStarted(Run<?, ?> run, TaskListener listener) {
            Retraining.decision(run.getCauses())
                    .ifPresent(id -> Retraining.of(run.getParent()).started(id, run.getNumber()));
        }
    }

    /** A build was taken out of the queue. */
    @Extension
    public static final class Cancellations extends QueueListener {

        @Override
        public void onLeft(Queue.LeftItem item) {
            if (item.isCancelled() && item.task instanceof Job<?, ?> job) {
                // Another thread, for this one holds the queue's lock, and who decides waits for that with our own.
                Retraining.decision(item.getCauses())
                        .ifPresent(
                                id -> Background.soon(() -> Retraining.of(job).cancelled(id)));
            }
        }
    }
}
