package io.mlcicd.data;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The most frequent values of many columns by one query, in which values of all types are texts. */
final class TopValuesTogether {

    private static final int COLUMNS_AT_ONCE = 200;

    private final DataEngine engine;
    private final Relation data;

    TopValuesTogether(DataEngine engine, Relation data) {
        this.engine = engine;
        this.data = data;
    }

    /** The most frequent values by column; a column with too many for its type is left out. */
    Map<String, TopValues> of(List<ColumnTotals> columns) throws InterruptedException {
        Map<String, TopValues> top = new HashMap<>();
        for (int i = 0; i < columns.size(); i += COLUMNS_AT_ONCE) {
            ofSome(columns.subList(i, Math.min(i + COLUMNS_AT_ONCE, columns.size())), top);
        }
        return top;
    }

    private record Placed(long place, TopValues.ValueCount value) {}

    private void ofSome(List<ColumnTotals> columns, Map<String, TopValues> top) throws InterruptedException {
        List<List<String>> stacked = new ArrayList<>();
        List<List<Placed>> found = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = DataEngine.quote(columns.get(i).name());
            // Adding zero turns a negative zero into zero.
            String value = columns.get(i).type() == ColumnType.NUMBER ? "(" + name + " + 0E0)" : name;
            stacked.add(List.of(String.valueOf(i), "CAST(" + value + " AS VARCHAR)"));
            found.add(new ArrayList<>());
        }
        String all = engine.dialect().stacked(List.of("c", "v"), stacked, data.sql());
        for (Row row : engine.query(
                ("SELECT c, v, n, place FROM (SELECT c, v, n, row_number() OVER (PARTITION BY c ORDER BY n DESC, v)"
                                + " AS place FROM (SELECT c, v, count(*) AS n FROM %s WHERE v IS NOT NULL GROUP BY c, v)) WHERE place <= %d")
                        .formatted(all, TopValues.LIMIT + 1))) {
            int column = (int) row.count("c");
            String value =
                    plain(row.text("v").orElseThrow(), columns.get(column).type());
            found.get(column).add(new Placed(row.count("place"), new TopValues.ValueCount(value, row.count("n"))));
        }
        for (int i = 0; i < columns.size(); i++) {
            ColumnTotals column = columns.get(i);
            List<TopValues.ValueCount> values = found.get(i).stream()
                    .sorted(Comparator.comparingLong(Placed::place))
                    .map(Placed::value)
                    .sorted(Comparator.comparingLong(TopValues.ValueCount::count)
                            .reversed()
                            .thenComparing(TopValues.ValueCount::value, order(column.type())))
                    .toList();
            TopValues.first(values, column.type()).ifPresent(first -> top.put(column.name(), first));
        }
    }

    /** A value's text as it is told when it comes with its type. */
    private static String plain(String text, ColumnType type) {
        return switch (type) {
            case NUMBER -> String.valueOf(number(text));
            case INTEGER -> {
                BigInteger whole = new BigInteger(text);
                yield whole.bitLength() < Long.SIZE ? text : String.valueOf(whole.doubleValue());
            }
            case TIMESTAMP -> LocalDateTime.parse(text.replace(' ', 'T')).toString();
            case BOOLEAN, STRING, DATE, OTHER -> text;
        };
    }

    private static double number(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** The order of a type's values; texts are in the engine's order already. */
    private static Comparator<String> order(ColumnType type) {
        return switch (type) {
            case NUMBER, INTEGER -> Comparator.comparingDouble(TopValuesTogether::number);
            case DATE -> Comparator.comparing(LocalDate::parse);
            case TIMESTAMP -> Comparator.comparing(LocalDateTime::parse);
            case BOOLEAN, STRING, OTHER -> Comparator.comparingInt(text -> 0);
        };
    }
}
