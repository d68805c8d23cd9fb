package io.mlcicd.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** DuckDB by itself, as somebody would use it who had no engine of ours: it makes the data and is the peer. */
public final class DuckDb implements AutoCloseable {

    private final Connection connection;

    DuckDb() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    /** Runs a statement. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a query, reads its whole answer and returns the number of rows. */
    long rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            long rows = 0;
            while (answer.next()) {
                rows++;
            }
            return rows;
        }
    }

    /** What {@code SUMMARIZE} tells of a file: one row for each column. */
    public static long summarize(Path file) throws SQLException {
        try (DuckDb engine = new DuckDb()) {
            return engine.rows("SUMMARIZE SELECT * FROM " + literal(file));
        }
    }

    static String literal(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
