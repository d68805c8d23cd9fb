package io.mlcicd.drift.performance;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.document.Figures;
import io.mlcicd.operation.InvalidInputException;
import java.util.List;

/**
 * The column that says when a row was.
 *
 * @param sql seconds since 1970-01-01T00:00Z, NULL where there is no time
 * @param day whether it holds whole days
 */
record RowTime(String sql, boolean day) {

    /** Numbers from here to {@link #LATEST_SECOND} are seconds, a thousand times as many are milliseconds. */
    private static final double EARLIEST_SECOND = 1e8;

    private static final double LATEST_SECOND = 1e11;
    private static final double MILLIS = 1000;

    /**
     * The column of that name: a date, a timestamp, a text that is one in ISO form, or Unix time in seconds or
     * milliseconds.
     *
     * @throws InvalidInputException when it is missing, or has a value that is no time; the message has its row
     */
    static RowTime of(DataEngine engine, Relation relation, String name) throws InterruptedException {
        Column column = relation.require(name, "the timestamp");
        String quoted = DataEngine.quote(name);
        return switch (column.type()) {
            case DATE -> new RowTime(engine.dialect().finite(quoted, ColumnType.DATE), true);
            case TIMESTAMP -> new RowTime(engine.dialect().finite(quoted, ColumnType.TIMESTAMP), false);
            case STRING -> {
                String cast = engine.dialect().tryCast(quoted, ColumnType.TIMESTAMP);
                requireTimes(engine, relation, name, cast);
                yield new RowTime(engine.dialect().finite(cast, ColumnType.TIMESTAMP), false);
            }
            case INTEGER, NUMBER -> unixTime(engine, relation, name);
            case BOOLEAN, OTHER ->
                throw new InvalidInputException("%s: column '%s' (the timestamp) is of type %s, which is no time"
                        .formatted(
                                relation.source().shown(), name, column.type().key()));
        };
    }

    private static RowTime unixTime(DataEngine engine, Relation relation, String name) throws InterruptedException {
        String value = engine.dialect().finite(DataEngine.quote(name), ColumnType.NUMBER);
        Row row = engine.query("SELECT MIN(t) AS least, MAX(t) AS most FROM (SELECT %s AS t FROM %s) AS times"
                        .formatted(value, relation.sql()))
                .get(0);
        double least = row.number("least").orElse(EARLIEST_SECOND);
        double most = row.number("most").orElse(EARLIEST_SECOND);
        if (least >= EARLIEST_SECOND && most < LATEST_SECOND) {
            return new RowTime(value, false);
        }
        if (least >= EARLIEST_SECOND * MILLIS && most < LATEST_SECOND * MILLIS) {
            return new RowTime("(" + value + ") / " + DataEngine.literal(MILLIS), false);
        }
        throw new InvalidInputException(
                "%s: column '%s' (the timestamp) has numbers from %s to %s, which are no Unix time in seconds or milliseconds; name a column of dates or timestamps"
                        .formatted(relation.source().shown(), name, Figures.number(least), Figures.number(most)));
    }

    private static void requireTimes(DataEngine engine, Relation relation, String name, String cast)
            throws InterruptedException {
        String quoted = DataEngine.quote(name);
        List<Row> wrong = engine.query(
                "SELECT row_number, %1$s AS v FROM %2$s AS numbered WHERE %1$s IS NOT NULL AND %3$s IS NULL ORDER BY row_number LIMIT 1"
                        .formatted(quoted, engine.dialect().numbered(relation), cast));
        if (!wrong.isEmpty()) {
            throw new InvalidInputException(
                    "%s: column '%s' (the timestamp) has '%s' in row %d, which is no time; write times such as 2026-03-01 or 2026-03-01T08:30:00"
                            .formatted(
                                    relation.source().shown(),
                                    name,
                                    Wording.shown(wrong.get(0).text("v").orElse("")),
                                    wrong.get(0).count("row_number")));
        }
    }
}
