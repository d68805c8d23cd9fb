package io.jenkins.plugins.mlcicd.trend;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How columns drift over builds: a row for each column, a cell for each build. */
@ExportedBean(defaultVisibility = 3)
public final class DriftMap {

    private static final int SHOWN = 50;

    private final List<TrendPoint> builds;
    private final List<DriftRow> rows;
    private final int more;

    private DriftMap(List<TrendPoint> builds, List<DriftRow> rows, int more) {
        this.builds = builds;
        this.rows = rows;
        this.more = more;
    }

    /** The map of those of the builds that looked at columns; the columns that matter first come first. */
    static DriftMap of(List<TrendPoint> points) {
        List<TrendPoint> builds =
                points.stream().filter(point -> !point.columns().isEmpty()).toList();
        Set<String> names = new LinkedHashSet<>();
        builds.forEach(build -> names.addAll(build.columns().keySet()));
        List<DriftRow> rows = names.stream()
                .map(name -> DriftRow.of(name, builds))
                .sorted(Comparator.comparingDouble(DriftRow::urgency)
                        .thenComparingDouble(DriftRow::newestSeverity)
                        .reversed()
                        .thenComparing(DriftRow::getName))
                .limit(SHOWN)
                .toList();
        int compared = builds.stream().mapToInt(TrendPoint::comparedColumns).reduce(names.size(), Math::max);
        return new DriftMap(builds, rows, compared - rows.size());
    }

    /** Whether there is anything to show. */
    public boolean isWorthShowing() {
        return !rows.isEmpty();
    }

    /** The builds that looked at columns, oldest first. */
    public List<TrendPoint> getBuilds() {
        return builds;
    }

    /** The columns that are most severe in the newest builds first, at most {@value #SHOWN}. */
    @Exported
    public List<DriftRow> getColumns() {
        return rows;
    }

    /** How many columns there are besides. */
    @Exported
    public int getMore() {
        return more;
    }

    /** What colours and signs stand for, the least severe first. */
    public List<DriftLevel> getLevels() {
        return List.of(DriftLevel.values());
    }
}
