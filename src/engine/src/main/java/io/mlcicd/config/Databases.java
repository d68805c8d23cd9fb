package io.mlcicd.config;

import io.mlcicd.data.DataSource;
import io.mlcicd.data.DatabaseLogin;
import io.mlcicd.data.DatabaseSource;
import io.mlcicd.data.JdbcUrl;
import io.mlcicd.operation.InvalidInputException;
import java.util.Optional;
import java.util.function.Function;

/** The data sets of a project that are kept in databases. */
final class Databases {

    private final Project project;
    private final Function<String, String> environment;

    Databases(Project project, Function<String, String> environment) {
        this.project = project;
        this.environment = environment;
    }

    /**
     * The data set of that name.
     *
     * @throws InvalidInputException when its address carries a password, or the environment lacks a variable that it
     *     names; the message names the key, never a value
     */
    DataSource source(String name, ModelFile.Jdbc jdbc) {
        String pointer = "/data/" + name.replace("~", "~0").replace("/", "~1") + "/jdbc/";
        if (JdbcUrl.hasPassword(jdbc.url())) {
            throw project.error(
                    pointer + "url",
                    "carries a password; take it out, put it into an environment variable, and name that one as"
                            + " 'passwordVariable'");
        }
        DatabaseLogin login = new DatabaseLogin(
                value(pointer + "userVariable", jdbc.userVariable()),
                value(pointer + "passwordVariable", jdbc.passwordVariable()));
        return new DatabaseSource(name, jdbc.url(), jdbc.table(), jdbc.query(), login);
    }

    private Optional<String> value(String pointer, Optional<String> variable) {
        return variable.map(each -> Variables.require(project, pointer, each, environment));
    }
}
