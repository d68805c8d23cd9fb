package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.operation.InvalidInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How rows are split into slices, in SQL.
 *
 * @param name what gates and reports call it
 * @param sql the slice's value of a row, as text
 * @param order the order of values in reports
 */
record Grouping(String name, String sql, Comparator<String> order) {

    private static final String NONE = "(none)";

    static Grouping of(SliceSpec spec, Predictions file) throws InterruptedException {
        List<String> parts = new ArrayList<>();
        for (SliceSpec.Part part : spec.parts()) {
            Column column = file.column(part.column(), "a slice");
            if (!part.edges().isEmpty() && !column.type().isNumeric()) {
                throw new InvalidInputException("%s: column '%s' is to be split into bins, but it is of type %s"
                        .formatted(file.file(), part.column(), column.type().key()));
            }
            parts.add(part.edges().isEmpty() ? value(column) : bins(column, part.edges()));
        }
        List<String> bins =
                spec.parts().size() == 1 ? labels(spec.parts().get(0).edges()) : List.of();
        Comparator<String> order =
                Comparator.<String>comparingInt(bins::indexOf).thenComparing(Comparator.naturalOrder());
        return new Grouping(spec.name(), String.join(" || ', ' || ", parts), order);
    }

    /** Rows without a value in the column are a slice, too. */
    private static String value(Column column) {
        String text = column.type() == ColumnType.NUMBER
                ? ClassLabels.sql(column)
                : "CAST(" + DataEngine.quote(column.name()) + " AS VARCHAR)";
        return "COALESCE(" + text + ", '" + NONE + "')";
    }

    private static String bins(Column column, List<Double> edges) {
        String name = DataEngine.quote(column.name());
        List<String> labels = labels(edges);
        StringBuilder sql = new StringBuilder("CASE WHEN " + name + " IS NULL THEN '" + NONE + "'");
        for (int i = 0; i < edges.size(); i++) {
            sql.append(" WHEN ")
                    .append(name)
                    .append(" < ")
                    .append(DataEngine.literal(edges.get(i)))
                    .append(" THEN ")
                    .append(DataEngine.literal(labels.get(i)));
        }
        return sql.append(" ELSE ")
                .append(DataEngine.literal(labels.get(edges.size())))
                .append(" END")
                .toString();
    }

    private static List<String> labels(List<Double> edges) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < edges.size(); i++) {
            labels.add(
                    i == 0 ? "below " + plain(edges.get(0)) : plain(edges.get(i - 1)) + " to " + plain(edges.get(i)));
        }
        if (!edges.isEmpty()) {
            labels.add(plain(edges.get(edges.size() - 1)) + " or more");
        }
        return labels;
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
