package io.mlcicd.drift.performance;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.operation.InvalidInputException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows of predictions with their place in time, kept in the engine so that their file is read once. A row that has no time
 * where others do is left out.
 *
 * @param relation the file
 * @param table how queries name the kept rows: the wanted columns and those below
 * @param place a row's place in its order, counted from 0
 * @param time its time in seconds since 1970-01-01T00:00Z; NULL where times are unknown
 * @param labelled 1 where it has all labels, else 0
 * @param rows how many there are
 * @param labelledRows how many of them have all labels
 * @param timeless how many were left out
 * @param days whether times are whole days
 */
record WatchedRows(
        DataEngine engine,
        Relation relation,
        String table,
        String place,
        String time,
        String labelled,
        long rows,
        long labelledRows,
        long timeless,
        boolean days) {

    /**
     * Reads them.
     *
     * @param columns the columns that will be wanted
     * @param timestamp the column of times; empty for the order of the file
     */
    static WatchedRows read(
            DataEngine engine,
            Relation relation,
            RoleNames names,
            Collection<String> columns,
            Optional<String> timestamp)
            throws InterruptedException {
        names.requirePredictions(engine, relation);
        Optional<RowTime> time =
                timestamp.isPresent() ? Optional.of(RowTime.of(engine, relation, timestamp.get())) : Optional.empty();
        Set<String> wanted = new LinkedHashSet<>(columns);
        String number = freeName(relation, "watch_number");
        String place = freeName(relation, "watch_place");
        String seconds = freeName(relation, "watch_time");
        String labelled = freeName(relation, "watch_labelled");
        String has =
                names.labelsIn(relation) ? "CASE WHEN " + names.labelled(engine, relation) + " THEN 1 ELSE 0 END" : "0";
        String list = wanted.stream().map(DataEngine::quote).collect(Collectors.joining(", "));
        String inner = "SELECT %s, %s, %s AS %s, %s AS %s FROM %s AS numbered"
                .formatted(
                        list,
                        number,
                        time.map(RowTime::sql).orElse("CAST(NULL AS DOUBLE)"),
                        seconds,
                        has,
                        labelled,
                        engine.dialect().numbered(relation, number));
        String rank = freeName(relation, "watch_rank");
        String ranked = time.isPresent()
                ? engine.dialect()
                        .ranked(
                                "SELECT * FROM (%s) AS timed WHERE %s IS NOT NULL".formatted(inner, seconds),
                                List.of(seconds, number),
                                rank)
                : "(SELECT *, %s AS %s FROM (%s) AS timed)".formatted(number, rank, inner);
        String table = engine.keep("SELECT %s, %s, %s, %s - 1 AS %s FROM %s AS ranked"
                .formatted(list, seconds, labelled, rank, place, ranked));
        long all = engine.query("SELECT COUNT(*) AS n FROM " + relation.sql())
                .get(0)
                .count("n");
        Row kept = engine.query("SELECT COUNT(*) AS n, SUM(%s) AS l FROM %s".formatted(labelled, table))
                .get(0);
        long rows = kept.count("n");
        if (rows == 0) {
            throw new InvalidInputException("%s: column '%s' (the timestamp) has no time in any row"
                    .formatted(relation.source().shown(), timestamp.orElse("")));
        }
        boolean days = time.map(RowTime::day).orElse(false);
        return new WatchedRows(
                engine, relation, table, place, seconds, labelled, rows, kept.count("l"), all - rows, days);
    }

    private static String freeName(Relation relation, String wanted) {
        boolean taken =
                relation.columns().stream().anyMatch(column -> column.name().equalsIgnoreCase(wanted));
        return taken ? freeName(relation, "_" + wanted) : wanted;
    }

    /** Whether there are so many rows that they are better added up where they are. */
    boolean areMany() {
        return rows > engine.mostHandedOver();
    }

    /** The rows with all labels; goes after FROM. {@code rank} is their place among themselves, counted from 1. */
    String labelledInOrder(String rank) {
        String all = "SELECT * FROM %s WHERE %s = 1".formatted(table, labelled);
        return labelledRows == rows
                ? "(SELECT *, %s + 1 AS %s FROM %s)".formatted(place, rank, table)
                : engine.dialect().ranked(all, List.of(place), rank);
    }

    /** The file, for messages. */
    String file() {
        return relation.source().shown();
    }

    /** A column's name that none of the file's has. */
    String free(String wanted) {
        return freeName(relation, wanted);
    }
}
