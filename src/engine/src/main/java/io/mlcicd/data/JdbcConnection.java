package io.mlcicd.data;

import io.mlcicd.operation.InvalidInputException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Connects to databases. */
final class JdbcConnection {

    private JdbcConnection() {}

    /**
     * A connection whose transactions cannot write, where the driver knows of such.
     *
     * @throws InvalidInputException when no driver knows the address
     * @throws io.mlcicd.operation.OutsideSystemException when there is no such server or it refuses
     * @throws InterruptedException when the calling thread was interrupted; nothing stays open
     */
    static Connection open(DatabaseSource source) throws InterruptedException {
        JdbcFailure failure = new JdbcFailure(source);
        try {
            Driver driver = driver(source.url())
                    .orElseThrow(() -> new InvalidInputException("no JDBC driver knows the address "
                            + JdbcUrl.shown(source.url())
                            + "; PostgreSQL's driver is built in, those of others go onto the class path"
                            + " (MLCICD_CLASSPATH=driver.jar)"));
            Connection connection = connect(driver, source);
            try {
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failure.connecting(e);
        }
    }

    /** Looks where this class comes from too: a plugin's classes are not those the driver manager sees. */
    private static Optional<Driver> driver(String url) throws SQLException {
        for (Driver driver : ServiceLoader.load(Driver.class, JdbcConnection.class.getClassLoader())) {
            if (driver.acceptsURL(url)) {
                return Optional.of(driver);
            }
        }
        return DriverManager.drivers().filter(driver -> accepts(driver, url)).findFirst();
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Drivers do not look at a thread's interruption while they connect, so another thread waits for them. */
    private static Connection connect(Driver driver, DatabaseSource source) throws SQLException, InterruptedException {
        Properties properties = new Properties();
        source.login().user().ifPresent(user -> properties.setProperty("user", user));
        source.login().password().ifPresent(password -> properties.setProperty("password", password));
        CompletableFuture<Connection> connecting = new CompletableFuture<>();
        Thread thread =
                new Thread(() -> connect(driver, source.url(), properties, connecting), "connecting to a database");
        thread.setDaemon(true);
        thread.start();
        try {
            return connecting.get();
        } catch (InterruptedException e) {
            if (!connecting.cancel(false) && !connecting.isCompletedExceptionally()) {
                close(connecting.join());
            }
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException refused) {
                throw refused;
            }
            throw new SQLException(e.getCause().getMessage(), e.getCause());
        }
    }

    private static void connect(
            Driver driver, String url, Properties properties, CompletableFuture<Connection> connecting) {
        try {
            Connection connection = driver.connect(url, properties);
            if (connection == null) {
                throw new SQLException("the driver does not take this address");
            }
            if (!connecting.complete(connection)) {
                close(connection);
            }
        } catch (SQLException | RuntimeException e) {
            connecting.completeExceptionally(e);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nobody waits for it any more, and the server ends it by itself.
        }
    }
}
