package io.jenkins.plugins.mlcicd.trend;

import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One column over builds. */
@ExportedBean(defaultVisibility = 4)
public final class DriftRow {

    private final String name;
    private final List<DriftCell> cells;

    private DriftRow(String name, List<DriftCell> cells) {
        this.name = name;
        this.cells = cells;
    }

    static DriftRow of(String name, List<TrendPoint> builds) {
        return new DriftRow(
                name,
                builds.stream()
                        .map(build ->
                                new DriftCell(build.getNumber(), build.columns().get(name)))
                        .toList());
    }

    @Exported
    public String getName() {
        return name;
    }

    /** A cell for each build that looked at columns, the oldest first. */
    @Exported
    public List<DriftCell> getCells() {
        return cells;
    }

    /** Greater when it is more severe: the newest build's level decides, then the level of the one before, and so on. */
    double urgency() {
        double urgency = 0;
        for (DriftCell cell : cells) {
            urgency = urgency / DriftLevel.values().length + cell.level().ordinal();
        }
        return urgency;
    }

    double newestSeverity() {
        return cells.get(cells.size() - 1).severity();
    }
}
