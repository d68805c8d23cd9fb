package io.mlcicd.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the first pass of a {@link Profiler} learns of a column.
 *
 * @param distinct number of different values, within a few percent
 * @param finite number of values with a place on the axis of numbers
 * @param mean their mean, before the second pass has made it more exact
 * @param quantiles their quantiles at {@link #LEVELS}
 */
record ColumnTotals(
        Column column,
        long count,
        long nulls,
        long distinct,
        Optional<String> min,
        Optional<String> max,
        long finite,
        double mean,
        List<Double> quantiles,
        Optional<TextLengths> lengths) {

    /** The levels that a profile keeps: for people to read, and the deciles, which drift bins by. */
    static final List<Double> SHOWN_LEVELS =
            List.of(0.0, 0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.99, 1.0);

    /** Those and the edges of the bins, rising. */
    static final List<Double> LEVELS = levels();

    /** Halving twice is exact and keeps the difference of any two doubles finite while quantiles are interpolated. */
    private static final double QUARTER = 0.25;

    /** Dividing by this power of two is exact and keeps the sum of any number of doubles finite. */
    private static final double FAR = 0x1p64;

    private static final MathContext RELIABLE = new MathContext(15);

    String name() {
        return column.name();
    }

    ColumnType type() {
        return column.type();
    }

    private static List<Double> levels() {
        TreeSet<Double> levels = new TreeSet<>(SHOWN_LEVELS);
        for (int i = 0; i <= Edges.EQUAL_FREQUENCY; i++) {
            levels.add((double) i / Edges.EQUAL_FREQUENCY);
        }
        return List.copyOf(levels);
    }

    /** Whether values of that type have a place on the axis of numbers. */
    static boolean onAxis(ColumnType type) {
        return type.isNumeric() || type == ColumnType.DATE || type == ColumnType.TIMESTAMP;
    }

    /** What to ask for in the first pass, under names that end in {@code i}. */
    static String select(Column column, int i, Dialect dialect) {
        String name = DataEngine.quote(column.name());
        List<String> list = new ArrayList<>();
        list.add("count(%s) AS c%d".formatted(name, i));
        String comparable = column.type() == ColumnType.OTHER ? "CAST(" + name + " AS VARCHAR)" : name;
        list.add("%s AS d%d".formatted(dialect.approximateDistinct(comparable), i));
        if (column.type() == ColumnType.STRING) {
            list.add("min(length(%1$s)) AS s%2$d, max(length(%1$s)) AS l%2$d".formatted(name, i));
        }
        if (onAxis(column.type())) {
            String number = dialect.finite(name, column.type());
            String kept = "CASE WHEN (%s) IS NOT NULL THEN %s END".formatted(number, name);
            list.add("min(%1$s) AS a%2$d, max(%1$s) AS z%2$d".formatted(kept, i));
            list.add("count(%s) AS f%d".formatted(number, i));
            list.add("avg((%s) / %s) AS m%d".formatted(number, DataEngine.literal(FAR), i));
            list.add("%s AS q%d"
                    .formatted(dialect.quantiles("(" + number + ") * " + DataEngine.literal(QUARTER), LEVELS), i));
        }
        return String.join(", ", list);
    }

    /** Reads what {@link #select} asked for. */
    static ColumnTotals read(Column column, int i, Row row) {
        long count = row.count("c" + i);
        boolean texts = column.type() == ColumnType.STRING && count > 0;
        return new ColumnTotals(
                column,
                count,
                row.count("n") - count,
                row.count("d" + i),
                row.text("a" + i),
                row.text("z" + i),
                row.count("f" + i),
                row.number("m" + i).orElse(0) * FAR,
                quantiles(row.numbers("q" + i)),
                texts ? Optional.of(new TextLengths(row.count("s" + i), row.count("l" + i))) : Optional.empty());
    }

    /** Interpolating between equal values may miss them by the last digit, which would make two edges of one. */
    private static List<Double> quantiles(List<Double> quarters) {
        if (quarters.isEmpty()) {
            return List.of();
        }
        double min = quarters.get(0) / QUARTER;
        double max = quarters.get(quarters.size() - 1) / QUARTER;
        List<Double> quantiles = new ArrayList<>();
        for (double quarter : quarters) {
            double rounded = new BigDecimal(quarter / QUARTER).round(RELIABLE).doubleValue();
            quantiles.add(Math.max(min, Math.min(max, rounded)));
        }
        quantiles.set(0, min);
        quantiles.set(quantiles.size() - 1, max);
        return List.copyOf(quantiles);
    }

    /** The quantile at one of the {@link #LEVELS}. */
    double quantile(double level) {
        return quantiles.get(Collections.binarySearch(LEVELS, level));
    }
}
