package io.jenkins.plugins.mlcicd.checks;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PersistentDescriptor;
import jenkins.model.GlobalConfiguration;
import jenkins.model.GlobalConfigurationCategory;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** Whether builds publish a check of their models; a job can leave it out by itself ({@link SkipModelChecks}). */
@Extension
@Symbol("modelChecks")
public final class ChecksConfiguration extends GlobalConfiguration implements PersistentDescriptor {

    private boolean publish = true;

    static ChecksConfiguration get() {
        return ExtensionList.lookupSingleton(ChecksConfiguration.class);
    }

    public boolean isPublish() {
        return publish;
    }

    @DataBoundSetter
    public void setPublish(boolean publish) {
        this.publish = publish;
        save();
    }

    @Override
    public GlobalConfigurationCategory getCategory() {
        return GlobalConfigurationCategory.get(GlobalConfigurationCategory.Unclassified.class);
    }
}
