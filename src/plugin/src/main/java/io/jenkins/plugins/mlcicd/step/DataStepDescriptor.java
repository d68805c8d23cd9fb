package io.jenkins.plugins.mlcicd.step;

import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlcicd.Messages;
import java.util.regex.Pattern;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the forms of steps share that compute on data. */
public abstract class DataStepDescriptor extends StageStepDescriptor {

    private static final Pattern MASTER = Pattern.compile("local(\\[[^\\]]+\\])?|yarn|(spark|k8s|mesos)://\\S+");

    DataStepDescriptor(String function, String displayName) {
        super(function, displayName);
    }

    public final ListBoxModel doFillEngineItems() {
        ListBoxModel items = Choices.of("");
        items.add(Messages.DataStep_embedded(), "embedded");
        items.add(Messages.DataStep_spark(), "spark");
        items.add(Messages.DataStep_auto(), "auto");
        return items;
    }

    @POST
    public final FormValidation doCheckMaster(@QueryParameter String value, @QueryParameter String engine) {
        String master = value.trim();
        if (master.isEmpty()) {
            return FormValidation.ok();
        }
        if (!MASTER.matcher(master).matches()) {
            return FormValidation.error(Messages.DataStep_master());
        }
        return engine.equals("embedded")
                ? FormValidation.error(Messages.DataStep_masterOfSpark())
                : FormValidation.ok();
    }
}
