package io.mlcicd.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.PGConnection;

/**
 * Ends what a server is asked. A server passes over a request that comes between two of its steps, so the request is made
 * again; a server that does not heed it loses the connection.
 */
final class JdbcCancelling implements DuckDbSession.Cancelling {

    private static final long BETWEEN_REQUESTS = Duration.ofMillis(250).toNanos();
    private static final int REQUESTS = 10;

    private final Connection connection;
    private final Statement statement;
    private int requests;
    private long last;

    JdbcCancelling(Connection connection, Statement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    @Override
    public void cancel() throws SQLException {
        if (requests > 0 && System.nanoTime() - last < BETWEEN_REQUESTS) {
            return;
        }
        requests++;
        last = System.nanoTime();
        if (requests > REQUESTS) {
            connection.abort(Runnable::run);
        } else if (connection.isWrapperFor(PGConnection.class)) {
            // The driver's statement does not count fetching its later rows as a query that could be cancelled.
            connection.unwrap(PGConnection.class).cancelQuery();
        } else {
            statement.cancel();
        }
    }
}
