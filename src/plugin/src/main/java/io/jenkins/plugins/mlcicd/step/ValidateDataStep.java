package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.operation.Stage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Holds data sets against their contracts. */
public final class ValidateDataStep extends StageStep {

    private String data;
    private String contract;
    private String format;
    private String name;

    @DataBoundConstructor
    public ValidateDataStep() {
        super(Stage.VALIDATE);
    }

    @Override
    void replace(StageOptions options) {
        if (data != null && contract != null) {
            Map<String, String> set = new LinkedHashMap<>(Map.of("path", data, "contract", contract));
            if (format != null) {
                set.put("format", format);
            }
            options.set("/data", Map.of(name == null ? "data" : name, set), "data");
        } else if (data != null || contract != null) {
            throw new IllegalArgumentException(Messages.ValidateDataStep_pair());
        }
    }

    @CheckForNull
    public String getData() {
        return data;
    }

    @DataBoundSetter
    public void setData(@CheckForNull String data) {
        this.data = Util.fixEmptyAndTrim(data);
    }

    @CheckForNull
    public String getContract() {
        return contract;
    }

    @DataBoundSetter
    public void setContract(@CheckForNull String contract) {
        this.contract = Util.fixEmptyAndTrim(contract);
    }

    @CheckForNull
    public String getFormat() {
        return format;
    }

    @DataBoundSetter
    public void setFormat(@CheckForNull String format) {
        this.format = Util.fixEmptyAndTrim(format);
    }

    @CheckForNull
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    /** The step's form. */
    @Extension
    @Symbol("validateData")
    public static final class DescriptorImpl extends StageStepDescriptor {

        public DescriptorImpl() {
            super("validateData", Messages.ValidateDataStep_displayName());
        }

        @POST
        public FormValidation doCheckData(@QueryParameter String value, @QueryParameter String contract) {
            return FieldCheck.pair(value, contract, "contract");
        }

        @POST
        public FormValidation doCheckContract(@QueryParameter String value, @QueryParameter String data) {
            return FieldCheck.pair(value, data, "data");
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return FieldCheck.name(value);
        }

        public ListBoxModel doFillFormatItems() {
            return Choices.of("", "csv", "tsv", "jsonl", "parquet");
        }
    }
}
