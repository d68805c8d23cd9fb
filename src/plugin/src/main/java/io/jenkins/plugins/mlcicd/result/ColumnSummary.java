package io.jenkins.plugins.mlcicd.result;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.drift.TestMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a drift check said of one column, as far as a build keeps it. */
@ExportedBean(defaultVisibility = 3)
public final class ColumnSummary {

    /** How many columns a build keeps. */
    static final int MOST = 200;

    /** A p-value this many times below its threshold is as far beyond it as a distance at twice its own. */
    private static final double FAR_P_VALUE = 1000;

    private static final double LEAST_P_VALUE = 1e-300;
    private static final double MOST_SEVERE = 1000;

    private final String name;
    private final String method;
    private final double value;
    private final double threshold;
    private final boolean drifted;
    private final ArrayList<String> reasons;

    private ColumnSummary(JsonNode column) {
        this.name = column.path("name").asText();
        this.method = column.path("method").asText();
        this.value = column.path("value").asDouble();
        this.threshold = column.path("threshold").asDouble();
        this.drifted = column.path("drifted").asBoolean();
        ArrayList<String> found = new ArrayList<>();
        column.path("reasons").forEach(reason -> found.add(reason.asText()));
        this.reasons = found.isEmpty() ? null : found;
    }

    /** The columns of a drift check's details, at most {@value #MOST}: the details have those that matter first. */
    static List<ColumnSummary> of(JsonNode details) {
        List<ColumnSummary> columns = new ArrayList<>();
        for (JsonNode column : details.path("columns")) {
            if (columns.size() == MOST) {
                break;
            }
            if (isFinite(column.path("value")) && isFinite(column.path("threshold"))) {
                columns.add(new ColumnSummary(column));
            }
        }
        return columns;
    }

    private static boolean isFinite(JsonNode number) {
        return number.isNumber() && Double.isFinite(number.asDouble());
    }

    @Exported
    public String getName() {
        return name;
    }

    /** The key of the method that compared its values. */
    @Exported
    public String getMethod() {
        return method;
    }

    /** What the method gave; a p-value as it is. */
    @Exported
    public double getValue() {
        return value;
    }

    /** What that was held against, a p-value after its correction for many columns. */
    @Exported
    public double getThreshold() {
        return threshold;
    }

    @Exported
    public boolean isDrifted() {
        return drifted;
    }

    /** Why it drifted, by key; empty when it did not. */
    @Exported
    public List<String> getReasons() {
        return reasons == null ? List.of() : List.copyOf(reasons);
    }

    /**
     * How far beyond its threshold it is, 0 to {@value #MOST_SEVERE}: half at half a distance's threshold or twice a
     * p-value's, 1 at the threshold, 2 at twice a distance's or a thousandth of a p-value's. Of a drifted column at least
     * 1, for it may have drifted for another reason than its values; of another at most 1, for what is held against the
     * threshold is a p-value after correction for many columns.
     */
    @Exported
    public double getSeverity() {
        double severity = onPValue() ? ofPValue() : value / threshold;
        double bounded = Double.isNaN(severity) ? 1 : Math.max(0, Math.min(severity, MOST_SEVERE));
        return drifted ? Math.max(1, bounded) : Math.min(1, bounded);
    }

    private double ofPValue() {
        double ratio = threshold / Math.max(value, LEAST_P_VALUE);
        return ratio < 1 ? ratio : 1 + Math.log(ratio) / Math.log(FAR_P_VALUE);
    }

    /** Whether small values mean drift. A later version may know methods that this one does not. */
    private boolean onPValue() {
        Optional<TestMethod> known = Stream.of(TestMethod.values())
                .filter(each -> each.key().equals(method))
                .findFirst();
        return known.isPresent() && known.get().onPValue();
    }
}
