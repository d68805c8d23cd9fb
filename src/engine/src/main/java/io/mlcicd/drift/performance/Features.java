package io.mlcicd.drift.performance;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Columns from which errors can be learned: numbers and booleans, and texts of few values, that both files have and that
 * have no role, and the prediction.
 *
 * @param names of the columns
 * @param sql of each a number, or NULL
 */
record Features(List<String> names, List<String> sql) {

    private static final int MOST_VALUES = 50;
    private static final int MOST_COLUMNS = 200;

    /**
     * The names of columns that may be features: those that were named, else all that can be.
     *
     * @throws io.mlcicd.operation.InvalidInputException when a named one is missing
     */
    static List<String> candidates(PerformanceRequest request, Relation reference, Relation served) {
        for (String name : request.features()) {
            reference.require(name, "a feature of the performance watch");
            served.require(name, "a feature of the performance watch");
        }
        RoleNames roles = RoleNames.of(request.task(), request.roles());
        Set<String> taken = new HashSet<>(roles.all(true));
        request.timestamp().ifPresent(taken::add);
        request.roles().id().ifPresent(taken::add);
        return reference.columns().stream()
                .filter(column -> !taken.contains(column.name()) && isUsable(column.type()))
                .filter(column ->
                        request.features().isEmpty() || request.features().contains(column.name()))
                .filter(column -> served.find(column.name())
                        .filter(other ->
                                other.type().isNumeric() == column.type().isNumeric()
                                        && isUsable(other.type())
                                        && (other.type() == ColumnType.STRING) == (column.type() == ColumnType.STRING))
                        .isPresent())
                .map(Column::name)
                .limit(MOST_COLUMNS)
                .toList();
    }

    private static boolean isUsable(ColumnType type) {
        return type.isNumeric() || type == ColumnType.BOOLEAN || type == ColumnType.STRING;
    }

    /** The features by the values that the reference has. */
    static Features of(List<String> candidates, WatchedRows reference, String prediction) throws InterruptedException {
        List<String> names = new ArrayList<>(List.of(prediction));
        List<String> sql = new ArrayList<>(List.of(number(reference.engine(), prediction)));
        for (String name : candidates) {
            ColumnType type = reference.relation().find(name).orElseThrow().type();
            String quoted = DataEngine.quote(name);
            if (type == ColumnType.STRING) {
                coded(reference, quoted).ifPresent(code -> {
                    names.add(name);
                    sql.add(code);
                });
            } else {
                names.add(name);
                sql.add(
                        type == ColumnType.BOOLEAN
                                ? "CASE WHEN " + quoted + " THEN 1E0 WHEN NOT " + quoted + " THEN 0E0 END"
                                : number(reference.engine(), name));
            }
        }
        return new Features(List.copyOf(names), List.copyOf(sql));
    }

    private static String number(DataEngine engine, String name) {
        return engine.dialect().finite(DataEngine.quote(name), ColumnType.NUMBER);
    }

    /** A value that the reference lacks has no number. */
    private static Optional<String> coded(WatchedRows reference, String quoted) throws InterruptedException {
        List<Row> values = reference
                .engine()
                .query(
                        "SELECT %1$s AS v FROM %2$s WHERE %1$s IS NOT NULL GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT %3$d"
                                .formatted(quoted, reference.table(), MOST_VALUES + 1));
        if (values.isEmpty() || values.size() > MOST_VALUES) {
            return Optional.empty();
        }
        StringBuilder sql = new StringBuilder("CASE " + quoted);
        for (int i = 0; i < values.size(); i++) {
            sql.append(" WHEN ")
                    .append(DataEngine.literal(values.get(i).text("v").orElseThrow()))
                    .append(" THEN ")
                    .append(DataEngine.literal(i));
        }
        return Optional.of(sql.append(" END").toString());
    }
}
