package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.data.Encoding;
import io.mlcicd.operation.Stage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Holds data sets against their contracts. */
public final class ValidateDataStep extends DataStep {

    /** The tab as forms and scripts can write it. */
    private static final String TAB = "\\t";

    private static final Pattern WITH = Pattern.compile("\\s*[^=,\\s]+\\s*=[^=,]+(,\\s*[^=,\\s]+\\s*=[^=,]+)*");
    private static final int MOST_EXAMPLES = 1000;

    private String data;
    private String contract;
    private String format;
    private String name;
    private String delimiter;
    private String quote;
    private String nulls;
    private String encoding;
    private Boolean header;
    private String baseline;
    private String with;
    private Integer examples;

    @DataBoundConstructor
    public ValidateDataStep() {
        super(Stage.VALIDATE);
    }

    @Override
    void replaceOfStage(StageOptions options) {
        if (data != null && contract != null) {
            Map<String, Object> set = new LinkedHashMap<>(Map.of("path", data, "contract", contract));
            if (format != null) {
                set.put("format", format);
            }
            if (!reading().isEmpty()) {
                set.put("read", reading());
            }
            if (baseline != null) {
                set.put("baseline", baseline);
            }
            Map<String, Object> sets = new LinkedHashMap<>(Map.of(name == null ? "data" : name, set));
            beside().forEach((other, path) -> sets.put(other, Map.of("path", path)));
            options.set("/data", sets, "data");
        } else if (data != null || contract != null) {
            throw new IllegalArgumentException(Messages.ValidateDataStep_pair());
        } else if (baseline != null || with != null || !reading().isEmpty()) {
            throw new IllegalArgumentException(Messages.ValidateDataStep_ofData());
        }
        options.set("/validate/examples", examples, "examples");
    }

    private Map<String, String> beside() {
        Map<String, String> beside = new LinkedHashMap<>();
        for (String pair : split(with)) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw new IllegalArgumentException(Messages.ValidateDataStep_badWith(pair));
            }
            beside.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        return beside;
    }

    private Map<String, Object> reading() {
        Map<String, Object> reading = new LinkedHashMap<>();
        if (delimiter != null) {
            reading.put("delimiter", delimiter.equals(TAB) ? "\t" : delimiter);
        }
        if (quote != null) {
            reading.put("quote", quote);
        }
        if (nulls != null) {
            reading.put("nulls", split(nulls));
        }
        if (encoding != null) {
            reading.put("encoding", encoding);
        }
        if (header != null) {
            reading.put("header", header);
        }
        return reading;
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

    @CheckForNull
    public String getDelimiter() {
        return delimiter;
    }

    /** A blank may be the delimiter, so it is kept. */
    @DataBoundSetter
    public void setDelimiter(@CheckForNull String delimiter) {
        this.delimiter = Util.fixEmpty(delimiter);
    }

    @CheckForNull
    public String getQuote() {
        return quote;
    }

    @DataBoundSetter
    public void setQuote(@CheckForNull String quote) {
        this.quote = Util.fixEmptyAndTrim(quote);
    }

    @CheckForNull
    public String getNulls() {
        return nulls;
    }

    @DataBoundSetter
    public void setNulls(@CheckForNull String nulls) {
        this.nulls = Util.fixEmptyAndTrim(nulls);
    }

    @CheckForNull
    public String getEncoding() {
        return encoding;
    }

    @DataBoundSetter
    public void setEncoding(@CheckForNull String encoding) {
        this.encoding = Util.fixEmptyAndTrim(encoding);
    }

    @CheckForNull
    public Boolean getHeader() {
        return header;
    }

    @DataBoundSetter
    public void setHeader(@CheckForNull Boolean header) {
        this.header = header;
    }

    @CheckForNull
    public String getBaseline() {
        return baseline;
    }

    @DataBoundSetter
    public void setBaseline(@CheckForNull String baseline) {
        this.baseline = Util.fixEmptyAndTrim(baseline);
    }

    @CheckForNull
    public String getWith() {
        return with;
    }

    @DataBoundSetter
    public void setWith(@CheckForNull String with) {
        this.with = Util.fixEmptyAndTrim(with);
    }

    @CheckForNull
    public Integer getExamples() {
        return examples;
    }

    @DataBoundSetter
    public void setExamples(@CheckForNull Integer examples) {
        this.examples = examples;
    }

    /** The step's form. */
    @Extension
    @Symbol("validateData")
    public static final class DescriptorImpl extends DataStepDescriptor {

        public DescriptorImpl() {
            super("validateData", Messages.ValidateDataStep_displayName());
        }

        /** An empty choice would be bound as {@code false}, though it stands for what was left out. */
        @Override
        public Step newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            Choices.removeEmpty(form, "header");
            return super.newInstance(request, form);
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

        @POST
        public FormValidation doCheckDelimiter(@QueryParameter String value, @QueryParameter String data) {
            if (value.isEmpty()) {
                return FormValidation.ok();
            }
            return value.equals(TAB) || value.length() == 1
                    ? ofFile(data)
                    : FormValidation.error(Messages.ValidateDataStep_delimiter());
        }

        @POST
        public FormValidation doCheckQuote(@QueryParameter String value, @QueryParameter String data) {
            if (value.isBlank()) {
                return FormValidation.ok();
            }
            return value.trim().length() == 1 ? ofFile(data) : FormValidation.error(Messages.ValidateDataStep_quote());
        }

        @POST
        public FormValidation doCheckNulls(@QueryParameter String value, @QueryParameter String data) {
            return value.isBlank() ? FormValidation.ok() : ofFile(data);
        }

        @POST
        public FormValidation doCheckWith(@QueryParameter String value, @QueryParameter String data) {
            if (value.isBlank()) {
                return FormValidation.ok();
            }
            return WITH.matcher(value).matches()
                    ? ofFile(data)
                    : FormValidation.error(Messages.ValidateDataStep_badWith(value.trim()));
        }

        @POST
        public FormValidation doCheckEncoding(@QueryParameter String value, @QueryParameter String data) {
            return value.isEmpty() ? FormValidation.ok() : ofFile(data);
        }

        @POST
        public FormValidation doCheckHeader(@QueryParameter String value, @QueryParameter String data) {
            return value.isEmpty() ? FormValidation.ok() : ofFile(data);
        }

        @POST
        public FormValidation doCheckBaseline(@QueryParameter String value, @QueryParameter String data) {
            if (value.isBlank()) {
                return FormValidation.ok();
            }
            FormValidation path = FieldCheck.path(value);
            return path.kind == FormValidation.Kind.OK ? ofFile(data) : path;
        }

        @POST
        public FormValidation doCheckExamples(@QueryParameter String value) {
            return value.isBlank()
                    ? FormValidation.ok()
                    : FormValidation.validateIntegerInRange(value.trim(), 0, MOST_EXAMPLES);
        }

        private static FormValidation ofFile(String data) {
            return Util.fixEmptyAndTrim(data) == null
                    ? FormValidation.error(Messages.ValidateDataStep_noFile())
                    : FormValidation.ok();
        }

        public ListBoxModel doFillEncodingItems() {
            return Choices.of(Stream.concat(
                            Stream.of(""), Arrays.stream(Encoding.values()).map(Encoding::key))
                    .toArray(String[]::new));
        }

        public ListBoxModel doFillHeaderItems() {
            ListBoxModel items = Choices.of("");
            items.add(Messages.ValidateDataStep_header(), "true");
            items.add(Messages.ValidateDataStep_noHeader(), "false");
            return items;
        }

        public ListBoxModel doFillFormatItems() {
            return Choices.of("", "csv", "tsv", "jsonl", "parquet");
        }
    }
}
