package io.mlcicd.data;

import java.util.Optional;

/**
 * A data set in a database that is reached over JDBC: a table, or the answer to a query.
 *
 * @param name what it is to the pipeline, such as {@code train}
 * @param url the database's address, {@code jdbc:postgresql://host/database}; without a password
 * @param table the table's exact name, with its schema before a dot when need be; or else there is a query
 * @param query one {@code SELECT}
 * @param login who reads it
 */
public record DatabaseSource(
        String name, String url, Optional<String> table, Optional<String> query, DatabaseLogin login)
        implements DataSource {

    public DatabaseSource {
        if (table.isPresent() == query.isPresent()) {
            throw new IllegalArgumentException("either a table or a query");
        }
        if (JdbcUrl.hasPassword(url)) {
            throw new IllegalArgumentException("the password belongs into the login");
        }
    }

    /** A whole table. */
    public static DatabaseSource ofTable(String name, String url, String table, DatabaseLogin login) {
        return new DatabaseSource(name, url, Optional.of(table), Optional.empty(), login);
    }

    /** The answer to a query. */
    public static DatabaseSource ofQuery(String name, String url, String query, DatabaseLogin login) {
        return new DatabaseSource(name, url, Optional.empty(), Optional.of(query), login);
    }

    @Override
    public String shown() {
        return table.map(exact -> "table " + exact).orElse("a query") + " of " + JdbcUrl.shown(url);
    }

    @Override
    public boolean saysNothingOfTypes() {
        return false;
    }
}
