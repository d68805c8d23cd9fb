package io.mlcicd.data;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

/** The embedded default: DuckDB in this process. One connection, used by one thread at a time. */
final class DuckDbEngine implements DataEngine {

    private final Connection connection;
    private int opened;

    private DuckDbEngine(Connection connection) {
        this.connection = connection;
    }

    static DuckDbEngine open() {
        try {
            Properties properties = new Properties();
            properties.setProperty("autoinstall_known_extensions", "false");
            return new DuckDbEngine(DriverManager.getConnection("jdbc:duckdb:", properties));
        } catch (SQLException e) {
            throw new OutsideSystemException("the embedded data engine did not start: " + e.getMessage(), e);
        }
    }

    @Override
    public Relation open(DataSource source) throws InterruptedException {
        if (!Files.exists(source.path())) {
            throw new InvalidInputException(source.shown() + " does not exist");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        String view = "data_" + ++opened;
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE VIEW " + view + " AS SELECT * FROM " + reader(source));
            List<Column> columns = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("DESCRIBE " + view)) {
                while (rows.next()) {
                    columns.add(new Column(rows.getString("column_name"), type(rows.getString("column_type"))));
                }
            }
            return new Relation(source, view, List.copyOf(columns));
        } catch (SQLException e) {
            throw new InvalidInputException(source.shown() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String reader(DataSource source) {
        String path = DataEngine.literal(source.path().toString());
        return switch (source.format()) {
            case CSV -> "read_csv(" + path + ", header = true, strict_mode = true)";
            case TSV -> "read_csv(" + path + ", header = true, strict_mode = true, delim = '\t')";
            case JSONL -> "read_json(" + path + ", format = 'newline_delimited')";
            case PARQUET -> "read_parquet(" + path + ")";
        };
    }

    private static ColumnType type(String name) {
        String type = name.toUpperCase(Locale.ROOT);
        if (type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP")) {
            return ColumnType.OTHER;
        }
        if (type.startsWith("DECIMAL")) {
            return ColumnType.NUMBER;
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

    @Override
    public List<Row> query(String sql) throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        stream(sql, rows::add);
        return rows;
    }

    @Override
    public void stream(String sql, Consumer<Row> rows) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            ResultSetMetaData columns = answer.getMetaData();
            while (answer.next()) {
                Map<String, Object> values = new HashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    Object value = answer.getObject(i);
                    if (value != null) {
                        values.put(columns.getColumnLabel(i), plain(value));
                    }
                }
                rows.accept(new Row(values));
            }
        } catch (SQLException e) {
            throw new InvalidInputException("the data cannot be read: " + e.getMessage(), e);
        }
    }

    private static Object plain(Object value) throws SQLException {
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
        if (value instanceof Array array) {
            List<Object> items = new ArrayList<>();
            for (Object item : Arrays.asList((Object[]) array.getArray())) {
                items.add(plain(item));
            }
            return items;
        }
        return value.toString();
    }

    @Override
    public Dialect dialect() {
        return DuckDbDialect.INSTANCE;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new OutsideSystemException("the embedded data engine did not close: " + e.getMessage(), e);
        }
    }
}
