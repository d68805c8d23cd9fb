package io.jenkins.plugins.mlcicd.trend;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.mlcicd.history.BuildEntry;
import io.jenkins.plugins.mlcicd.history.Measured;
import io.jenkins.plugins.mlcicd.history.ReleaseEntry;
import io.jenkins.plugins.mlcicd.result.ColumnSummary;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One build in a trend. */
@ExportedBean(defaultVisibility = 3)
public final class TrendPoint {

    private final BuildEntry entry;
    private final Map<String, ColumnSummary> columns;

    TrendPoint(BuildEntry entry) {
        this(entry, Map.of());
    }

    /** With what drift checks said of columns, by name. */
    TrendPoint(BuildEntry entry, Map<String, ColumnSummary> columns) {
        this.entry = entry;
        this.columns = columns;
    }

    Map<String, ColumnSummary> columns() {
        return columns;
    }

    /** How many columns drift checks compared, at least. */
    int comparedColumns() {
        return Math.max(entry.comparedColumns(), columns.size());
    }

    Map<String, Measured> metrics() {
        return entry.metrics();
    }

    @Exported
    public int getNumber() {
        return entry.number();
    }

    @Exported
    public String getDisplayName() {
        return entry.name();
    }

    /** When it began, in ISO 8601. */
    @Exported
    public String getStarted() {
        return entry.started().toString();
    }

    @Exported
    public String getVerdict() {
        return entry.verdict().name();
    }

    /** Why a retraining started the build; null when it did not. */
    @CheckForNull
    @Exported
    public String getRetraining() {
        return entry.retraining().orElse(null);
    }

    /** Whether the build deployed a new model, and all was well. */
    @Exported
    public boolean isDeployed() {
        return entry.deployed();
    }

    /** Where a model of this build serves since it: environments or, without any, deployments; batches are not among them. */
    @Exported
    public List<String> getDeployedTo() {
        return entry.releases().stream()
                .filter(release -> release.switched() && !release.batch())
                .map(ReleaseEntry::place)
                .distinct()
                .toList();
    }
}
