package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.run.StageTask;
import io.mlcicd.operation.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Releases a model, and goes back when it fails. */
public final class DeployModelStep extends StageStep {

    private String name;
    private Integer port;
    private String smoke;
    private String timeout;
    private boolean batch;
    private String environment;
    private String from;
    private List<GateOption> gates = new ArrayList<>();

    @DataBoundConstructor
    public DeployModelStep() {
        super(Stage.DEPLOY);
    }

    @Override
    void replace(StageOptions options) {
        if (from != null && environment == null) {
            throw new IllegalArgumentException(Messages.DeployModelStep_fromWhere(from));
        }
        options.set("/deploy/target", batch ? "batch" : null, "batch")
                .set("/deploy/name", name, "name")
                .set("/deploy/port", port, "port")
                .set("/deploy/smoke", smoke, "smoke")
                .set("/deploy/health/timeout", timeout, "timeout")
                .set("/deploy/gates", gates);
    }

    @Override
    Optional<StageTask.Environment> environment() {
        return environment == null
                ? Optional.empty()
                : Optional.of(new StageTask.Environment(environment, Optional.ofNullable(from)));
    }

    @CheckForNull
    public String getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(@CheckForNull String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    @CheckForNull
    public String getFrom() {
        return from;
    }

    @DataBoundSetter
    public void setFrom(@CheckForNull String from) {
        this.from = Util.fixEmptyAndTrim(from);
    }

    @CheckForNull
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    @CheckForNull
    public Integer getPort() {
        return port;
    }

    @DataBoundSetter
    public void setPort(@CheckForNull Integer port) {
        this.port = port;
    }

    @CheckForNull
    public String getSmoke() {
        return smoke;
    }

    @DataBoundSetter
    public void setSmoke(@CheckForNull String smoke) {
        this.smoke = Util.fixEmptyAndTrim(smoke);
    }

    @CheckForNull
    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(@CheckForNull String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
    }

    public boolean isBatch() {
        return batch;
    }

    @DataBoundSetter
    public void setBatch(boolean batch) {
        this.batch = batch;
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
    @Symbol("deployModel")
    public static final class DescriptorImpl extends StageStepDescriptor {

        public DescriptorImpl() {
            super("deployModel", Messages.DeployModelStep_displayName());
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return FieldCheck.name(value);
        }

        @POST
        public FormValidation doCheckEnvironment(@QueryParameter String value, @QueryParameter String from) {
            return Util.fixEmptyAndTrim(value) == null && Util.fixEmptyAndTrim(from) != null
                    ? FormValidation.error(Messages.DeployModelStep_fromWhere(from))
                    : FieldCheck.name(value);
        }

        @POST
        public FormValidation doCheckFrom(@QueryParameter String value) {
            return FieldCheck.name(value);
        }

        @POST
        public FormValidation doCheckPort(@QueryParameter String value) {
            return FieldCheck.port(value);
        }

        @POST
        public FormValidation doCheckSmoke(@QueryParameter String value) {
            return FieldCheck.path(value);
        }

        @POST
        public FormValidation doCheckTimeout(@QueryParameter String value) {
            return FieldCheck.duration(value);
        }
    }
}
