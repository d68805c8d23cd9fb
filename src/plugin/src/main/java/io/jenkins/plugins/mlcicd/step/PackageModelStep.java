package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.run.RegistryLogin;
import io.jenkins.plugins.mlcicd.run.StageTask;
import io.mlcicd.operation.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryEndpoint;
import org.jenkinsci.plugins.docker.commons.credentials.ImageNameValidator;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Puts a model into a container image. */
public final class PackageModelStep extends StageStep {

    private String model;
    private String image;
    private String base;
    private String output;
    private boolean push;
    private DockerRegistryEndpoint registry;
    private List<GateOption> gates = new ArrayList<>();

    @DataBoundConstructor
    public PackageModelStep() {
        super(Stage.PACKAGE);
    }

    @Override
    void replace(StageOptions options) {
        options.set("/package/model", model, "model")
                .set("/package/image", imageName(), "image")
                .set("/package/base", base, "base")
                .set("/package/output", output, "output")
                .set("/package/push", push ? Boolean.TRUE : null, "push")
                .set("/package/gates", gates);
        if (registry().isPresent()) {
            options.add(RegistryLogin.replacement());
        }
    }

    @Override
    Optional<StageTask.Registry> registry() {
        return registry == null || registry.getCredentialsId() == null
                ? Optional.empty()
                : Optional.of(
                        new StageTask.Registry(Optional.ofNullable(registry.getUrl()), registry.getCredentialsId()));
    }

    /** The image's name with the registry's address before it. */
    @CheckForNull
    private String imageName() {
        try {
            return image == null || registry == null ? image : registry.imageName(image);
        } catch (IOException e) {
            throw new IllegalArgumentException(Messages.PackageModelStep_badImage(image), e);
        }
    }

    @CheckForNull
    public String getModel() {
        return model;
    }

    @DataBoundSetter
    public void setModel(@CheckForNull String model) {
        this.model = Util.fixEmptyAndTrim(model);
    }

    @CheckForNull
    public String getImage() {
        return image;
    }

    @DataBoundSetter
    public void setImage(@CheckForNull String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    @CheckForNull
    public String getBase() {
        return base;
    }

    @DataBoundSetter
    public void setBase(@CheckForNull String base) {
        this.base = Util.fixEmptyAndTrim(base);
    }

    @CheckForNull
    public String getOutput() {
        return output;
    }

    @DataBoundSetter
    public void setOutput(@CheckForNull String output) {
        this.output = Util.fixEmptyAndTrim(output);
    }

    public boolean isPush() {
        return push;
    }

    @DataBoundSetter
    public void setPush(boolean push) {
        this.push = push;
    }

    @CheckForNull
    public DockerRegistryEndpoint getRegistry() {
        return registry;
    }

    @DataBoundSetter
    public void setRegistry(@CheckForNull DockerRegistryEndpoint registry) {
        this.registry = registry;
    }

    public List<GateOption> getGates() {
        return gates;
    }

    @DataBoundSetter
    public void setGates(@CheckForNull List<GateOption> gates) {
        this.gates = gates == null ? new ArrayList<>() : new ArrayList<>(gates);
    }

    /** The step's form. */
    @Extension
    @Symbol("packageModel")
    public static final class DescriptorImpl extends StageStepDescriptor {

        public DescriptorImpl() {
            super("packageModel", Messages.PackageModelStep_displayName());
        }

        @POST
        public FormValidation doCheckModel(@QueryParameter String value) {
            return FieldCheck.path(value);
        }

        @POST
        public FormValidation doCheckImage(@QueryParameter String value) {
            return value.isBlank() ? FormValidation.ok() : ImageNameValidator.validateUserAndRepo(value.trim());
        }

        @POST
        public FormValidation doCheckBase(@QueryParameter String value) {
            String base = value.trim();
            return base.isEmpty() || base.endsWith(".tar")
                    ? FormValidation.ok()
                    : ImageNameValidator.validateUserAndRepo(base);
        }

        @POST
        public FormValidation doCheckOutput(@QueryParameter String value) {
            return FieldCheck.path(value);
        }
    }
}
