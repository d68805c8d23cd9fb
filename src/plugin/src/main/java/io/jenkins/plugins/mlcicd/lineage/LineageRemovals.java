package io.jenkins.plugins.mlcicd.lineage;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Job;
import hudson.model.TaskListener;
import io.jenkins.plugins.mlcicd.background.Background;
import io.mlcicd.operation.OutsideSystemException;
import java.io.File;
import java.util.HashSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Removes the lineage of deleted builds, many at once, for each removal writes the whole log anew; and once a day that of
 * builds that were deleted while nobody heard of it.
 */
@Extension
public final class LineageRemovals extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(LineageRemovals.class.getName());
    private static final int RUNS_A_DAY = 24 * 60;

    private final Set<Source.Written> waiting = new HashSet<>();
    private int runs;

    public LineageRemovals() {
        super("Lineage");
    }

    static LineageRemovals get() {
        return ExtensionList.lookupSingleton(LineageRemovals.class);
    }

    synchronized void remove(String job, int build) {
        waiting.add(new Source.Written(job, build));
    }

    /** Removes now what waits. */
    void flush() {
        Set<Source.Written> builds;
        synchronized (this) {
            builds = Set.copyOf(waiting);
            waiting.clear();
        }
        if (builds.isEmpty()) {
            return;
        }
        try {
            ControllerLineage.get().forget(builds);
        } catch (OutsideSystemException e) {
            LOGGER.log(
                    Level.WARNING, e, () -> "cannot remove the lineage of deleted builds; it is tried again tomorrow");
        }
    }

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) {
        Background.now(() -> {
            if (runs++ % RUNS_A_DAY == 0) {
                daily();
            }
            flush();
        });
    }

    private void daily() {
        ControllerLineage lineage = ControllerLineage.get();
        if (!lineage.exists()) {
            return;
        }
        try {
            lineage.verify();
            if (LineageConfiguration.get().removesWithBuilds()) {
                lineage.builds().stream()
                        .filter(LineageRemovals::isGone)
                        .forEach(build -> remove(build.job(), build.build()));
            }
        } catch (OutsideSystemException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot look after the lineage log");
        }
    }

    /** Whether a job that is there has no such build; on disk, so that no build is loaded. */
    private static boolean isGone(Source.Written source) {
        Job<?, ?> job = Jenkins.get().getItemByFullName(source.job(), Job.class);
        return job != null && !new File(job.getBuildDir(), String.valueOf(source.build())).exists();
    }
}
