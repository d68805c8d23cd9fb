package io.mlcicd.drift;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Values that are too many for this process's heap: the engine sorts them, beyond memory if need be. */
final class StreamedNumbers implements OrderedNumbers {

    private final DataEngine engine;
    private final String values;
    private final long count;

    private StreamedNumbers(DataEngine engine, String values, long count) {
        this.engine = engine;
        this.values = values;
        this.count = count;
    }

    /** The column's values on that side. */
    static StreamedNumbers of(DataEngine engine, String relation, Column column) throws InterruptedException {
        String values = "SELECT v FROM (SELECT %s AS v FROM %s) AS numbers WHERE v IS NOT NULL"
                .formatted(NumericColumn.expression(column), relation);
        long count = engine.query("SELECT count(*) AS n FROM (" + values + ") AS counted")
                .get(0)
                .count("n");
        return new StreamedNumbers(engine, values, count);
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public List<Double> deciles() throws InterruptedException {
        if (count == 0) {
            return List.of();
        }
        long[] ranks = Overview.LEVELS.stream()
                .mapToLong(level -> OrderedNumbers.rank(level, count))
                .toArray();
        double[] low = new double[ranks.length];
        double[] high = new double[ranks.length];
        long[] before = new long[1];
        engine.scan(counted(), 2, row -> {
            long end = before[0] + (long) row[1];
            for (int i = 0; i < ranks.length; i++) {
                if (before[0] <= ranks[i] && ranks[i] < end) {
                    low[i] = row[0];
                }
                long next = Math.min(ranks[i] + 1, count - 1);
                if (before[0] <= next && next < end) {
                    high[i] = row[0];
                }
            }
            before[0] = end;
        });
        List<Double> deciles = new ArrayList<>();
        for (int i = 0; i < ranks.length; i++) {
            deciles.add(OrderedNumbers.quantile(Overview.LEVELS.get(i), count, low[i], high[i]));
        }
        return List.copyOf(deciles);
    }

    @Override
    public List<Double> knots() throws InterruptedException {
        TreeSet<Double> knots = new TreeSet<>();
        for (double decile : deciles()) {
            knots.add(decile);
            knots.add(Math.nextUp(decile) + 0.0);
        }
        return List.copyOf(knots);
    }

    @Override
    public Moments moments() throws InterruptedException {
        Moments.Sum sum = new Moments.Sum();
        engine.scan(counted(), 2, row -> sum.add(row[0], row[1]));
        return sum.moments();
    }

    @Override
    public double[] below(List<Double> places) throws InterruptedException {
        double[] below = new double[places.size()];
        double[] before = new double[1];
        int[] place = new int[1];
        engine.scan(counted(), 2, row -> {
            while (place[0] < below.length && places.get(place[0]) <= row[0]) {
                below[place[0]++] = before[0];
            }
            before[0] += row[1];
        });
        for (int i = place[0]; i < below.length; i++) {
            below[i] = before[0];
        }
        return below;
    }

    private String counted() {
        return "SELECT v, CAST(count(*) AS DOUBLE) AS n FROM (%s) AS grouped GROUP BY v ORDER BY v".formatted(values);
    }

    /** Hands the values of both to a walk, each different one once, in order. */
    static void merge(StreamedNumbers reference, StreamedNumbers current, PooledOrder walk)
            throws InterruptedException {
        String both =
                ("SELECT v, CAST(sum(r) AS DOUBLE) AS r, CAST(sum(c) AS DOUBLE) AS c FROM (SELECT v, 1 AS r, 0 AS c"
                                + " FROM (%s) AS one UNION ALL SELECT v, 0, 1 FROM (%s) AS other) AS united GROUP BY v ORDER BY v")
                        .formatted(reference.values, current.values);
        reference.engine.scan(both, 3, row -> walk.add(row[0], (long) row[1], (long) row[2]));
    }
}
