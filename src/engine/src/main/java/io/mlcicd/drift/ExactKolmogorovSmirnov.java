package io.mlcicd.drift;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.drift.Plan.Planned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Computes Kolmogorov–Smirnov statistics where both sides are data. */
@FunctionalInterface
interface ExactKolmogorovSmirnov {

    /** The statistics by column name; columns that one side has no values of are left out. */
    Map<String, Double> statistics(List<Planned> columns) throws InterruptedException;

    /** Where a side is a profile there is none. */
    ExactKolmogorovSmirnov NONE = columns -> Map.of();

    /**
     * One query for all columns. Equal values are counted together before the running sums, so that ties on and
     * between the sides enter the distance once, after all of them.
     */
    static ExactKolmogorovSmirnov between(DataEngine engine, RawSide reference, RawSide current) {
        return columns -> {
            List<Planned> both = columns.stream()
                    .filter(column -> column.referenceOverview().values() > 0
                            && column.currentOverview().values() > 0)
                    .toList();
            Map<String, Double> statistics = new HashMap<>();
            if (!both.isEmpty()) {
                engine.query(query(both, reference, current))
                        .forEach(row -> statistics.put(
                                both.get((int) row.count("i")).name(),
                                row.number("statistic").orElseThrow()));
            }
            return statistics;
        };
    }

    private static String query(List<Planned> columns, RawSide reference, RawSide current) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Planned column = columns.get(i);
            parts.add("""
                    SELECT %1$d AS i, max(abs(r / %2$s - c / %3$s)) AS statistic FROM (
                      SELECT sum(r) OVER (ORDER BY v ROWS UNBOUNDED PRECEDING) AS r,
                             sum(c) OVER (ORDER BY v ROWS UNBOUNDED PRECEDING) AS c
                      FROM (SELECT v, sum(r) AS r, sum(c) AS c
                            FROM (SELECT v%1$d AS v, 1 AS r, 0 AS c FROM reference_values
                                  UNION ALL SELECT v%1$d, 0, 1 FROM current_values) AS united
                            WHERE v IS NOT NULL GROUP BY v) AS grouped) AS running
                    """.formatted(
                    i,
                    NumericColumn.literal((double) column.referenceOverview().values()),
                    NumericColumn.literal((double) column.currentOverview().values())));
        }
        return "WITH reference_values AS (%s), current_values AS (%s) %s"
                .formatted(
                        values(columns.stream().map(Planned::reference).toList(), reference),
                        values(columns.stream().map(Planned::current).toList(), current),
                        String.join(" UNION ALL ", parts));
    }

    private static String values(List<Column> columns, RawSide side) {
        List<String> values = new ArrayList<>();
        for (Column column : columns) {
            values.add(NumericColumn.expression(column) + " AS v" + values.size());
        }
        return "SELECT " + values.stream().collect(Collectors.joining(", ")) + " FROM " + side.relation();
    }
}
