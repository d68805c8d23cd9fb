package io.mlcicd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.operation.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a query says, the engine sees no file but those of the data sets it was made for. */
class ShutDoorsTest {

    @TempDir
    private Path folder;

    private Path secret;
    private DataEngine engine;

    @BeforeEach
    void open() throws Exception {
        secret = Files.writeString(folder.resolve("secret.csv"), "s\n4711\n");
        DataSource source = DataSource.of("train", Files.writeString(folder.resolve("a.csv"), "a\n1\n"));
        engine = DataEngine.embedded(source);
        engine.open(source);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT content FROM read_text('${secret}')",
                "SELECT s FROM read_csv('${secret}')",
                "SELECT s FROM '${secret}'",
                "SELECT * FROM read_blob('/etc/passwd')",
                "SELECT * FROM glob('${folder}/*')",
                "SELECT * FROM read_csv('http://127.0.0.1:9/a.csv')",
                "COPY (SELECT 1) TO '${folder}/stolen.csv'",
                "COPY data_1 FROM '${secret}'",
                "EXPORT DATABASE '${folder}/stolen'",
                "ATTACH '${folder}/stolen.db' AS stolen",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET enable_external_access = true",
                "SET allowed_paths = ['${secret}']",
                "SET allowed_directories = ['/']",
                "SET temp_directory = '${folder}'",
                "SET lock_configuration = false",
                "RESET lock_configuration",
                "PRAGMA profiling_output = '${folder}/stolen'",
                "SET autoload_known_extensions = true"
            })
    void isRefused(String statement) throws Exception {
        String sql = statement.replace("${secret}", secret.toString()).replace("${folder}", folder.toString());

        assertThatThrownBy(() -> engine.query(sql)).isInstanceOf(RuntimeException.class);

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(secret, folder.resolve("a.csv"));
        }
        assertThat(engine.query("SELECT a FROM data_1").get(0).count("a")).isEqualTo(1);
    }

    @Test
    void aDataSetThatWasNotNamedIsRefused() {
        assertThatThrownBy(() -> engine.open(DataSource.of("other", secret))).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's/a'b.csv",
                "a,b/c;d.csv",
                "job[1]/x*?.csv",
                "[a].csv",
                "a\"b.csv",
                "back\\slash.csv",
                "émile \uD83D\uDE42/ä.csv",
                "day=2026-01-01/shop=a%20b/x.csv",
                "$HOME.csv",
                "~.csv"
            })
    void aFileIsReadWhateverItsName(String name) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "a\n7\n");
        Files.delete(secret);
        Files.delete(folder.resolve("a.csv"));
        Path parent = folder.relativize(file.getParent());
        for (String location : List.of(name, parent.toString().isEmpty() ? "*.csv" : parent + "/*.csv")) {
            DataSource source = FileSource.below(folder, "odd", location, Optional.of(Format.CSV), ReadOptions.SNIFFED);
            try (DataEngine other = DataEngine.embedded(source)) {
                assertThat(other.query("SELECT a FROM " + other.open(source).sql()))
                        .extracting(row -> row.count("a"))
                        .containsExactly(7L);
            }
        }
    }

    @Test
    void symbolicLinksToFilesAndFoldersAreFollowed() throws Exception {
        Path real = Files.createDirectories(folder.resolve("real"));
        Path file = real.resolve("b.parquet");
        try (FreshEngine writing = new FreshEngine()) {
            writing.write("SELECT 5 AS b", file, "FORMAT parquet");
        }
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.createSymbolicLink(data.resolve("link.parquet"), file);
        Files.createSymbolicLink(data.resolve("linked"), real);
        DataSource source = DataSource.of("linked", data);
        try (DataEngine other = DataEngine.embedded(source)) {
            assertThat(other.query("SELECT sum(b) AS b FROM "
                                    + other.open(source).sql())
                            .get(0)
                            .count("b"))
                    .isEqualTo(10);
        }
    }

    @Test
    void compressedTextIsUnpackedWhereTheEngineSeesIt() throws Exception {
        Path file = folder.resolve("z.csv.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("z\n3\n".getBytes(StandardCharsets.UTF_8));
        }
        DataSource source = DataSource.of("packed", file);
        try (DataEngine other = DataEngine.embedded(source)) {
            assertThat(other.open(source).columns()).extracting(Column::name).containsExactly("z");
        }
    }
}
