package io.jenkins.plugins.mlcicd.lineage;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.mlcicd.Messages;
import java.util.List;

/** Tells administrators that the lineage log is not as it was written. */
@Extension
public final class LineageMonitor extends AdministrativeMonitor {

    private static final int SHOWN = 5;

    @Override
    public String getDisplayName() {
        return Messages.LineageMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !ControllerLineage.get().problems().isEmpty();
    }

    @Override
    public boolean isSecurity() {
        return true;
    }

    /** The first problems, a sentence each. */
    public List<String> getProblems() {
        return ControllerLineage.get().problems().stream().limit(SHOWN).toList();
    }

    /** How many there are besides. */
    public int getMore() {
        return Math.max(0, ControllerLineage.get().problems().size() - SHOWN);
    }
}
