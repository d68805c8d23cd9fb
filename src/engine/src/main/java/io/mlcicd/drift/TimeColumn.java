package io.mlcicd.drift;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Dialect;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.operation.InvalidInputException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A column of times: how queries ask for a span of it, and which times it has. */
final class TimeColumn {

    /** Engines read no literal of a year without exactly four digits. */
    private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-30T00:00:00Z");

    private final Relation relation;
    private final Column column;
    private final ZoneId zone;

    private TimeColumn(Relation relation, Column column, ZoneId zone) {
        this.relation = relation;
        this.column = column;
        this.zone = zone;
    }

    /** @throws InvalidInputException when there is no such column, or none of times */
    static TimeColumn of(Relation relation, String name, ZoneId zone) {
        Column column = relation.require(name, "the time of a row, for a time window");
        return switch (column.type()) {
            case DATE, TIMESTAMP, STRING -> new TimeColumn(relation, column, zone);
            default ->
                throw new InvalidInputException(
                        "the column '%s' of %s is of type %s; a time window needs timestamps, dates, or texts in ISO 8601"
                                .formatted(
                                        name,
                                        relation.source().shown(),
                                        column.type().key()));
        };
    }

    /**
     * Which times there are.
     *
     * @param oldest the oldest
     * @param newest the newest
     * @param missing number of rows without a time
     */
    record Range(Instant oldest, Instant newest, long missing) {}

    /** @throws InvalidInputException when no row has a time */
    Range range(DataEngine engine) throws InterruptedException {
        String seconds = seconds(engine.dialect());
        Row row = engine.query(
                        "SELECT min(%1$s) AS oldest, max(%1$s) AS newest, count(*) - count(%1$s) AS missing FROM %2$s"
                                .formatted(seconds, relation.sql()))
                .get(0);
        if (row.number("newest").isEmpty()) {
            throw new InvalidInputException(
                    column.type() == ColumnType.STRING
                            ? "no text in the column '%s' of %s is a time in ISO 8601, such as 2026-01-31T08:00:00Z"
                                    .formatted(column.name(), relation.source().shown())
                            : "the column '%s' of %s has no time; a time window needs some"
                                    .formatted(column.name(), relation.source().shown()));
        }
        return new Range(
                instant(row.number("oldest").getAsDouble()),
                instant(row.number("newest").getAsDouble()),
                row.count("missing"));
    }

    private Instant instant(double seconds) {
        Instant utc = Instant.EPOCH.plus(Math.round(seconds * 1e6), ChronoUnit.MICROS);
        return column.type() == ColumnType.DATE
                ? LocalDate.ofInstant(utc, ZoneOffset.UTC).atStartOfDay(zone).toInstant()
                : utc;
    }

    private String seconds(Dialect dialect) {
        String name = DataEngine.quote(column.name());
        if (column.type() != ColumnType.STRING) {
            return dialect.finite(name, column.type());
        }
        // As a timestamp without a zone, a text's offset would be dropped.
        String time = "TRY_CAST(trim(%s) AS TIMESTAMP WITH TIME ZONE)".formatted(name);
        return "CASE WHEN trim(%s) LIKE '____-__-__%%' THEN %s END"
                .formatted(name, dialect.finite(time, ColumnType.TIMESTAMP));
    }

    /**
     * A condition for times of a span. Where the column is of dates or timestamps it compares these themselves, so that an
     * engine can skip what a file's statistics rule out.
     */
    String within(Dialect dialect, Instant from, Instant to) {
        String name = DataEngine.quote(column.name());
        List<String> bounds = List.of(bound(from), bound(to));
        String value = column.type() == ColumnType.STRING ? seconds(dialect) : name;
        return "(%s >= %s AND %s < %s)".formatted(value, bounds.get(0), value, bounds.get(1));
    }

    private String bound(Instant any) {
        Instant instant = any.isBefore(FIRST) ? FIRST : any.isAfter(LAST) ? LAST : any;
        return switch (column.type()) {
            case DATE -> "DATE '" + firstDate(instant) + "'";
            case TIMESTAMP -> "TIMESTAMP '%s'".formatted(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
            default -> NumericColumn.literal(instant.getEpochSecond() + instant.getNano() / 1e9);
        };
    }

    /** The first date whose midnight is not before that instant. */
    private LocalDate firstDate(Instant instant) {
        LocalDate date = LocalDate.ofInstant(instant, zone);
        return date.atStartOfDay(zone).toInstant().isBefore(instant) ? date.plusDays(1) : date;
    }
}
