package io.mlcicd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data set of {@code mlcicd.yml} that is kept in a PostgreSQL server. */
class DatabaseTest {

    @TempDir
    Path folder;

    /** Variables of this process cannot be set, so the login goes by those that every process has. */
    private void project(String url, String more) throws Exception {
        Files.writeString(folder.resolve("contract.yml"), """
                contract: users
                columns:
                  age: { type: integer, min: 0, max: 100 }
                """);
        Files.writeString(folder.resolve("mlcicd.yml"), """
                model: { name: users }
                data:
                  users:
                    jdbc: { url: "%s", %s }
                    contract: contract.yml
                """.formatted(url, more));
    }

    @Test
    void aTableIsHeldAgainstItsContractAndThePasswordIsNowhere() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            String password = System.getenv("PATH");
            server.execute("CREATE TABLE users (name text, age integer)");
            server.execute("INSERT INTO users VALUES ('a', 20), ('b', 120)");
            server.execute("ALTER ROLE " + PostgresServer.USER + " PASSWORD '" + password.replace("'", "''") + "'");
            project(server.url() + "?user=" + PostgresServer.USER, "table: users, passwordVariable: PATH");
            Path json = folder.resolve("result.json");
            Path html = folder.resolve("report.html");

            CommandRun run =
                    CommandRun.of("validate", folder.toString(), "--json", json.toString(), "--html", html.toString());

            assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.GATE_FAILED);
            assertThat(run.out()).contains("age");
            assertThat(Files.readString(json)).contains("table users of jdbc:postgresql://127.0.0.1", "sha256:");
            assertThat(run.out() + run.err() + Files.readString(json) + Files.readString(html))
                    .doesNotContain(password);
        }
    }

    @Test
    void aPasswordInTheAddressIsRefusedAndNotRepeated() throws Exception {
        project("jdbc:postgresql://u:p4ssw0rd@h/d", "table: users");

        CommandRun run = CommandRun.of("validate", folder.toString());

        assertThat(run.code()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(run.err())
                .contains("mlcicd.yml:4", "data.users.jdbc.url", "carries a password", "passwordVariable")
                .doesNotContain("p4ssw0rd");
    }

    @Test
    void aMissingVariableAndAMissingTableAreToldWithTheirPlace() throws Exception {
        project("jdbc:postgresql://h/d", "table: users, passwordVariable: NOT_SET_ANYWHERE");
        assertThat(CommandRun.of("validate", folder.toString()).err())
                .contains("data.users.jdbc.passwordVariable", "NOT_SET_ANYWHERE is not set");

        project("jdbc:postgresql://h/d", "userVariable: PATH");
        assertThat(CommandRun.of("validate", folder.toString()).err())
                .contains("data.users.jdbc", "needs exactly one of 'table' and 'query'");
    }
}
