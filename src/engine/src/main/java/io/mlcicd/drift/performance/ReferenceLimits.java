package io.mlcicd.drift.performance;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import io.mlcicd.drift.performance.MeasuredRows.Group;
import io.mlcicd.evaluation.Confidence;
import io.mlcicd.operation.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the reference says of metrics: over all of its rows, and of equal chunks of them in their order.
 *
 * @param whole over all rows
 * @param chunks each by itself; empty when the reference has too few rows
 * @param chunkRows how many rows each has
 * @param scaled whether they are smaller than windows
 * @param notes by how much what is over all rows may be off
 */
record ReferenceLimits(Group whole, List<Group> chunks, double chunkRows, boolean scaled, List<String> notes) {

    /** With fewer chunks than that one does not know how far they spread. */
    private static final int ENOUGH = 10;

    private static final int LEAST = 5;
    private static final int FEWEST_RESAMPLES = 100;

    /** Measures the reference in chunks of as many rows as windows have, or in smaller ones when that would be too few. */
    static ReferenceLimits of(
            PerformanceRequest request, WatchedRows reference, long windowRows, Optional<String> positive)
            throws InterruptedException {
        long labelled = reference.labelledRows();
        long chunks = labelled / Math.max(windowRows, 1);
        boolean scaled = chunks < ENOUGH;
        if (scaled) {
            chunks = Math.min(ENOUGH, labelled / request.leastRows());
        }
        boolean enough = chunks >= LEAST;
        long used = enough ? chunks : 1;
        String column = reference.free("watch_chunk");
        String rank = reference.free("watch_rank");
        String table = reference
                .engine()
                .keep(
                        "SELECT *, CAST(CASE WHEN n < %1$d THEN n ELSE %1$d END AS INTEGER) AS %2$s FROM (SELECT *, FLOOR((%3$s - 1) * %4$s / %5$s) AS n FROM %6$s AS ranked) AS numbered"
                                .formatted(
                                        TimeSpans.MOST,
                                        column,
                                        rank,
                                        DataEngine.literal((double) used),
                                        DataEngine.literal((double) labelled),
                                        reference.labelledInOrder(rank)));
        Confidence confidence = new Confidence(
                request.confidence().level(),
                FEWEST_RESAMPLES,
                request.confidence().seed());
        MeasuredRows measured = MeasuredRows.of(request, reference, table, column, positive, confidence);
        Set<Integer> single = singleClass(request, reference, table, column);
        List<Group> groups = new ArrayList<>();
        measured.groups().forEach((index, group) -> {
            if (enough && index < TimeSpans.MOST && !single.contains(index)) {
                groups.add(group);
            }
        });
        return new ReferenceLimits(
                measured.whole(), List.copyOf(groups), (double) labelled / used, scaled, measured.notes());
    }

    /** Chunks with one class alone, in which half of the metrics mean nothing. */
    private static Set<Integer> singleClass(
            PerformanceRequest request, WatchedRows reference, String table, String column)
            throws InterruptedException {
        Set<Integer> single = new HashSet<>();
        if (request.task() == Task.BINARY || request.task() == Task.MULTICLASS) {
            for (Row row : reference
                    .engine()
                    .query("SELECT %s AS w FROM %s GROUP BY 1 HAVING COUNT(DISTINCT %s) < 2"
                            .formatted(
                                    column,
                                    table,
                                    DataEngine.quote(request.roles().label().orElseThrow())))) {
                single.add((int) row.count("w"));
            }
        }
        return single;
    }

    /** The control limits of a metric. */
    Optional<ControlLimits> limits(String metric) {
        List<Double> values = chunks.stream()
                .map(group -> group.metrics().get(metric))
                .filter(value -> value != null && Double.isFinite(value))
                .toList();
        return ControlLimits.of(values, ControlLimits.Source.REFERENCE, chunkRows, scaled);
    }
}
