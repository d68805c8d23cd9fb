package io.jenkins.plugins.mlcicd.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlcicd.Messages;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** What ml-cicd does on the whole controller, as set by an administrator or by Configuration as Code. */
@Extension
@Symbol("mlCicd")
public final class LineageConfiguration extends GlobalConfiguration {

    static final String KEEP = "keep";
    static final String REMOVE = "remove";

    /** Null as long as nobody has chosen. */
    private String lineageOfDeletedBuilds;

    public LineageConfiguration() {
        load();
    }

    static LineageConfiguration get() {
        return ExtensionList.lookupSingleton(LineageConfiguration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.LineageConfiguration_displayName();
    }

    /** Whether the lineage of builds stays when they are deleted: {@code keep} or {@code remove}. */
    public String getLineageOfDeletedBuilds() {
        return lineageOfDeletedBuilds == null ? KEEP : lineageOfDeletedBuilds;
    }

    boolean removesWithBuilds() {
        return getLineageOfDeletedBuilds().equals(REMOVE);
    }

    /** @throws IllegalArgumentException for a word that is neither */
    @DataBoundSetter
    public void setLineageOfDeletedBuilds(@CheckForNull String choice) {
        String chosen = Util.fixEmptyAndTrim(choice);
        if (chosen != null && !chosen.equals(KEEP) && !chosen.equals(REMOVE)) {
            throw new IllegalArgumentException(Messages.LineageConfiguration_neither(chosen));
        }
        lineageOfDeletedBuilds = chosen;
        save();
    }

    /** The choices of the form. */
    @POST
    public ListBoxModel doFillLineageOfDeletedBuildsItems() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return new ListBoxModel(
                new ListBoxModel.Option(Messages.LineageConfiguration_keep(), KEEP),
                new ListBoxModel.Option(Messages.LineageConfiguration_remove(), REMOVE));
    }
}
