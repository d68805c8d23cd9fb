package io.mlcicd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data that cannot be used are told in one sentence with file, line and a way out, never in the engine's own words. */
class UnusableDataTest {

    private static FreshEngine engine;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        engine = new FreshEngine();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    static String messageOf(DataEngine engine, Path file) {
        Throwable error = catchThrowable(() -> engine.open(DataSource.of("train", file)));
        assertThat(error).isInstanceOf(InvalidInputException.class);
        assertThat(error.getMessage())
                .doesNotContain("\n")
                .doesNotContain("read_csv")
                .contains(file.toString());
        return error.getMessage();
    }

    private String messageOf(String name, String content) throws IOException {
        return messageOf(engine, Files.writeString(folder.resolve(name), content));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "a.csv ! a,b\\n1,2\\n3,4,5\\n ! a.csv:3: has 3 fields where the header has 2; put fields that contain ',' in quotes",
                "a.csv ! a,b\\n1,2\\n\\n3\\n5,6\\n ! a.csv:4: has 1 field where the header has 2; add what is missing",
                "a.csv ! a,b\\n1,\"x\\ny\"\\n3\\n ! a.csv:4: has 1 field where the header has 2; add what is missing",
                "a.csv ! a,b\\n1,\"x\\n2,y\\n ! a.csv:2: a quoted field starts in this line and never ends",
                "a.tsv ! a\\tb\\n1\\n ! a.tsv:2: has 1 field where the header has 2",
                "a.csv ! a,b,a\\n1,2,3\\n ! a.csv:1: two columns are called 'a'; give each its own name",
                "a.csv ! Day,day\\n1,2\\n ! a.csv:1: the columns 'Day' and 'day' differ in case alone; give each its own name",
                "a.csv ! \\n\\n ! a.csv is empty; a header with the columns' names was expected",
                "a.jsonl ! {\"a\":1}\\n{\"a\":\\n ! a.jsonl:2: ",
                "a.jsonl ! {\"a\":1}\\n\\n{\"a\":1 \"b\":2}\\n ! a.jsonl:3: not valid JSON at column",
                "a.jsonl ! {\"a\":1}\\n[1,2]\\n ! a.jsonl:2: not a JSON object; each line must be one JSON object",
                "a.jsonl ! {\"a\":1}\\n{\"a\":1,\"a\":2}\\n ! a.jsonl:2: not valid JSON at column",
                "a.jsonl ! \\n\\n ! a.jsonl holds no JSON object",
            })
    void whatIsWrongIsSaidWithItsLine(String name, String content, String expected) throws IOException {
        String text = content.replace("\\n", "\n").replace("\\t", "\t");
        assertThat(messageOf(name, text)).contains(expected.trim());
    }

    @Test
    void aRaggedLineFarBelowIsFound() throws IOException {
        assertThat(messageOf("a.csv", "a,b\n" + "1,x\n".repeat(100_000) + "1,2,3\n"))
                .contains("a.csv:100002: has 3");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(messageOf(engine, folder.resolve("none.csv"))).endsWith("none.csv does not exist");
    }

    @Test
    void aFolderWithoutDataIsTold() throws IOException {
        Path sub = Files.createDirectory(folder.resolve("sub"));
        Files.writeString(sub.resolve("_SUCCESS"), "hidden by custom");
        assertThat(messageOf(engine, sub)).endsWith("sub is a folder without data files in it");
        assertThat(messageOf(engine, sub.resolve("*.csv"))).startsWith("no file matches");
    }

    @ParameterizedTest
    @CsvSource({"a.csv", "a.tsv", "a.jsonl", "a.parquet"})
    void anEmptyFileIsEmptyInEveryFormat(String name) throws IOException {
        assertThat(messageOf(name, "")).endsWith(name + " is empty");
    }

    @Test
    void anEndingThatSaysNothingIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("a.xlsx"), "a");
        assertThatThrownBy(() -> engine.open(DataSource.of("train", file)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("csv, tsv, jsonl, parquet");
    }

    @Test
    void otherEncodingsAreNamed() throws IOException {
        byte[] latin = ("a,b\n" + "1,x\n".repeat(70_000) + "2,é\n").getBytes(StandardCharsets.ISO_8859_1);
        Path late = Files.write(folder.resolve("b.csv"), latin);
        assertThat(messageOf(engine, late))
                .contains("b.csv:70002: not UTF-8 text; save it as UTF-8, or say what it is");
        Path json = Files.write(
                folder.resolve("c.jsonl"), "{\"a\":1}\n{\"a\":\"é\"}\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(messageOf(engine, json)).contains("c.jsonl:2: not UTF-8 text; save it as UTF-8");
    }

    @Test
    void brokenParquetIsTold() throws Exception {
        Path whole = folder.resolve("whole.parquet");
        engine.write("SELECT i, i * 1.5 AS x FROM range(100000) t(i)", whole, "FORMAT parquet");
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(messageOf(engine, cut))
                .endsWith("cut.parquet is not a Parquet file, or was cut off; write or copy it again");
        Path text = Files.writeString(folder.resolve("text.parquet"), "a,b\n1,2\n");
        assertThat(messageOf(engine, text)).contains("text.parquet is not a Parquet file");

        Arrays.fill(bytes, bytes.length / 4, bytes.length / 2, (byte) 0xA5);
        Path damaged = Files.write(folder.resolve("damaged.parquet"), bytes);
        Relation data = engine.open(DataSource.of("train", damaged));
        assertThatThrownBy(() -> engine.query("SELECT sum(i), sum(x) FROM " + data.sql()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("damaged.parquet");
        assertThatThrownBy(() -> engine.stream("SELECT i, x FROM " + data.sql(), row -> {}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("damaged.parquet")
                .hasMessageNotContaining("Invalid result set");
    }

    @Test
    void anEngineOutlivesDataItRefused() throws Exception {
        messageOf("a.csv", "a,b\n1\n");
        Relation data = engine.open(DataSource.of("train", Files.writeString(folder.resolve("b.csv"), "a\n1\n")));
        assertThat(engine.query("SELECT a FROM " + data.sql())).hasSize(1);
    }
}
