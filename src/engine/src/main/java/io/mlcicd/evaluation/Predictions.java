package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.operation.InvalidInputException;
import java.util.List;

/** An opened predictions file whose columns have been found to be usable. */
final class Predictions {

    private final DataEngine engine;
    private final Relation relation;

    Predictions(DataEngine engine, Relation relation) {
        this.engine = engine;
        this.relation = relation;
    }

    DataEngine engine() {
        return engine;
    }

    String from() {
        return relation.sql();
    }

    String file() {
        return relation.source().shown();
    }

    /** A column that must be there; role says what for. */
    Column column(String name, String role) {
        return relation.require(name, role);
    }

    /**
     * A column of numbers that must be there.
     *
     * @throws InvalidInputException when a value is no number; the message has its row
     */
    Column numbers(String name, String role) throws InterruptedException {
        Column column = relation.require(name, role);
        if (!column.type().isNumeric()) {
            String value = DataEngine.quote(name);
            String number = engine.dialect().tryCast("CAST(" + value + " AS VARCHAR)", ColumnType.NUMBER);
            List<Row> offending = engine.query("SELECT row_number, " + value + " AS v FROM "
                    + engine.dialect().numbered(relation) + " WHERE " + value + " IS NOT NULL AND " + number
                    + " IS NULL ORDER BY row_number LIMIT 1");
            String where = offending.isEmpty()
                    ? "is of type " + column.type().key()
                    : "has '" + offending.get(0).text("v").orElse("") + "' in row "
                            + offending.get(0).count("row_number");
            throw new InvalidInputException("%s: column '%s' (%s) must be a number in every row, but it %s"
                    .formatted(file(), name, role, where));
        }
        return column;
    }

    /**
     * A column of truth values that must be there: booleans, or numbers that are 1 or 0.
     *
     * @throws InvalidInputException when it is of another type, or a number is neither
     */
    Column truths(String name, String role) throws InterruptedException {
        Column column = relation.require(name, role);
        if (column.type() == ColumnType.BOOLEAN) {
            return column;
        }
        String value = DataEngine.quote(name);
        String wrong = column.type().isNumeric() ? value + " NOT IN (0, 1)" : value + " IS NOT NULL";
        List<Row> offending = engine.query("SELECT row_number, CAST(" + value + " AS VARCHAR) AS v FROM "
                + engine.dialect().numbered(relation) + " WHERE " + wrong + " ORDER BY row_number LIMIT 1");
        if (!offending.isEmpty()) {
            throw new InvalidInputException(
                    "%s: column '%s' (%s) must be true or false, or 1 or 0, but it has '%s' in row %d"
                            .formatted(
                                    file(),
                                    name,
                                    role,
                                    offending.get(0).text("v").orElse(""),
                                    offending.get(0).count("row_number")));
        }
        return column;
    }

    /** The error of a column that lacks a usable value in so many rows. */
    InvalidInputException incomplete(Column column, long rows) throws InterruptedException {
        Row first = engine.query("SELECT MIN(row_number) AS first FROM "
                        + engine.dialect().numbered(relation) + " WHERE " + missing(column.name(), column.type()))
                .get(0);
        return new InvalidInputException("%s: column '%s' has no usable value in %d row%s, the first of them row %d"
                .formatted(file(), column.name(), rows, rows == 1 ? "" : "s", first.count("first")));
    }

    /** Whether a value is missing: NULL, or no finite number. */
    static String missing(String column, ColumnType type) {
        String name = DataEngine.quote(column);
        return type == ColumnType.NUMBER
                ? "(" + name + " IS NULL OR NOT (ABS(" + name + ") <= 1.7976931348623157e308))"
                : name + " IS NULL";
    }

    Relation relation() {
        return relation;
    }

    /** A name that no column has, whatever its case: this one, or it with underscores before it. */
    String freeName(String wanted) {
        boolean taken =
                relation.columns().stream().anyMatch(column -> column.name().equalsIgnoreCase(wanted));
        return taken ? freeName("_" + wanted) : wanted;
    }
}
