package io.jenkins.plugins.mlcicd.review;

import io.mlcicd.report.MetricChange;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A metric beside that of the champion. */
@ExportedBean(defaultVisibility = 3)
public final class MetricView {

    private final MetricChange change;

    MetricView(MetricChange change) {
        this.change = change;
    }

    @Exported
    public String getName() {
        return change.name();
    }

    /** The champion's value. */
    @Exported
    public double getBefore() {
        return change.before();
    }

    /** This model's value. */
    @Exported
    public double getAfter() {
        return change.after();
    }

    /** Such as {@code better}, {@code undecided} or {@code seems worse}. */
    @Exported
    public String getVerdict() {
        return change.verdict();
    }
}
