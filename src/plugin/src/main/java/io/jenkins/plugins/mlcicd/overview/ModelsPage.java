package io.jenkins.plugins.mlcicd.overview;

import hudson.model.Api;
import hudson.model.ItemGroup;
import hudson.model.ModelObject;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.lineage.ControllerLineage;
import io.jenkins.plugins.mlcicd.lineage.ModelState;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How the models below a folder, or of all jobs, stand; of each the jobs that the current user may read. */
@ExportedBean
public class ModelsPage implements ModelObject {

    /** The last part of the page's URL, on Jenkins and on folders. */
    public static final String URL_NAME = "ml-cicd";

    static final String ICON = "symbol-cube-outline plugin-ionicons-api";

    private final ItemGroup<?> group;

    ModelsPage(ItemGroup<?> group) {
        this.group = group;
    }

    /** Whether the group has models, seen or not; does not look at any job. */
    static boolean hasModels(ItemGroup<?> group) {
        return ControllerLineage.get().exists()
                && ControllerLineage.get().models().stream().anyMatch(state -> isBelow(group, state));
    }

    private static boolean isBelow(ItemGroup<?> group, ModelState state) {
        String folder = group.getFullName();
        return folder.isEmpty() || state.job().fullName().startsWith(folder + "/");
    }

    /** The text that models are filtered by; empty for all. */
    @Exported
    public String getFilter() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return Optional.ofNullable(request == null ? null : request.getParameter("filter"))
                .map(String::trim)
                .orElse("");
    }

    /** The models by name. */
    @Exported(visibility = 2)
    public List<ModelView> getModels() {
        String filter = getFilter().toLowerCase(Locale.ROOT);
        return ControllerLineage.get().models().stream()
                .filter(state -> isBelow(group, state))
                .flatMap(state -> ModelView.of(state).stream())
                .filter(model -> filter.isEmpty() || model.matches(filter))
                .sorted(Comparator.comparing(ModelView::getName).thenComparing(ModelView::getJob))
                .toList();
    }

    public ItemGroup<?> getGroup() {
        return group;
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getDisplayName() {
        return Messages.ModelsPage_displayName();
    }
}
