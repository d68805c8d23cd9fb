package io.mlcicd.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the first pass of a {@link Profiler} learns of a column.
 *
 * @param distinct number of different values, within a few percent
 * @param finite number of values with a place on the axis of numbers
 * @param mean their mean, before the second pass has made it more exact
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
        Optional<TextLengths> lengths) {

    /** Dividing by this power of two is exact and keeps the sum of any number of doubles finite. */
    private static final double FAR = 0x1p64;

    String name() {
        return column.name();
    }

    ColumnType type() {
        return column.type();
    }

    /** Whether values of that type have a place on the axis of numbers. */
    private static boolean onAxis(ColumnType type) {
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
        }
        return String.join(", ", list);
    }

    /** To engines zero and negative zero are one value, of which they name either. */
    static String plainZero(String value, ColumnType type) {
        return type == ColumnType.NUMBER && value.equals("-0.0") ? "0.0" : value;
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
                row.text("a" + i).map(value -> plainZero(value, column.type())),
                row.text("z" + i).map(value -> plainZero(value, column.type())),
                row.count("f" + i),
                row.number("m" + i).orElse(0) * FAR,
                texts ? Optional.of(new TextLengths(row.count("s" + i), row.count("l" + i))) : Optional.empty());
    }
}
