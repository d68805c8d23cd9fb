package io.jenkins.plugins.mlcicd.dashboard;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import hudson.plugins.view.dashboard.Dashboard;
import hudson.plugins.view.dashboard.DashboardPortlet;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.overview.ModelView;
import java.util.Comparator;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** How the models of a dashboard's jobs stand; of each job that the current user may read. */
public final class ModelsPortlet extends DashboardPortlet {

    @DataBoundConstructor
    public ModelsPortlet(String name) {
        super(name);
    }

    /** The models by name; none outside of a dashboard's page. */
    public List<ModelView> getModels() {
        Dashboard dashboard = getDashboard();
        return dashboard == null
                ? List.of()
                : dashboard.getItems().stream()
                        .flatMap(item -> ModelView.of(item).stream())
                        .sorted(Comparator.comparing(ModelView::getName).thenComparing(ModelView::getJob))
                        .toList();
    }

    /** The portlet's form: its title. */
    @Extension(optional = true)
    @Symbol("modelsPortlet")
    public static final class DescriptorImpl extends Descriptor<DashboardPortlet> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ModelsPortlet_displayName();
        }
    }
}
