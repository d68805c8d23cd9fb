package io.mlcicd.drift.multivariate;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Row;
import io.mlcicd.drift.multivariate.EncodedColumn.Kind;
import io.mlcicd.drift.multivariate.EncodedColumn.Sides;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads two samples of the same columns as numbers. */
final class SampleEncoder {

    /** How many categories of a column have codes of their own; trees part codes in their order, the frequent ones first. */
    static final int CATEGORIES = 100;

    /** Keeps statements short enough for any engine. */
    private static final int COLUMNS_AT_ONCE = 50;

    private final DataEngine engine;
    private final SampledRows reference;
    private final SampledRows current;

    SampleEncoder(DataEngine engine, SampledRows reference, SampledRows current) {
        this.engine = engine;
        this.reference = reference;
        this.current = current;
    }

    /** Whether values of that type can be numbers or categories. */
    static boolean suits(Column column) {
        return column.type() != ColumnType.OTHER;
    }

    /** What a sample must keep of a column. */
    static String expression(DataEngine engine, Column column) {
        String name = DataEngine.quote(column.name());
        return column.type() == ColumnType.STRING
                ? "CAST(" + name + " AS VARCHAR)"
                : engine.dialect().finite(name, column.type());
    }

    /** The columns, of which the samples have the expressions in the same order. */
    List<EncodedColumn> encode(List<Column> columns) throws InterruptedException {
        List<List<String>> categories = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            categories.add(columns.get(i).type() == ColumnType.STRING ? categories(i) : List.of());
        }
        double[][] before = read(reference, columns, categories);
        double[][] now = read(current, columns, categories);
        return IntStream.range(0, columns.size())
                .mapToObj(i -> new EncodedColumn(
                        columns.get(i).name(),
                        kind(columns.get(i).type()),
                        new Sides(before[i], now[i]),
                        categories.get(i)))
                .toList();
    }

    private static Kind kind(ColumnType type) {
        return switch (type) {
            case STRING -> Kind.CATEGORY;
            case BOOLEAN -> Kind.BOOLEAN;
            default -> Kind.NUMBER;
        };
    }

    /** The most frequent of both sides by their shares; of equals the first in order. */
    private List<String> categories(int column) throws InterruptedException {
        Map<String, Double> shares = new HashMap<>();
        for (SampledRows side : List.of(reference, current)) {
            String sql =
                    "SELECT c%1$d AS v, count(*) AS n FROM %2$s WHERE c%1$d IS NOT NULL GROUP BY c%1$d ORDER BY n DESC, v LIMIT %3$d"
                            .formatted(column, side.sql(), CATEGORIES);
            for (Row row : engine.query(sql)) {
                shares.merge(row.text("v").orElseThrow(), (double) row.count("n") / side.rows(), Double::sum);
            }
        }
        return shares.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(CATEGORIES)
                .map(Map.Entry::getKey)
                .toList();
    }

    private double[][] read(SampledRows side, List<Column> columns, List<List<String>> categories)
            throws InterruptedException {
        double[][] values = new double[columns.size()][side.rows()];
        for (int first = 0; first < columns.size(); first += COLUMNS_AT_ONCE) {
            int from = first;
            int to = Math.min(columns.size(), first + COLUMNS_AT_ONCE);
            StringBuilder select = new StringBuilder("SELECT ");
            for (int i = from; i < to; i++) {
                select.append(columns.get(i).type() == ColumnType.STRING ? code(i, categories.get(i)) : "c" + i)
                        .append(", ");
            }
            String sql = select + "CAST(place AS DOUBLE) FROM " + side.sql() + " ORDER BY place";
            int[] next = {0};
            engine.scan(sql, to - from, row -> {
                int at = next[0]++;
                for (int i = from; i < to; i++) {
                    values[i][at] = row[i - from];
                }
            });
        }
        return values;
    }

    private static String code(int column, List<String> categories) {
        StringBuilder code = new StringBuilder("CAST(CASE");
        for (int i = 0; i < categories.size(); i++) {
            code.append(" WHEN c%d = %s THEN %d".formatted(column, DataEngine.literal(categories.get(i)), i));
        }
        return code.append(" WHEN c%d IS NOT NULL THEN %d END AS DOUBLE)".formatted(column, categories.size()))
                .toString();
    }
}
