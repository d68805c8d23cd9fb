package io.mlcicd.data;

import java.util.Optional;

/**
 * Who reads a database.
 *
 * @param user the user, unless the driver is to find it by its own rules
 * @param password the password, unless the server asks for none or the driver finds it by its own rules
 */
public record DatabaseLogin(Optional<String> user, Optional<String> password) {

    /** The driver's own rules: for PostgreSQL the file {@code ~/.pgpass} and the name of the system's user. */
    public static final DatabaseLogin OF_DRIVER = new DatabaseLogin(Optional.empty(), Optional.empty());

    /** Names the user alone, so that no log gets the password. */
    @Override
    public String toString() {
        return user.map(name -> "user " + name).orElse("the driver's own user");
    }
}
