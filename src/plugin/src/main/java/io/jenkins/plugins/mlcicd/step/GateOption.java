package io.jenkins.plugins.mlcicd.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.gate.Bound;
import io.mlcicd.gate.Criticality;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A gate as a step's option: {@code gate(metric: 'accuracy', min: 0.75)}. */
public final class GateOption extends AbstractDescribableImpl<GateOption> {

    private final String metric;
    private Double min;
    private Double max;
    private Double minChangeVsChampion;
    private Double maxChangeVsChampion;
    private Double minRelativeChangeVsChampion;
    private Double maxRelativeChangeVsChampion;
    private Double notWorseThanChampion;
    private String bound;
    private String slice;
    private String criticality;

    @DataBoundConstructor
    public GateOption(String metric) {
        this.metric = metric;
    }

    /** The gate as {@code mlcicd.yml} would have it. */
    Map<String, Object> content() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("metric", metric);
        content.put("min", min);
        content.put("max", max);
        content.put("minChangeVsChampion", minChangeVsChampion);
        content.put("maxChangeVsChampion", maxChangeVsChampion);
        content.put("minRelativeChangeVsChampion", minRelativeChangeVsChampion);
        content.put("maxRelativeChangeVsChampion", maxRelativeChangeVsChampion);
        content.put("notWorseThanChampion", notWorseThanChampion);
        content.put("bound", bound);
        content.put("slice", slice);
        content.put("criticality", criticality);
        content.values().removeIf(value -> value == null);
        return content;
    }

    public String getMetric() {
        return metric;
    }

    @CheckForNull
    public Double getMin() {
        return min;
    }

    @DataBoundSetter
    public void setMin(@CheckForNull Double min) {
        this.min = min;
    }

    @CheckForNull
    public Double getMax() {
        return max;
    }

    @DataBoundSetter
    public void setMax(@CheckForNull Double max) {
        this.max = max;
    }

    @CheckForNull
    public Double getMinChangeVsChampion() {
        return minChangeVsChampion;
    }

    @DataBoundSetter
    public void setMinChangeVsChampion(@CheckForNull Double change) {
        this.minChangeVsChampion = change;
    }

    @CheckForNull
    public Double getMaxChangeVsChampion() {
        return maxChangeVsChampion;
    }

    @DataBoundSetter
    public void setMaxChangeVsChampion(@CheckForNull Double change) {
        this.maxChangeVsChampion = change;
    }

    @CheckForNull
    public Double getMinRelativeChangeVsChampion() {
        return minRelativeChangeVsChampion;
    }

    @DataBoundSetter
    public void setMinRelativeChangeVsChampion(@CheckForNull Double minRelativeChangeVsChampion) {
        this.minRelativeChangeVsChampion = minRelativeChangeVsChampion;
    }

    @CheckForNull
    public Double getMaxRelativeChangeVsChampion() {
        return maxRelativeChangeVsChampion;
    }

    @DataBoundSetter
    public void setMaxRelativeChangeVsChampion(@CheckForNull Double maxRelativeChangeVsChampion) {
        this.maxRelativeChangeVsChampion = maxRelativeChangeVsChampion;
    }

    @CheckForNull
    public Double getNotWorseThanChampion() {
        return notWorseThanChampion;
    }

    @DataBoundSetter
    public void setNotWorseThanChampion(@CheckForNull Double notWorseThanChampion) {
        this.notWorseThanChampion = notWorseThanChampion;
    }

    @CheckForNull
    public String getBound() {
        return bound;
    }

    @DataBoundSetter
    public void setBound(@CheckForNull String bound) {
        this.bound = Util.fixEmptyAndTrim(bound);
    }

    @CheckForNull
    public String getSlice() {
        return slice;
    }

    @DataBoundSetter
    public void setSlice(@CheckForNull String slice) {
        this.slice = Util.fixEmptyAndTrim(slice);
    }

    @CheckForNull
    public String getCriticality() {
        return criticality;
    }

    @DataBoundSetter
    public void setCriticality(@CheckForNull String criticality) {
        this.criticality = Util.fixEmptyAndTrim(criticality);
    }

    /** The gate's form. */
    @Extension
    @Symbol("gate")
    public static final class DescriptorImpl extends Descriptor<GateOption> {

        @Override
        public String getDisplayName() {
            return Messages.GateOption_displayName();
        }

        public ListBoxModel doFillCriticalityItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.GateOption_failure(), "");
            items.add(Messages.GateOption_unstable(), Criticality.UNSTABLE.name());
            items.add(Messages.GateOption_note(), Criticality.NOTE.name());
            return items;
        }

        @POST
        public FormValidation doCheckMetric(
                @QueryParameter String value,
                @QueryParameter String min,
                @QueryParameter String max,
                @QueryParameter String minChangeVsChampion,
                @QueryParameter String maxChangeVsChampion,
                @QueryParameter String minRelativeChangeVsChampion,
                @QueryParameter String maxRelativeChangeVsChampion,
                @QueryParameter String notWorseThanChampion) {
            if (value.isBlank()) {
                return FormValidation.error(Messages.GateOption_noMetric());
            }
            return Stream.of(
                                    min,
                                    max,
                                    minChangeVsChampion,
                                    maxChangeVsChampion,
                                    minRelativeChangeVsChampion,
                                    maxRelativeChangeVsChampion,
                                    notWorseThanChampion)
                            .allMatch(String::isBlank)
                    ? FormValidation.error(Messages.GateOption_noBound())
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckMin(@QueryParameter String value) {
            return FieldCheck.number(value);
        }

        @POST
        public FormValidation doCheckMax(@QueryParameter String value, @QueryParameter String min) {
            return FieldCheck.parse(value) < FieldCheck.parse(min)
                    ? FormValidation.error(Messages.GateOption_emptyRange())
                    : FieldCheck.number(value);
        }

        @POST
        public FormValidation doCheckMinChangeVsChampion(@QueryParameter String value) {
            return FieldCheck.number(value);
        }

        @POST
        public FormValidation doCheckMaxChangeVsChampion(
                @QueryParameter String value, @QueryParameter String minChangeVsChampion) {
            return FieldCheck.parse(value) < FieldCheck.parse(minChangeVsChampion)
                    ? FormValidation.error(Messages.GateOption_emptyRange())
                    : FieldCheck.number(value);
        }

        @POST
        public FormValidation doCheckMinRelativeChangeVsChampion(@QueryParameter String value) {
            return FieldCheck.number(value);
        }

        @POST
        public FormValidation doCheckMaxRelativeChangeVsChampion(@QueryParameter String value) {
            return FieldCheck.number(value);
        }

        @POST
        public FormValidation doCheckNotWorseThanChampion(@QueryParameter String value) {
            return FieldCheck.parse(value) < 0
                    ? FormValidation.error(Messages.GateOption_negativeMargin())
                    : FieldCheck.number(value);
        }

        @POST
        public FormValidation doCheckBound(@QueryParameter String value) {
            try {
                if (!value.isBlank()) {
                    Bound.of(value.trim());
                }
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @POST
        public FormValidation doCheckSlice(@QueryParameter String value) {
            return FieldCheck.columns(value);
        }
    }
}
