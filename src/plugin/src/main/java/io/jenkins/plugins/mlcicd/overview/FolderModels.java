package io.jenkins.plugins.mlcicd.overview;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** The models below a folder. */
public final class FolderModels extends ModelsPage implements Action {

    private FolderModels(ItemGroup<?> group) {
        super(group);
    }

    @Override
    public String getIconFileName() {
        return ICON;
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }

    /** Gives every folder with models its page. */
    @Extension
    @SuppressWarnings("rawtypes") // a class literal has no type parameters
    public static final class Factory extends TransientActionFactory<ItemGroup> {

        @Override
        public Class<ItemGroup> type() {
            return ItemGroup.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return FolderModels.class;
        }

        @Override
        public Collection<? extends Action> createFor(ItemGroup target) {
            ItemGroup<?> group = target;
            // A job that is a group, of configurations or modules, has pages of its own.
            boolean folder = group instanceof Item && !(group instanceof Job);
            return folder && hasModels(group) ? List.of(new FolderModels(group)) : List.of();
        }
    }
}
