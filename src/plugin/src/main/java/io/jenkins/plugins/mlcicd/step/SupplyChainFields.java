package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlcicd.Messages;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What {@link PackageModelStep}'s form has on platforms, signature, documents, pickles and licences. */
public abstract class SupplyChainFields extends StageStepDescriptor {

    SupplyChainFields(String function, String displayName) {
        super(function, displayName);
    }

    /** An empty choice would be bound as {@code false}, though it stands for what was left out. */
    @Override
    public final Step newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form)
            throws FormException {
        Choices.removeEmpty(form, "sbom", "provenance");
        return super.newInstance(request, form);
    }

    @POST
    public final FormValidation doCheckPlatforms(@QueryParameter String value) {
        return FieldCheck.platforms(value);
    }

    /** Whether a document is written. */
    @POST
    public final ListBoxModel doFillSbomItems() {
        return Choices.yesOrNo();
    }

    /** Whether a document is written. */
    @POST
    public final ListBoxModel doFillProvenanceItems() {
        return Choices.yesOrNo();
    }

    /** The credentials that may hold a private key. */
    @POST
    public final ListBoxModel doFillSigningCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String signingCredentialsId) {
        return SecretChoices.of(item, signingCredentialsId);
    }

    /** The credentials that may hold a private key's password. */
    @POST
    public final ListBoxModel doFillSigningPasswordIdItems(
            @AncestorInPath Item item, @QueryParameter String signingPasswordId) {
        return SecretChoices.of(item, signingPasswordId);
    }

    @POST
    public final FormValidation doCheckSigningPasswordId(
            @QueryParameter String value, @QueryParameter String signingCredentialsId) {
        return Util.fixEmptyAndTrim(value) != null && Util.fixEmptyAndTrim(signingCredentialsId) == null
                ? FormValidation.error(Messages.PackageModelStep_passwordOfWhat())
                : FormValidation.ok();
    }

    @POST
    public final FormValidation doCheckAllowPickle(@QueryParameter String value) {
        return FieldCheck.imports(value);
    }

    @POST
    public final FormValidation doCheckAllowLicences(@QueryParameter String value) {
        return FieldCheck.list(value);
    }

    @POST
    public final FormValidation doCheckDenyLicences(@QueryParameter String value) {
        return FieldCheck.list(value);
    }
}
