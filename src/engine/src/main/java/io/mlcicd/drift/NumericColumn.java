package io.mlcicd.drift;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;

/** SQL for a column's values as numbers. */
final class NumericColumn {

    private NumericColumn() {}

    /**
     * The values as floating-point numbers, dates and timestamps as seconds since 1970-01-01T00:00Z; NULL for NaN and
     * infinities, which have no place between quantiles.
     */
    static String expression(Column column) {
        String name = DataEngine.quote(column.name());
        return switch (column.type()) {
            case INTEGER -> "CAST(" + name + " AS DOUBLE)";
            case DATE, TIMESTAMP -> "EXTRACT(EPOCH FROM " + name + ")";
            default ->
                "CASE WHEN abs(CAST(%s AS DOUBLE)) <= %s THEN CAST(%s AS DOUBLE) END"
                        .formatted(name, literal(Double.MAX_VALUE), name);
        };
    }

    /** The number exactly: engines read plain decimal literals as decimals, not as doubles. */
    static String literal(double value) {
        return "CAST('" + value + "' AS DOUBLE)";
    }

    /** Whether columns of that type have a numeric expression. */
    static boolean suits(ColumnType type) {
        return type != ColumnType.OTHER && ColumnKind.of(type) == ColumnKind.NUMERIC;
    }
}
