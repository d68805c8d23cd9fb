package io.mlcicd.drift;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import io.mlcicd.drift.OrderedNumbers.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Columns of numbers of one side, added up where the data are: their figures, and how many values are on each level. All
 * columns are asked for by the same queries.
 */
final class AddedNumbers {

    /** The quantiles between which levels are, and the deciles. */
    private static final int PIECES = 100;

    private static final List<Double> LEVELS =
            IntStream.rangeClosed(0, PIECES).mapToObj(i -> (double) i / PIECES).toList();

    private final DataEngine engine;
    private final String table;
    private final List<Figures> figures;

    /**
     * What is known of a column.
     *
     * @param count how many values there are
     * @param distinct how many different ones, within a few percent
     * @param quantiles at {@link #LEVELS}; empty without values
     */
    record Figures(long count, long distinct, List<Double> quantiles, Moments moments) {

        List<Double> deciles() {
            return Overview.LEVELS.stream()
                    .filter(level -> !quantiles.isEmpty())
                    .map(level -> quantiles.get((int) Math.round(level * PIECES)))
                    .toList();
        }
    }

    /**
     * The values of one level.
     *
     * @param count above 0
     */
    record Level(long count, double least, double greatest) {}

    private AddedNumbers(DataEngine engine, String table, List<Figures> figures) {
        this.engine = engine;
        this.table = table;
        this.figures = figures;
    }

    /** The columns of a side. */
    static AddedNumbers of(DataEngine engine, RawSide side, List<Column> columns) throws InterruptedException {
        String values = IntStream.range(0, columns.size())
                .mapToObj(i -> NumericColumn.expression(columns.get(i)) + " AS v" + i)
                .collect(Collectors.joining(", "));
        String table = engine.keep("SELECT " + values + " FROM " + side.relation());
        List<String> select = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String value = "v" + i;
            select.add("COUNT(%1$s) AS n%2$d, %3$s AS d%2$d, %4$s AS q%2$d, AVG(%1$s) AS m%2$d, VAR_POP(%1$s) AS s%2$d"
                    .formatted(
                            value,
                            i,
                            engine.dialect().approximateDistinct(value),
                            engine.dialect().roughQuantiles(value, LEVELS)));
        }
        Row row = engine.query("SELECT " + String.join(", ", select) + " FROM " + table)
                .get(0);
        List<Figures> figures = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            long count = row.count("n" + i);
            figures.add(new Figures(
                    count,
                    row.count("d" + i),
                    count == 0 ? List.of() : row.numbers("q" + i),
                    new Moments(
                            row.number("m" + i).orElse(0), row.number("s" + i).orElse(0))));
        }
        return new AddedNumbers(engine, table, List.copyOf(figures));
    }

    Figures figures(int column) {
        return figures.get(column);
    }

    /**
     * How many values are on each level.
     *
     * @param levels of each column, in SQL over the value {@code v}
     * @return of each column its levels, rising
     */
    List<NavigableMap<Double, Level>> levels(List<String> levels) throws InterruptedException {
        List<String> branches = new ArrayList<>();
        List<NavigableMap<Double, Level>> found = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            found.add(new TreeMap<>());
            branches.add(
                    "SELECT CAST(%1$d AS DOUBLE) AS i, CAST(l AS DOUBLE) AS l, CAST(COUNT(*) AS DOUBLE) AS n, MIN(v) AS a, MAX(v) AS z FROM (SELECT v, %2$s AS l FROM (SELECT v%1$d AS v FROM %3$s WHERE v%1$d IS NOT NULL) AS numbers) AS levels GROUP BY l"
                            .formatted(i, levels.get(i), table));
        }
        // Zeros of either sign are one number.
        engine.scan(
                String.join(" UNION ALL ", branches),
                5,
                row -> found.get((int) row[0]).put(row[1] + 0.0, new Level((long) row[2], row[3] + 0.0, row[4] + 0.0)));
        return found;
    }

    /** How many values of each column are below each of its places. */
    List<double[]> below(List<List<Double>> places) throws InterruptedException {
        List<String> select = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            for (int p = 0; p < places.get(i).size(); p++) {
                select.add("COUNT(CASE WHEN v%1$d < %2$s THEN 1 END) AS b%1$d_%3$d"
                        .formatted(i, DataEngine.literal(places.get(i).get(p)), p));
            }
        }
        List<double[]> below = new ArrayList<>();
        if (select.isEmpty()) {
            places.forEach(none -> below.add(new double[0]));
            return below;
        }
        Row row = engine.query("SELECT " + String.join(", ", select) + " FROM " + table)
                .get(0);
        for (int i = 0; i < places.size(); i++) {
            int column = i;
            below.add(IntStream.range(0, places.get(i).size())
                    .mapToDouble(p -> (double) row.count("b" + column + "_" + p))
                    .toArray());
        }
        return below;
    }
}
