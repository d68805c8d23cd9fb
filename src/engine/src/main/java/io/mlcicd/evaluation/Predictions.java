package io.mlcicd.evaluation;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
     * Makes sure that every row has a value in these columns and, where they are numbers, a finite one; returns the
     * number of rows.
     *
     * @throws InvalidInputException when one has not, or there are no rows; the message has column and row
     */
    long requireValues(List<Column> columns) throws InterruptedException {
        List<String> counts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            counts.add("COUNT(CASE WHEN " + missing(columns.get(i)) + " THEN 1 END) AS missing" + i);
        }
        Row row = engine.query("SELECT COUNT(*) AS n"
                        + counts.stream().map(count -> ", " + count).collect(Collectors.joining()) + " FROM " + from())
                .get(0);
        if (row.count("n") == 0) {
            throw new InvalidInputException(file() + " has no rows to evaluate");
        }
        for (int i = 0; i < columns.size(); i++) {
            if (row.count("missing" + i) > 0) {
                throw incomplete(columns.get(i), row.count("missing" + i));
            }
        }
        return row.count("n");
    }

    private InvalidInputException incomplete(Column column, long rows) throws InterruptedException {
        Row first = engine.query("SELECT MIN(row_number) AS first FROM "
                        + engine.dialect().numbered(relation) + " WHERE " + missing(column))
                .get(0);
        return new InvalidInputException("%s: column '%s' has no usable value in %d row%s, the first of them row %d"
                .formatted(file(), column.name(), rows, rows == 1 ? "" : "s", first.count("first")));
    }

    private static String missing(Column column) {
        String name = DataEngine.quote(column.name());
        return column.type() == ColumnType.NUMBER
                ? "(" + name + " IS NULL OR NOT (ABS(" + name + ") <= 1.7976931348623157e308))"
                : name + " IS NULL";
    }
}
