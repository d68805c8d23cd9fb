package io.jenkins.plugins.mlcicd.lineage;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import io.mlcicd.operation.OutsideSystemException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Hears of jobs that are renamed, moved or deleted, and of builds that are deleted. */
final class LineageListeners {

    private static final Logger LOGGER = Logger.getLogger(LineageListeners.class.getName());

    private LineageListeners() {}

    /** Builds. */
    @Extension
    public static final class Runs extends RunListener<Run<?, ?>> {

        @Override
        public void onDeleted(Run<?, ?> run) {
            if (LineageConfiguration.get().removesWithBuilds()) {
                LineageRemovals.get().remove(run.getParent().getFullName(), run.getNumber());
            }
        }
    }

    /** Jobs. */
    @Extension
    public static final class Items extends ItemListener {

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            if (item instanceof Job) {
                note(() -> ControllerLineage.get().moved(oldFullName, newFullName));
            }
        }

        @Override
        public void onDeleted(Item item) {
            if (!(item instanceof Job)) {
                return;
            }
            String name = item.getFullName();
            if (LineageConfiguration.get().removesWithBuilds()) {
                // At once, for in a moment another job may have the name.
                LineageRemovals.get().flush();
                note(() -> ControllerLineage.get().forgetJob(name));
            }
            note(() -> ControllerLineage.get().deleted(name));
        }
    }

    private static void note(Runnable noting) {
        try {
            noting.run();
        } catch (OutsideSystemException e) {
            LOGGER.log(Level.WARNING, e, () -> "not in the lineage log");
        }
    }
}
