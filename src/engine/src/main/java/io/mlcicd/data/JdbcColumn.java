package io.mlcicd.data;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.duckdb.DuckDBAppender;

/**
 * A column of a database's answer.
 *
 * @param name its name
 * @param index its place, from 1
 * @param kind how its values are taken over
 */
record JdbcColumn(String name, int index, Kind kind) {

    /** As many decimal digits as every long has room for. */
    private static final int LONG_DIGITS = 18;

    private static final BigInteger MICROS = BigInteger.valueOf(1_000_000);

    /** How values are taken over; times as the numbers that DuckDB keeps of them. */
    enum Kind {
        TRUTH("BOOLEAN"),
        WHOLE("BIGINT"),
        REAL("DOUBLE"),
        DAY("DATE"),
        LOCAL_TIME("TIMESTAMP"),
        INSTANT("TIMESTAMP"),
        BYTES("BLOB"),
        TEXT("VARCHAR");

        private final String duckDb;

        Kind(String duckDb) {
            this.duckDb = duckDb;
        }

        String duckDb() {
            return duckDb;
        }
    }

    static JdbcColumn of(ResultSetMetaData columns, int index) throws SQLException {
        return new JdbcColumn(columns.getColumnLabel(index), index, kind(columns, index));
    }

    private static Kind kind(ResultSetMetaData columns, int index) throws SQLException {
        String typeName = columns.getColumnTypeName(index).toLowerCase(Locale.ROOT);
        int digits = columns.getPrecision(index);
        return switch (columns.getColumnType(index)) {
            case Types.BOOLEAN -> Kind.TRUTH;
            // Drivers call a truth value a bit; PostgreSQL's bit(8) is one of eight.
            case Types.BIT -> digits > 1 ? Kind.TEXT : Kind.TRUTH;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Kind.WHOLE;
            case Types.NUMERIC, Types.DECIMAL ->
                columns.getScale(index) == 0 && digits > 0 && digits <= LONG_DIGITS ? Kind.WHOLE : Kind.REAL;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> Kind.REAL;
            case Types.DATE -> Kind.DAY;
            case Types.TIMESTAMP_WITH_TIMEZONE -> Kind.INSTANT;
            case Types.TIMESTAMP -> typeName.equals("timestamptz") ? Kind.INSTANT : Kind.LOCAL_TIME;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Kind.BYTES;
            default -> Kind.TEXT;
        };
    }

    /** Takes over the value of the answer's current row. */
    void copy(ResultSet answer, DuckDBAppender table, RowsDigest digest) throws SQLException {
        Object value = read(answer);
        digest.add(value);
        if (value == null) {
            table.appendNull();
            return;
        }
        switch (kind) {
            case TRUTH -> table.append((boolean) value);
            case WHOLE -> table.append((long) value);
            case REAL -> table.append((double) value);
            case DAY -> table.appendEpochDays(Math.toIntExact((long) value));
            case LOCAL_TIME, INSTANT -> table.appendEpochMicros((long) value);
            case BYTES -> table.append((byte[]) value);
            case TEXT -> table.append((String) value);
        }
    }

    private Object read(ResultSet answer) throws SQLException {
        Object value = switch (kind) {
            case TRUTH -> answer.getBoolean(index);
            case WHOLE -> answer.getLong(index);
            case REAL -> answer.getDouble(index);
            case DAY -> days(answer.getObject(index, LocalDate.class));
            case LOCAL_TIME -> micros(answer.getObject(index, LocalDateTime.class));
            case INSTANT -> micros(answer.getObject(index, OffsetDateTime.class));
            case BYTES -> answer.getBytes(index);
            case TEXT -> answer.getString(index);
        };
        return answer.wasNull() ? null : value;
    }

    /** Days since 1970-01-01; the ends of the range, which drivers give for infinity, are DuckDB's infinities. */
    private static Long days(LocalDate date) {
        return date == null ? null : within(BigInteger.valueOf(date.toEpochDay()), Integer.MAX_VALUE);
    }

    private static Long micros(LocalDateTime time) {
        return time == null ? null : micros(time.toInstant(ZoneOffset.UTC));
    }

    private static Long micros(OffsetDateTime time) {
        return time == null ? null : micros(time.toInstant());
    }

    private static Long micros(Instant time) {
        BigInteger micros = BigInteger.valueOf(time.getEpochSecond())
                .multiply(MICROS)
                .add(BigInteger.valueOf(time.getNano() / 1_000));
        return within(micros, Long.MAX_VALUE);
    }

    private static long within(BigInteger value, long infinity) {
        BigInteger most = BigInteger.valueOf(infinity);
        return value.min(most).max(most.negate()).longValueExact();
    }
}
