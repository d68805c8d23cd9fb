package io.jenkins.plugins.mlcicd.overview;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.RootAction;
import io.jenkins.plugins.mlcicd.lineage.ControllerLineage;
import io.jenkins.plugins.mlcicd.lineage.LineagePages;
import jenkins.model.Jenkins;

/** The models of the whole controller, and below them their lineage. */
@Extension
public final class ModelsRoot extends ModelsPage implements RootAction {

    public ModelsRoot() {
        super(Jenkins.get());
    }

    /** The pages below {@code lineage/}. */
    public LineagePages getLineage() {
        return new LineagePages();
    }

    /** Null, so that no link is shown, as long as there is nothing to see. */
    @CheckForNull
    @Override
    public String getIconFileName() {
        return ControllerLineage.get().exists() ? ICON : null;
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }
}
