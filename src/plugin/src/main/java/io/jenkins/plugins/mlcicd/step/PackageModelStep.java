package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.run.RegistryLogin;
import io.jenkins.plugins.mlcicd.run.SigningCredentials;
import io.jenkins.plugins.mlcicd.run.StageTask;
import io.mlcicd.operation.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryEndpoint;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerEndpoint;
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
    private boolean serveCheck;
    private String builder;
    private String dockerfile;
    private String dockerTool;
    private DockerServerEndpoint dockerServer;
    private String platforms;
    private Boolean sbom;
    private Boolean provenance;
    private String signingCredentialsId;
    private String signingPasswordId;
    private String allowPickle;
    private String allowLicences;
    private String denyLicences;
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
                .set("/package/serveCheck", serveCheck ? Boolean.TRUE : null, "serveCheck")
                .set("/package/builder", builder, "builder")
                .set("/package/dockerfile", dockerfile, "dockerfile")
                .without(platforms, "platforms", "/package/platform")
                .setList("/package/platforms", platforms, "platforms")
                .set("/package/sbom", sbom, "sbom")
                .set("/package/provenance", provenance, "provenance")
                .setList("/package/pickle/allow", allowPickle, "allowPickle")
                .setList("/package/licences/allow", allowLicences, "allowLicences")
                .setList("/package/licences/deny", denyLicences, "denyLicences")
                .set("/package/gates", gates);
        if (signingCredentialsId == null && signingPasswordId != null) {
            throw new IllegalArgumentException(Messages.PackageModelStep_passwordOfWhat());
        }
        if (signing().isPresent()) {
            SigningCredentials.replacements("signingCredentialsId", signingPasswordId != null)
                    .forEach(options::add);
        }
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

    @Override
    Optional<StageTask.Signing> signing() {
        return signingCredentialsId == null
                ? Optional.empty()
                : Optional.of(new StageTask.Signing(signingCredentialsId, Optional.ofNullable(signingPasswordId)));
    }

    @Override
    Optional<StageTask.Docker> docker() {
        return dockerTool == null && dockerServer == null
                ? Optional.empty()
                : Optional.of(new StageTask.Docker(
                        Optional.ofNullable(dockerTool),
                        Optional.ofNullable(dockerServer).map(DockerServerEndpoint::getUri),
                        Optional.ofNullable(dockerServer).map(DockerServerEndpoint::getCredentialsId)));
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

    public boolean isServeCheck() {
        return serveCheck;
    }

    @DataBoundSetter
    public void setServeCheck(boolean serveCheck) {
        this.serveCheck = serveCheck;
    }

    @CheckForNull
    public String getBuilder() {
        return builder;
    }

    @DataBoundSetter
    public void setBuilder(@CheckForNull String builder) {
        this.builder = Util.fixEmptyAndTrim(builder);
    }

    @CheckForNull
    public String getDockerfile() {
        return dockerfile;
    }

    @DataBoundSetter
    public void setDockerfile(@CheckForNull String dockerfile) {
        this.dockerfile = Util.fixEmptyAndTrim(dockerfile);
    }

    @CheckForNull
    public String getDockerTool() {
        return dockerTool;
    }

    @DataBoundSetter
    public void setDockerTool(@CheckForNull String dockerTool) {
        this.dockerTool = Util.fixEmptyAndTrim(dockerTool);
    }

    @CheckForNull
    public DockerServerEndpoint getDockerServer() {
        return dockerServer;
    }

    @DataBoundSetter
    public void setDockerServer(@CheckForNull DockerServerEndpoint dockerServer) {
        this.dockerServer = dockerServer;
    }

    @CheckForNull
    public String getPlatforms() {
        return platforms;
    }

    @DataBoundSetter
    public void setPlatforms(@CheckForNull String platforms) {
        this.platforms = Util.fixEmptyAndTrim(platforms);
    }

    @CheckForNull
    public Boolean getSbom() {
        return sbom;
    }

    @DataBoundSetter
    public void setSbom(@CheckForNull Boolean sbom) {
        this.sbom = sbom;
    }

    @CheckForNull
    public Boolean getProvenance() {
        return provenance;
    }

    @DataBoundSetter
    public void setProvenance(@CheckForNull Boolean provenance) {
        this.provenance = provenance;
    }

    @CheckForNull
    public String getSigningCredentialsId() {
        return signingCredentialsId;
    }

    @DataBoundSetter
    public void setSigningCredentialsId(@CheckForNull String signingCredentialsId) {
        this.signingCredentialsId = Util.fixEmptyAndTrim(signingCredentialsId);
    }

    @CheckForNull
    public String getSigningPasswordId() {
        return signingPasswordId;
    }

    @DataBoundSetter
    public void setSigningPasswordId(@CheckForNull String signingPasswordId) {
        this.signingPasswordId = Util.fixEmptyAndTrim(signingPasswordId);
    }

    @CheckForNull
    public String getAllowPickle() {
        return allowPickle;
    }

    @DataBoundSetter
    public void setAllowPickle(@CheckForNull String allowPickle) {
        this.allowPickle = Util.fixEmptyAndTrim(allowPickle);
    }

    @CheckForNull
    public String getAllowLicences() {
        return allowLicences;
    }

    @DataBoundSetter
    public void setAllowLicences(@CheckForNull String allowLicences) {
        this.allowLicences = Util.fixEmptyAndTrim(allowLicences);
    }

    @CheckForNull
    public String getDenyLicences() {
        return denyLicences;
    }

    @DataBoundSetter
    public void setDenyLicences(@CheckForNull String denyLicences) {
        this.denyLicences = Util.fixEmptyAndTrim(denyLicences);
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
    public static final class DescriptorImpl extends SupplyChainFields {

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

        /** The builders to choose from. */
        @POST
        public ListBoxModel doFillBuilderItems() {
            return Choices.of("", "daemonless", "docker");
        }

        @POST
        public FormValidation doCheckDockerfile(@QueryParameter String value) {
            return FieldCheck.path(value);
        }

        @POST
        public FormValidation doCheckOutput(@QueryParameter String value) {
            return FieldCheck.path(value);
        }
    }
}
