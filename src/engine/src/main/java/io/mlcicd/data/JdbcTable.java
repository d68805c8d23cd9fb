package io.mlcicd.data;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/**
 * Copies a table or the answer to a query out of another database, row by row: no more of it is in this process's heap
 * than the driver fetches at once. The copy is made in one transaction that cannot write and is rolled back.
 */
final class JdbcTable {

    /** Values fetched at once: enough to hide the way to the server, few enough for long texts. */
    private static final int VALUES_AT_ONCE = 50_000;

    private static final int MOST_ROWS_AT_ONCE = 10_000;
    private static final int LEAST_ROWS_AT_ONCE = 100;

    private static final Pattern READS =
            Pattern.compile("(?is)(\\s|--[^\\n]*\\n|/\\*.*?\\*/)*+(SELECT\\b|WITH\\b|VALUES\\b|TABLE\\b|\\().*");

    private final DuckDbSession session;
    private final DatabaseSource source;
    private final String name;
    private final JdbcFailure failure;

    JdbcTable(DuckDbSession session, DatabaseSource source, String name) {
        this.session = session;
        this.source = source;
        this.name = name;
        this.failure = new JdbcFailure(source);
    }

    /**
     * Makes the copy.
     *
     * @return the data set by the rows that were read; see {@link RowsDigest} for what its digest promises
     * @throws InvalidInputException when there is no such table, or the query is wrong or would write
     * @throws io.mlcicd.operation.OutsideSystemException when the server cannot be reached, or fails
     * @throws InterruptedException when the calling thread was interrupted; the query has been cancelled
     */
    Artifact create() throws InterruptedException {
        source.query().ifPresent(this::refuseOtherThanOneQuery);
        try (Connection connection = JdbcConnection.open(source)) {
            try {
                return copy(connection);
            } finally {
                rollBack(connection);
            }
        } catch (SQLException e) {
            DuckDbSession.refuseWhenInterrupted();
            throw failure.reading(e);
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // Nothing was written, and the transaction ends with the connection.
        }
    }

    /** A second statement could end the transaction that cannot write; without a semicolon there is none. */
    private void refuseOtherThanOneQuery(String query) {
        if (!READS.matcher(query).matches()) {
            throw new InvalidInputException("the query of data set '" + source.name()
                    + "' does not begin with SELECT, WITH, VALUES or TABLE; data are only read");
        }
        if (single(query).contains(";")) {
            throw new InvalidInputException("the query of data set '" + source.name()
                    + "' has a semicolon; write one statement (and chr(59) for a semicolon in a text)");
        }
    }

    private static String single(String query) {
        return query.strip().replaceFirst(";$", "");
    }

    private Artifact copy(Connection connection) throws SQLException, InterruptedException {
        DuckDbSession.refuseWhenInterrupted();
        try (Statement statement = connection.createStatement()) {
            Future<?> watching = session.watch(new JdbcCancelling(connection, statement));
            try {
                statement.setFetchSize(LEAST_ROWS_AT_ONCE);
                try (ResultSet answer = statement.executeQuery(select(connection))) {
                    return copy(answer);
                }
            } finally {
                watching.cancel(false);
            }
        }
    }

    private String select(Connection connection) throws SQLException {
        Optional<String> query = source.query();
        if (query.isPresent()) {
            return single(query.get());
        }
        String quote = connection.getMetaData().getIdentifierQuoteString().strip();
        return Arrays.stream(source.table().orElseThrow().split("\\."))
                .map(part -> quote + part.replace(quote, quote + quote) + quote)
                .collect(Collectors.joining(".", "SELECT * FROM ", ""));
    }

    private Artifact copy(ResultSet answer) throws SQLException, InterruptedException {
        List<JdbcColumn> columns = columns(answer.getMetaData());
        answer.setFetchSize(Math.max(LEAST_ROWS_AT_ONCE, Math.min(MOST_ROWS_AT_ONCE, VALUES_AT_ONCE / columns.size())));
        String declared = columns.stream()
                .map(column ->
                        DataEngine.quote(column.name()) + " " + column.kind().duckDb())
                .collect(Collectors.joining(", "));
        session.execute("CREATE TABLE " + name + " (" + declared + ")");
        RowsDigest digest = new RowsDigest();
        try (DuckDBAppender table = session.appender(name)) {
            while (answer.next()) {
                DuckDbSession.refuseWhenInterrupted();
                table.beginRow();
                for (JdbcColumn column : columns) {
                    column.copy(answer, table, digest);
                }
                table.endRow();
                digest.endRow();
            }
        }
        return new Artifact(source.name(), source.shown(), digest.of(declared), digest.size());
    }

    private List<JdbcColumn> columns(ResultSetMetaData answer) throws SQLException {
        List<JdbcColumn> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 1; i <= answer.getColumnCount(); i++) {
            JdbcColumn column = JdbcColumn.of(answer, i);
            if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
                throw new InvalidInputException(source.shown() + " has two columns called '" + column.name()
                        + "'; give one another name with AS");
            }
            columns.add(column);
        }
        if (columns.isEmpty()) {
            throw new InvalidInputException(source.shown() + " has no columns");
        }
        return columns;
    }
}
