package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;

/**
 * How rows are grouped for one set of metrics: all together, or by the values of a slice column.
 *
 * @param sql the group's key as an SQL expression
 */
record Grouping(String sql) {

    /** The key of the one group that all rows are in. */
    static final String ALL = "";

    static Grouping all() {
        return new Grouping("''");
    }

    /** Rows without a value in the column are a slice, too. */
    static Grouping by(Column column) {
        return new Grouping("COALESCE(CAST(" + DataEngine.quote(column.name()) + " AS VARCHAR), '(none)')");
    }
}
