package io.mlcicd.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** DuckDB's types and values as ours. */
final class DuckDbValues {

    private static final Pattern WHOLE_DECIMAL = Pattern.compile("DECIMAL\\(\\d+,\\s*0\\)");

    private DuckDbValues() {}

    /** The type of that name in DuckDB's catalogue. */
    static ColumnType type(String name) {
        String type = name.toUpperCase(Locale.ROOT);
        if (type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP")) {
            return ColumnType.OTHER;
        }
        if (type.startsWith("DECIMAL")) {
            return ColumnType.NUMBER;
        }
        if (type.startsWith("ENUM")) {
            return ColumnType.STRING;
        }
        return switch (type) {
            case "BOOLEAN" -> ColumnType.BOOLEAN;
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT" -> ColumnType.INTEGER;
            case "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT" -> ColumnType.INTEGER;
            case "FLOAT", "DOUBLE" -> ColumnType.NUMBER;
            case "VARCHAR", "UUID", "JSON" -> ColumnType.STRING;
            case "DATE" -> ColumnType.DATE;
            default -> type.startsWith("TIMESTAMP") ? ColumnType.TIMESTAMP : ColumnType.OTHER;
        };
    }

    /**
     * A value in the one form its type has here: numbers as doubles, timestamps in UTC, texts as plain text. Decimals
     * without a fraction are integers, whatever their size.
     *
     * @param value an expression
     * @param type its type in DuckDB's catalogue
     */
    static String normal(String value, String type) {
        String name = type.toUpperCase(Locale.ROOT);
        if (WHOLE_DECIMAL.matcher(name).matches()) {
            return "CAST(" + value + " AS HUGEINT)";
        }
        if (name.startsWith("DECIMAL") || name.equals("FLOAT")) {
            return "CAST(" + value + " AS DOUBLE)";
        }
        if (name.equals("UUID") || name.startsWith("ENUM")) {
            return "CAST(" + value + " AS VARCHAR)";
        }
        if (name.equals("JSON")) {
            return value + " ->> '$'";
        }
        return name.equals("TIMESTAMP WITH TIME ZONE") ? "make_timestamp(epoch_us(" + value + "))" : value;
    }

    /** A value of a result as {@link Row} promises it. */
    static Object plain(Object value) throws SQLException {
        if (value instanceof Double || value instanceof Boolean || value instanceof String) {
            return value;
        }
        if (value instanceof BigDecimal || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        if (value instanceof BigInteger big) {
            return big.bitLength() < Long.SIZE ? (Object) big.longValue() : (Object) big.doubleValue();
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime().toString();
        }
        if (value instanceof Array array) {
            List<Object> items = new ArrayList<>();
            for (Object item : (Object[]) array.getArray()) {
                items.add(item == null ? null : plain(item));
            }
            return items;
        }
        return value.toString();
    }
}
