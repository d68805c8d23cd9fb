package io.mlcicd.drift.performance;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.RowHash;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows of each window that are drawn where they are, each by a hash of its place; of small windows all.
 *
 * @param from the drawn rows: goes after FROM
 * @param totals of all rows of each window, by index
 * @param most how many rows are drawn of a window, as a rule
 */
record DrawnWindows(String from, Map<Integer, Totals> totals, long most) {

    /** So many rows are drawn of all windows together. */
    private static final long ALL_TOGETHER = 200_000;

    private static final long LEAST_OF_WINDOW = 500;
    private static final long SEED = 20_070_801;

    /**
     * All rows of a window that have a weight.
     *
     * @param weight the sum of their weights
     * @param squaredWeight the sum of the squared weights
     */
    record Totals(double rows, double weight, double squaredWeight) {

        /** Kish's effective number of rows. */
        double effectiveSize() {
            return weight * weight / squaredWeight;
        }
    }

    /**
     * Draws.
     *
     * @param weight a row's weight in SQL
     */
    static DrawnWindows of(WatchedRows served, Windows windows, String weight) throws InterruptedException {
        long most = Math.max(
                LEAST_OF_WINDOW, ALL_TOGETHER / Math.max(1, windows.windows().size()));
        String weighted =
                "(SELECT %s AS g, %s AS w FROM %s) AS weighted".formatted(windows.column(), weight, windows.table());
        Map<Integer, Totals> totals = new TreeMap<>();
        served.engine()
                .scan(
                        "SELECT CAST(g AS DOUBLE), CAST(COUNT(*) AS DOUBLE), SUM(w), SUM(w * w) FROM %s WHERE w > 0 GROUP BY g"
                                .formatted(weighted),
                        4,
                        row -> totals.put((int) row[0], new Totals(row[1], row[2], row[3])));
        String chance = served.free("watch_chance");
        String group = served.free("watch_group");
        String rows = served.free("watch_rows");
        String from =
                "(SELECT * FROM (SELECT *, %s AS %s FROM %s WHERE %s > 0) AS placed JOIN (SELECT g AS %s, COUNT(*) AS %s FROM %s WHERE w > 0 GROUP BY g) AS counted ON %s = %s WHERE %s * %s < %s) AS drawn"
                        .formatted(
                                RowHash.sql(served.place(), SEED),
                                chance,
                                windows.table(),
                                weight,
                                group,
                                rows,
                                weighted,
                                windows.column(),
                                group,
                                chance,
                                rows,
                                DataEngine.literal((double) most));
        return new DrawnWindows(from, Map.copyOf(totals), most);
    }
}
