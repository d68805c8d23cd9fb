package io.mlcicd.drift;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.distance.Binning;
import io.mlcicd.drift.Contingency.Cell;
import io.mlcicd.drift.Contingency.Rows;
import io.mlcicd.drift.Plan.Planned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Compares numeric columns of two sides, all of them together. */
final class NumericComparison {

    private final Side reference;
    private final Side current;
    private final long referenceRows;
    private final long currentRows;

    NumericComparison(Side reference, Side current, long referenceRows, long currentRows) {
        this.reference = reference;
        this.current = current;
        this.referenceRows = referenceRows;
        this.currentRows = currentRows;
    }

    /** The comparisons, in the order of the columns. */
    List<Comparison> of(List<Planned> columns, ExactKolmogorovSmirnov exact) throws InterruptedException {
        Map<String, Binning> binnings = new HashMap<>();
        Map<String, List<Double>> points = new HashMap<>();
        for (Planned column : columns) {
            Binning binning = Binning.ofQuantiles(column.referenceOverview().deciles());
            binnings.put(column.name(), binning);
            points.put(column.name(), points(column, binning));
        }
        Map<String, double[]> ofReference = below(reference, columns, points, true);
        Map<String, double[]> ofCurrent = below(current, columns, points, false);
        Map<String, Double> statistics = exact.statistics(columns);

        List<Comparison> comparisons = new ArrayList<>();
        for (Planned column : columns) {
            String name = column.name();
            CumulativeCounts before = new CumulativeCounts(
                    points.get(name),
                    ofReference.get(name),
                    column.referenceOverview().values());
            CumulativeCounts now = new CumulativeCounts(
                    points.get(name),
                    ofCurrent.get(name),
                    column.currentOverview().values());
            comparisons.add(
                    compare(column, binnings.get(name), before, now, Optional.ofNullable(statistics.get(name))));
        }
        return comparisons;
    }

    private Comparison compare(
            Planned column,
            Binning binning,
            CumulativeCounts before,
            CumulativeCounts now,
            Optional<Double> exactStatistic) {
        long n = column.referenceOverview().values();
        long m = column.currentOverview().values();
        double[] inReference = before.in(binning);
        double[] inCurrent = now.in(binning);
        boolean seconds = column.type() == ColumnType.DATE || column.type() == ColumnType.TIMESTAMP;
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < binning.size(); i++) {
            String label = Wording.label(binning.from(i), binning.to(i), seconds);
            cells.add(new Cell(label, binning.from(i), binning.to(i), inReference[i], inCurrent[i]));
        }
        boolean bothHaveValues = n > 0 && m > 0;
        double statistic = exactStatistic.orElseGet(() -> bothHaveValues ? before.distanceTo(now) : 0);
        Rows referenceCount = new Rows(referenceRows, n);
        Rows currentCount = new Rows(currentRows, m);
        return new Comparison(
                column,
                ColumnKind.NUMERIC,
                Contingency.of(cells, referenceCount, currentCount),
                referenceCount,
                currentCount,
                Optional.of(KolmogorovSmirnov.of(statistic, n, m)),
                exactStatistic.isEmpty() && bothHaveValues,
                List.of(),
                List.of());
    }

    /** Where the distribution functions are needed: at the cuts, and wherever a profile knows its own. */
    private List<Double> points(Planned column, Binning binning) {
        TreeSet<Double> points = new TreeSet<>(binning.cuts());
        if (column.referenceOverview().values() > 0) {
            points.addAll(reference.knots(column.reference()));
        }
        if (column.currentOverview().values() > 0) {
            points.addAll(current.knots(column.current()));
        }
        return List.copyOf(points);
    }

    private static Map<String, double[]> below(
            Side side, List<Planned> columns, Map<String, List<Double>> points, boolean isReference)
            throws InterruptedException {
        Map<Column, List<Double>> asked = new LinkedHashMap<>();
        Map<String, double[]> below = new HashMap<>();
        for (Planned column : columns) {
            Overview overview = isReference ? column.referenceOverview() : column.currentOverview();
            List<Double> ofColumn = points.get(column.name());
            below.put(column.name(), new double[ofColumn.size()]);
            if (overview.values() > 0 && !ofColumn.isEmpty()) {
                asked.put(isReference ? column.reference() : column.current(), ofColumn);
            }
        }
        below.putAll(side.below(asked));
        return below;
    }
}
