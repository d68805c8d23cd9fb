package io.mlcicd.contract.rule;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Dialect;
import io.mlcicd.data.Relation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a rule is applied.
 *
 * @param data the data set
 * @param dialect the engine's way of writing SQL
 * @param columns the columns it is about, in its order
 * @param types the contract's types by column name; a column that is missing here has the type the data have
 * @param where which rows it is about, as a condition in SQL; empty for all
 */
public record Scope(
        Relation data, Dialect dialect, List<String> columns, Map<String, ColumnType> types, Optional<String> where) {

    /** The one column of a rule on a column. */
    public String column() {
        return columns.get(0);
    }

    /** A column as the data have it. */
    public String raw(String column) {
        return DataEngine.quote(column);
    }

    /** The column as the data have it. */
    public String raw() {
        return raw(column());
    }

    /** A column as values of the contract's type, NULL where they are none. */
    public TypedColumn typed(String column) {
        Column found = data.require(column, "a column of the contract");
        return TypedColumn.of(found, type(column), data.source().saysNothingOfTypes(), dialect);
    }

    /** The column's values as the contract's type. */
    public String value() {
        return typed(column()).value();
    }

    /** The column's values as that type, NULL where they are none. */
    public String value(ColumnType type) {
        return value(column(), type);
    }

    /** A column's values as that type, NULL where they are none. */
    public String value(String column, ColumnType type) {
        Column found = data.require(column, "a column of the contract");
        return TypedColumn.of(found, type, data.source().saysNothingOfTypes(), dialect)
                .value();
    }

    /** The type that the contract gives a column, else the type that the data have. */
    public ColumnType type(String column) {
        ColumnType wanted = types.get(column);
        return wanted != null
                ? wanted
                : data.require(column, "a column of the contract").type();
    }

    /** The type of the column. */
    public ColumnType type() {
        return type(column());
    }

    /** Whether the rule is about all rows. */
    public boolean all() {
        return where.isEmpty();
    }

    /** Which rows have a value in each of the columns. */
    public String present() {
        return columns.isEmpty()
                ? "true"
                : columns.stream()
                        .map(column -> raw(column) + " IS NOT NULL")
                        .collect(Collectors.joining(" AND ", "(", ")"));
    }

    /** A condition limited to the rows the rule is about. */
    public String within(String condition) {
        return where.map(filter -> "(" + filter + ") AND (" + condition + ")").orElse(condition);
    }

    /** The aggregate that counts the rows of a condition. */
    public String count(String condition) {
        return "count(*) FILTER (WHERE " + within(condition) + ")";
    }

    /** An aggregate over the rows the rule is about. */
    public String over(String aggregate) {
        return where.map(filter -> aggregate + " FILTER (WHERE " + filter + ")").orElse(aggregate);
    }

    /** The rows of a condition, in the order of the data. */
    public Breaking breaking(String condition) {
        return breaking(condition, numbering());
    }

    /** The rows of a condition, in that order. */
    public Breaking breaking(String condition, String order) {
        return new Breaking(numbered(), within(condition), shown(), order, numbering());
    }

    /** The data set's rows with their numbers, to select from. */
    public String numbered() {
        return dialect.numbered(data, Numbering.columnFor(data));
    }

    /** The column of {@link #numbered} that has a row's number. */
    public String numbering() {
        return DataEngine.quote(Numbering.columnFor(data));
    }

    /** What is shown of a row: the value of a column, of several each with its name. */
    public String shown() {
        if (columns.isEmpty()) {
            return "NULL";
        }
        if (columns.size() == 1) {
            return raw();
        }
        return columns.stream()
                .map(column -> "concat(%s, coalesce(CAST(%s AS VARCHAR), 'null'))"
                        .formatted(DataEngine.literal(column + " "), raw(column)))
                .collect(Collectors.joining(", ', ', ", "concat(", ")"));
    }
}
