package io.mlcicd.data;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.sql.SQLException;
import java.util.Set;

/**
 * Tells what a database or its driver refused. Drivers like to repeat the address and its parameters, so neither their
 * exceptions nor their unread messages are passed on.
 */
final class JdbcFailure {

    /** Class of the errors about transactions: ours cannot write, nor be made to. */
    private static final String READ_ONLY = "25";

    private static final String LOGIN = "28";
    private static final String NO_SUCH_DATABASE = "3D";

    /** Classes of SQLSTATE, of the standard and of PostgreSQL: what was asked for is wrong, not the system it was asked of. */
    private static final Set<String> OURS = Set.of("07", "0A", "21", "22", "2F", "26", "34", "3F", "42");

    private final DatabaseSource source;

    JdbcFailure(DatabaseSource source) {
        this.source = source;
    }

    RuntimeException connecting(SQLException e) {
        String state = state(e);
        String advice = "";
        if (state.startsWith(LOGIN)) {
            advice = "; check the user and the password in the environment variables that the data set names";
        } else if (state.startsWith(NO_SUCH_DATABASE)) {
            advice = "; check the database's name at the end of the url";
        }
        return new OutsideSystemException(
                "cannot connect to " + JdbcUrl.shown(source.url()) + ": " + message(e) + advice);
    }

    RuntimeException reading(SQLException e) {
        String state = state(e);
        if (state.startsWith(READ_ONLY)) {
            return new InvalidInputException(
                    source.shown() + " would write, and data are only read: " + message(e) + "; use a plain SELECT");
        }
        String told = source.shown() + " cannot be read: " + message(e);
        return OURS.contains(state.substring(0, Math.min(2, state.length())))
                ? new InvalidInputException(told)
                : new OutsideSystemException(told);
    }

    private String message(SQLException e) {
        String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown reason");
        String plain = JdbcUrl.masked(line.replaceFirst("^(ERROR|FATAL): ", ""));
        return source.login()
                .password()
                .filter(password -> !password.isEmpty())
                .map(password -> plain.replace(password, "***"))
                .orElse(plain);
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
