package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.run.StageTask;
import io.mlcicd.operation.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Releases a model, and goes back when it fails. */
public final class DeployModelStep extends StageStep {

    private static final String BATCH = "batch";

    private String name;
    private Integer port;
    private String smoke;
    private String timeout;
    private boolean batch;
    private String environment;
    private String from;
    private String target;
    private StrategyOption strategy;
    private String verify;
    private String approval;
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
        if (batch && target != null && !target.equals(BATCH)) {
            throw new IllegalArgumentException(Messages.DeployModelStep_whichTarget(target));
        }
        options.set("/deploy/target", target, "target")
                .set("/deploy/target", batch ? BATCH : null, "batch")
                .set("/deploy/name", name, "name")
                .set("/deploy/port", port, "port")
                .set("/deploy/smoke", smoke, "smoke")
                .set("/deploy/health/timeout", timeout, "timeout")
                .set("/deploy/verify/key", verify, "verify")
                .set("/deploy/approval", approval, "approval")
                .set("/deploy/gates", gates);
        if (strategy != null) {
            strategy.replace(options);
        }
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

    @CheckForNull
    public String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(@CheckForNull String target) {
        this.target = Util.fixEmptyAndTrim(target);
    }

    @CheckForNull
    public StrategyOption getStrategy() {
        return strategy;
    }

    @DataBoundSetter
    public void setStrategy(@CheckForNull StrategyOption strategy) {
        this.strategy = strategy;
    }

    @CheckForNull
    public String getVerify() {
        return verify;
    }

    @DataBoundSetter
    public void setVerify(@CheckForNull String verify) {
        this.verify = Util.fixEmptyAndTrim(verify);
    }

    @CheckForNull
    public String getApproval() {
        return approval;
    }

    @DataBoundSetter
    public void setApproval(@CheckForNull String approval) {
        this.approval = Util.fixEmptyAndTrim(approval);
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

        /** Without a choice, the form still sends an object for the strategy, of no class. */
        @Override
        public Step newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            JSONObject strategy = form.optJSONObject("strategy");
            if (strategy != null && !strategy.has("stapler-class") && !strategy.has("$class")) {
                form.remove("strategy");
            }
            return super.newInstance(request, form);
        }

        /** The strategies to choose from. */
        public List<Descriptor<StrategyOption>> getStrategies() {
            return List.of(
                            AllAtOnceOption.DescriptorImpl.class,
                            BlueGreenOption.DescriptorImpl.class,
                            CanaryOption.DescriptorImpl.class,
                            ShadowOption.DescriptorImpl.class)
                    .stream()
                    .map(type -> (Descriptor<StrategyOption>) Jenkins.get().getDescriptorByType(type))
                    .toList();
        }

        /** What stands for no choice. */
        public String getAsInFile() {
            return Messages.Choices_asInFile();
        }

        /** The targets to choose from. */
        @POST
        public ListBoxModel doFillTargetItems() {
            return Choices.of("", "process", "docker", "kubernetes", "sagemaker", "vertex", BATCH);
        }

        @POST
        public FormValidation doCheckTarget(@QueryParameter String value, @QueryParameter boolean batch) {
            return batch && !value.isEmpty() && !value.equals(BATCH)
                    ? FormValidation.error(Messages.DeployModelStep_whichTarget(value))
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckVerify(@QueryParameter String value) {
            return FieldCheck.path(value);
        }

        /** Whether a person must approve. */
        @POST
        public ListBoxModel doFillApprovalItems() {
            return Choices.of("", "required", "none");
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
