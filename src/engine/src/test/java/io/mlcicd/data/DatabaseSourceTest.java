package io.mlcicd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets in a PostgreSQL server. */
class DatabaseSourceTest {

    private static PostgresServer server;

    private DataEngine engine;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.start();
        server.execute("""
                CREATE TABLE "All Types" (
                  small smallint, whole integer, big bigint, exact numeric, cents numeric(10,2), serial numeric(10,0),
                  single real, real double precision, word text, fixed char(3), yes boolean, bits bit(4),
                  day date, at timestamp, instant timestamptz, id uuid, doc json, tree jsonb, list integer[],
                  "the time" time, raw bytea, "a ""quoted"" name" text)""");
        server.execute("""
                INSERT INTO "All Types" VALUES
                (-1, 2, 9223372036854775807, 1.5, 12.34, 42, 0.5, 0.1, 'Grüße 🎉', 'ab', true, B'1010',
                 '2026-02-28', '2026-02-28 12:34:56.789012', '2026-02-28 12:00:00+02',
                 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"a": 1}', '{"b": [2]}', '{1,2,NULL}', '10:11:12', '\\x00ff', 'q'),
                (0, 0, 0, 'NaN', 'NaN', 0, 'Infinity', '-Infinity', '', '', false, B'0000',
                 'infinity', '-infinity', 'infinity', NULL, NULL, NULL, '{}', NULL, NULL, NULL),
                (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                 NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)""");
        server.execute("CREATE TABLE written (x integer)");
        server.execute("""
                CREATE FUNCTION write() RETURNS integer LANGUAGE plpgsql AS
                $$ BEGIN INSERT INTO written VALUES (1); RETURN 1; END $$""");
        server.execute("CREATE TABLE hollow ()");
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() {
        engine = DataEngine.embedded(List.of());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static DatabaseSource query(String sql) {
        return DatabaseSource.ofQuery("train", server.url(), sql, server.login());
    }

    private static DatabaseSource table(String name) {
        return DatabaseSource.ofTable("train", server.url(), name, server.login());
    }

    @Test
    void everyTypeHasItsOwn() throws Exception {
        Relation data = engine.open(table("All Types"));

        assertThat(data.columns())
                .extracting(column -> column.name() + " " + column.type().key())
                .containsExactly(
                        "small integer",
                        "whole integer",
                        "big integer",
                        "exact number",
                        "cents number",
                        "serial integer",
                        "single number",
                        "real number",
                        "word string",
                        "fixed string",
                        "yes boolean",
                        "bits string",
                        "day date",
                        "at timestamp",
                        "instant timestamp",
                        "id string",
                        "doc string",
                        "tree string",
                        "list string",
                        "the time string",
                        "raw other",
                        "a \"quoted\" name string");
    }

    @Test
    void everyValueIsTheOneTheServerHolds() throws Exception {
        Relation data = engine.open(table("public.All Types"));

        List<Row> rows = engine.query("SELECT *, CAST(day AS VARCHAR) AS d, CAST(\"at\" AS VARCHAR) AS a,"
                + " CAST(instant AS VARCHAR) AS i, hex(raw) AS h FROM " + data.sql() + " ORDER BY rowid");

        Row first = rows.get(0);
        assertThat(first.count("small")).isEqualTo(-1);
        assertThat(first.count("big")).isEqualTo(Long.MAX_VALUE);
        assertThat(first.count("serial")).isEqualTo(42);
        assertThat(List.of(number(first, "exact"), number(first, "cents"), number(first, "single")))
                .containsExactly(1.5, 12.34, 0.5);
        assertThat(texts(first, "word", "fixed", "bits", "id", "doc", "tree", "list", "the time", "h"))
                .containsExactly(
                        "Grüße 🎉",
                        "ab ",
                        "1010",
                        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                        "{\"a\": 1}",
                        "{\"b\": [2]}",
                        "{1,2,NULL}",
                        "10:11:12",
                        "00FF");
        assertThat(texts(first, "d", "a", "i"))
                .containsExactly("2026-02-28", "2026-02-28 12:34:56.789012", "2026-02-28 10:00:00");
        Row strange = rows.get(1);
        assertThat(number(strange, "exact")).isNaN();
        assertThat(number(strange, "cents")).isNaN();
        assertThat(number(strange, "single")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(number(strange, "real")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(texts(strange, "word", "d", "a", "i", "list"))
                .containsExactly("", "infinity", "-infinity", "infinity", "{}");
        assertThat(engine.query("SELECT "
                                + data.columns().stream()
                                        .map(column -> "count(" + DataEngine.quote(column.name()) + ")")
                                        .reduce((a, b) -> a + " + " + b)
                                        .orElseThrow()
                                + " AS n FROM " + data.sql() + " WHERE rowid = 2")
                        .get(0)
                        .count("n"))
                .isZero();
    }

    private static double number(Row row, String column) {
        return row.number(column).orElseThrow();
    }

    private static List<String> texts(Row row, String... columns) {
        return Arrays.stream(columns)
                .map(column -> row.text(column).orElseThrow())
                .toList();
    }

    @Test
    void aMillionRowsStreamThrough() throws Exception {
        Runtime heap = Runtime.getRuntime();
        System.gc();
        long before = heap.totalMemory() - heap.freeMemory();

        // One row is 200 characters: 200 MB of texts.
        Relation data = engine.open(query("SELECT i, repeat('x', 200) AS word FROM generate_series(1, 1000000) AS i"));

        System.gc();
        Row sums = engine.query("SELECT count(*) AS n, sum(i) AS s FROM " + data.sql())
                .get(0);
        assertThat(sums.count("n")).isEqualTo(1_000_000);
        assertThat(number(sums, "s")).isEqualTo(500_000_500_000.0);
        assertThat(heap.totalMemory() - heap.freeMemory() - before).isLessThan(50L << 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pg_sleep(600) AS interrupted_count",
                "SELECT count(*) AS interrupted_count FROM generate_series(1, 10000000000) AS i",
                "SELECT count(*) AS interrupted_count FROM generate_series(1, 1000000) a JOIN generate_series(1, 1000000) b ON a * b % 7 = 9",
                "SELECT i AS interrupted_count FROM generate_series(1, 1000) AS i, pg_sleep(CASE WHEN i < 200 THEN 0 ELSE 1 END)",
                "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i % 9 + 1 FROM r) SELECT i AS interrupted_count FROM r"
            })
    void anInterruptedReadEndsAtOnceAndTheServerStopsToo(String sql) throws Exception {
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread reader = new Thread(() -> ended.set(catchThrowable(() -> engine.open(query(sql)))));
        reader.start();
        awaitQueries("interrupted_count", 1);

        reader.interrupt();
        reader.join(Duration.ofSeconds(5).toMillis());

        assertThat(reader.isAlive()).isFalse();
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        awaitQueries("interrupted_count", 0);
    }

    private static void awaitQueries(String word, int count) throws SQLException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            if (ask("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid()"
                            + " AND query LIKE '%" + word + "%'")
                    == count) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("there are not " + count + " queries with " + word);
    }

    private static long ask(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT write()",
                "WITH w AS (INSERT INTO written VALUES (1) RETURNING x) SELECT * FROM w",
                "SELECT 1 AS x INTO another",
                "INSERT INTO written VALUES (1) RETURNING x",
                "DELETE FROM written",
                "SELECT 1; COMMIT; INSERT INTO written VALUES (1)",
                "-- harmless\nCOMMIT",
                "COPY written FROM '/dev/null'",
                "SELECT set_config('transaction_read_only', 'off', false), write()"
            })
    void aQueryCannotWrite(String sql) throws Exception {
        assertThatThrownBy(() -> engine.open(query(sql))).isInstanceOf(InvalidInputException.class);

        assertThat(ask("SELECT count(*) FROM written")).isZero();
    }

    @Test
    void aQueryMayEndWithASemicolonAndBeginWithAComment() throws Exception {
        Relation data = engine.open(query("/* one */ -- row\n SELECT 1 AS x;\n"));

        assertThat(data.columns()).containsExactly(new Column("x", ColumnType.INTEGER));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT * FROM missing                | relation "missing" does not exist
            SELEC 1                              | does not begin with SELECT
            SELECT 1 AS x, 2 AS X                | two columns called 'x'
            SELECT 1 / 0 AS x                    | division by zero
            SELECT FROM hollow                   | has no columns
            """)
    void aWrongQueryIsToldInOneSentence(String sql, String told) {
        assertThatThrownBy(() -> engine.open(query(sql)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(told)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aMissingTableIsToldByItsName() {
        assertThatThrownBy(() -> engine.open(table("gone")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("table gone of " + server.url())
                .hasMessageContaining("does not exist");
    }

    @Test
    void aTableNameIsNoSql() {
        assertThatThrownBy(() -> engine.open(table("written\"; DROP TABLE written; --")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void whatAServerRefusesIsToldWithoutThePassword() {
        DatabaseLogin wrong = new DatabaseLogin(Optional.of("reader"), Optional.of("wr0ng-Word"));
        Throwable login = catchThrowable(() -> engine.open(DatabaseSource.ofTable("t", server.url(), "x", wrong)));
        Throwable host = catchThrowable(() -> engine.open(
                DatabaseSource.ofTable("t", "jdbc:postgresql://127.0.0.1:1/postgres?ssl=false", "x", server.login())));
        Throwable database = catchThrowable(() -> engine.open(
                DatabaseSource.ofTable("t", server.url().replaceFirst("postgres$", "nowhere"), "x", server.login())));

        assertThat(login)
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("password authentication failed for user \"reader\"; check the user");
        assertThat(host).isInstanceOf(OutsideSystemException.class).hasMessageContaining("127.0.0.1:1 refused");
        assertThat(database)
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("\"nowhere\" does not exist; check the database's name");
        for (Throwable each : List.of(login, host, database)) {
            StringWriter trace = new StringWriter();
            each.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("wr0ng-Word", PostgresServer.PASSWORD);
        }
        assertThat(wrong.toString()).doesNotContain("wr0ng-Word");
    }

    @Test
    void anAddressThatNoDriverKnowsIsToldWithAdvice() {
        assertThatThrownBy(() -> engine.open(
                        DatabaseSource.ofTable("t", "jdbc:nonesuch://host/db", "x", DatabaseLogin.OF_DRIVER)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no JDBC driver knows the address jdbc:nonesuch://host/db")
                .hasMessageContaining("MLCICD_CLASSPATH");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', textBlock = """
            jdbc:postgresql://u:p4ss@h/d jdbc:postgresql://u:***@h/d
            jdbc:postgresql://u:p@4ss/@h/d jdbc:postgresql://u:***@h/d
            jdbc:postgresql://h/d?user=u&password=p4ss&ssl=true jdbc:postgresql://h/d?user=u&password=***&ssl=true
            jdbc:postgresql://h/d?sslPassword=p4ss jdbc:postgresql://h/d?sslPassword=***
            jdbc:sqlserver://h;user=u;PWD=p4ss jdbc:sqlserver://h;user=u;PWD=***
            jdbc:oracle:thin:u/p4ss@h:1521/d jdbc:oracle:thin:u/***@h:1521/d
            """)
    void aPasswordInAnAddressIsSeenAndMasked(String url, String masked) {
        assertThat(JdbcUrl.masked(url)).isEqualTo(masked);
        assertThat(JdbcUrl.hasPassword(url)).isTrue();
        assertThat(JdbcUrl.shown(url)).doesNotContain("p4ss");
        assertThatThrownBy(() -> DatabaseSource.ofTable("t", url, "x", DatabaseLogin.OF_DRIVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("p4ss");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://h:5432/d",
                "jdbc:postgresql://h/d?user=u&ssl=true",
                "jdbc:postgresql://[::1]:5432/d",
                "jdbc:oracle:thin:@h:1521/d"
            })
    void anAddressWithoutAPasswordIsLeftAsItIs(String url) {
        assertThat(JdbcUrl.hasPassword(url)).isFalse();
    }

    @Test
    void theDigestIsOfTheRowsInWhateverOrder() throws Exception {
        Artifact rising = digest("SELECT i AS x, 'a' AS y FROM generate_series(1, 1000) AS i ORDER BY 1");

        assertThat(digest("SELECT i AS x, 'a' AS y FROM generate_series(1, 1000) AS i ORDER BY 1 DESC"))
                .isEqualTo(rising);
        for (String other : List.of(
                "SELECT i AS x, 'a' AS y FROM generate_series(1, 999) AS i",
                "SELECT i AS x, 'a' AS z FROM generate_series(1, 1000) AS i",
                "SELECT i AS x, CASE i WHEN 7 THEN 'b' ELSE 'a' END AS y FROM generate_series(1, 1000) AS i",
                "SELECT i AS x, CASE i WHEN 7 THEN NULL ELSE 'a' END AS y FROM generate_series(1, 1000) AS i")) {
            assertThat(digest(other).digest()).as(other).isNotEqualTo(rising.digest());
        }
    }

    private static Artifact digest(String sql) throws InterruptedException {
        try (DataEngine engine = DataEngine.embedded(List.of())) {
            DatabaseSource source = query(sql);
            engine.open(source);
            return engine.artifact(source);
        }
    }

    @Test
    void aDataSetIsReadOnceHoweverOftenItIsOpened() throws Exception {
        DatabaseSource source = query("SELECT random() AS x");

        assertThat(engine.open(source)).isSameAs(engine.open(source));
    }
}
