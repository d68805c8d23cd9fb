package io.jenkins.plugins.mlcicd.overview;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.views.ListViewColumn;
import hudson.views.ListViewColumnDescriptor;
import io.jenkins.plugins.mlcicd.Messages;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A column for list views: a job's models with their verdict, the version in production and their drift. */
public final class ModelColumn extends ListViewColumn {

    @DataBoundConstructor
    public ModelColumn() {}

    /** The models of that job; none when it has none, or is a folder. */
    public List<ModelView> models(Item item) {
        return ModelView.of(item);
    }

    /** The column's form. */
    @Extension
    @Symbol("modelColumn")
    public static final class DescriptorImpl extends ListViewColumnDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ModelColumn_displayName();
        }

        @Override
        public boolean shownByDefault() {
            return false;
        }
    }
}
