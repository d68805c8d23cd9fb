package io.mlcicd.data;

import io.mlcicd.operation.OutsideSystemException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * One DuckDB database in this process, in memory and, beyond the {@link MemoryLimit}, in a folder of its own under
 * the system's folder for temporary files, which {@link #close} removes. A statement ends soon after its thread is
 * interrupted.
 */
final class DuckDbSession implements AutoCloseable {

    private static final int PAGE = 100_000;
    private static final int SCAN_PAGE = 1_000_000;
    private static final int MILLIS_BETWEEN_LOOKS = 20;

    private final SpillFolder spill;
    private final Connection connection;
    private long answers;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "data engine interruption watch");
        thread.setDaemon(true);
        return thread;
    });

    private DuckDbSession(SpillFolder spill, Connection connection) {
        this.spill = spill;
        this.connection = connection;
    }

    static DuckDbSession open() {
        try {
            SpillFolder spill = SpillFolder.create();
            try {
                return new DuckDbSession(spill, connect(spill));
            } catch (SQLException e) {
                spill.close();
                throw e;
            }
        } catch (SQLException | IOException e) {
            throw new OutsideSystemException("the embedded data engine did not start: " + e.getMessage(), e);
        }
    }

    private static Connection connect(SpillFolder spill) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("memory_limit", (MemoryLimit.ofProcess().forEngine() >> 20) + "MiB");
        settings.setProperty("temp_directory", spill.path().toString());
        return DriverManager.getConnection("jdbc:duckdb:", settings);
    }

    /** Where it keeps what memory does not hold, and others what is gone with it. */
    Path spillFolder() {
        return spill.path();
    }

    /**
     * Leaves these files and the spill folder as all there is of the file system, and its settings as they are, whatever
     * a statement says; a symbolic link stands for what it points to now. No statement opens the doors again.
     */
    void shutDoors(Collection<Path> files) throws SQLException {
        String allowed = files.stream()
                .flatMap(file -> Stream.of(DataEngine.literal(file.toString()), DuckDbSources.path(file)))
                .distinct()
                .collect(Collectors.joining(", ", "[", "]"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET allowed_paths = " + allowed);
            statement.execute("SET allowed_directories = [%s]"
                    .formatted(DataEngine.literal(spill.path().toString())));
            statement.execute("SET enable_external_access = false");
            statement.execute("SET lock_configuration = true");
        }
    }

    /** The name and version of the database. */
    String version() {
        try {
            DatabaseMetaData about = connection.getMetaData();
            return about.getDatabaseProductName() + " "
                    + about.getDatabaseProductVersion().replaceFirst("^v", "");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a statement that answers nothing. */
    void execute(String sql) throws SQLException, InterruptedException {
        run(sql, row -> {});
    }

    /** Runs a query and holds its answer. */
    List<Row> query(String sql) throws SQLException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        run(sql, rows::add);
        return rows;
    }

    /**
     * Runs a query and hands on its answer row by row. The answer is kept in the database, which spills, and fetched in
     * pages: the driver's own streaming loses the reason when a query fails.
     */
    void stream(String sql, Consumer<Row> rows) throws SQLException, InterruptedException {
        String answer = "answer_" + ++answers;
        run("CREATE TEMP TABLE " + answer + " AS " + sql, row -> {});
        try {
            long count = query("SELECT count(*) AS n FROM " + answer).get(0).count("n");
            for (long first = 0; first < count; first += PAGE) {
                run("SELECT * FROM %s WHERE rowid >= %d AND rowid < %d".formatted(answer, first, first + PAGE), rows);
            }
        } finally {
            drop(answer);
        }
    }

    /** Keeps a query's answer, which spills when memory is full, and returns the table's name. */
    String keep(String sql) throws SQLException, InterruptedException {
        String table = "kept_" + ++answers;
        run("CREATE TEMP TABLE " + table + " AS " + sql, row -> {});
        return table;
    }

    /** Hands on an answer of numbers, fetched in pages for the reason that {@link #stream} has. */
    void scan(String sql, int columns, Consumer<double[]> rows) throws SQLException, InterruptedException {
        String answer = keep(sql);
        try {
            long count = query("SELECT count(*) AS n FROM " + answer).get(0).count("n");
            double[] row = new double[columns];
            for (long first = 0; first < count; first += SCAN_PAGE) {
                String page =
                        "SELECT * FROM %s WHERE rowid >= %d AND rowid < %d".formatted(answer, first, first + SCAN_PAGE);
                scanPage(page, row, rows);
            }
        } finally {
            drop(answer);
        }
    }

    /** Hands on an answer of numbers that memory holds. */
    void read(String sql, int columns, Consumer<double[]> rows) throws SQLException, InterruptedException {
        scanPage(sql, new double[columns], rows);
    }

    private void scanPage(String sql, double[] row, Consumer<double[]> rows) throws SQLException, InterruptedException {
        refuseWhenInterrupted();
        Future<?> watching = null;
        try (Statement statement = connection.createStatement()) {
            watching = watch(statement::cancel);
            try (ResultSet answer = statement.executeQuery(sql)) {
                while (answer.next()) {
                    for (int i = 0; i < row.length; i++) {
                        double value = answer.getDouble(i + 1);
                        row[i] = value == 0 && answer.wasNull() ? Double.NaN : value;
                    }
                    rows.accept(row);
                }
            }
        } catch (SQLException e) {
            refuseWhenInterrupted();
            throw e;
        } finally {
            if (watching != null) {
                watching.cancel(false);
            }
        }
    }

    /** Adds rows to a table; to be closed by the thread that asked for it. */
    DuckDBAppender appender(String table) throws SQLException {
        return connection.unwrap(DuckDBConnection.class).createAppender(table);
    }

    private void drop(String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE " + table);
        }
    }

    private void run(String sql, Consumer<Row> rows) throws SQLException, InterruptedException {
        refuseWhenInterrupted();
        Future<?> watching = null;
        try (Statement statement = connection.createStatement()) {
            watching = watch(statement::cancel);
            if (statement.execute(sql)) {
                try (ResultSet answer = statement.getResultSet()) {
                    handOn(answer, rows);
                }
            }
        } catch (SQLException e) {
            refuseWhenInterrupted();
            throw e;
        } finally {
            if (watching != null) {
                watching.cancel(false);
            }
        }
    }

    private static void handOn(ResultSet answer, Consumer<Row> rows) throws SQLException, InterruptedException {
        ResultSetMetaData columns = answer.getMetaData();
        while (answer.next()) {
            refuseWhenInterrupted();
            Map<String, Object> values = new HashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                Object value = answer.getObject(i);
                if (value != null) {
                    values.put(columns.getColumnLabel(i), DuckDbValues.plain(value));
                }
            }
            rows.accept(new Row(values));
        }
    }

    /** Ends what a thread waits for; asked again and again until the thread has noticed. */
    interface Cancelling {
        void cancel() throws SQLException;
    }

    /** Drivers do not look at a thread's interruption while they wait, so another thread does. */
    Future<?> watch(Cancelling cancelling) {
        Thread caller = Thread.currentThread();
        return watch.scheduleWithFixedDelay(
                () -> {
                    if (caller.isInterrupted()) {
                        cancel(cancelling);
                    }
                },
                MILLIS_BETWEEN_LOOKS,
                MILLIS_BETWEEN_LOOKS,
                TimeUnit.MILLISECONDS);
    }

    private static void cancel(Cancelling cancelling) {
        try {
            cancelling.cancel();
        } catch (SQLException e) {
            // What was waited for has just ended by itself; the thread sees its interruption before the next row.
        }
    }

    static void refuseWhenInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the data engine was interrupted");
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new OutsideSystemException("the embedded data engine did not close: " + e.getMessage(), e);
        } finally {
            spill.close();
        }
    }
}
