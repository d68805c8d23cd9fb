package io.mlcicd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mlcicd.operation.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are broken or built to do harm are refused in one sentence, soon, or read for what they say. */
@Timeout(60)
class HostileFilesTest {

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

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Relation read(Path file) throws InterruptedException {
        return engine.open(FileSource.below(
                folder, "train", file.getFileName().toString(), Optional.empty(), ReadOptions.SNIFFED));
    }

    private String refusal(Path file) {
        Throwable error = catchThrowable(() -> read(file));
        assertThat(error).isInstanceOf(InvalidInputException.class);
        assertThat(error.getMessage()).doesNotContain("\n").hasSizeLessThan(400);
        return error.getMessage();
    }

    @Test
    void aQuoteThatNeverClosesIsNamedWhereItOpens() throws Exception {
        String rows = "1,\"x\ny\"\n".repeat(20_000);
        assertThat(refusal(write("a.csv", "a,b\n" + rows + "2,\"open\n" + "3,z\n".repeat(50_000))))
                .startsWith("a.csv:40002: a quoted field starts in this line and never ends");
        assertThat(refusal(write("b.csv", "a,b\n1,\"say \"\"hi\n2,x\n")))
                .startsWith("b.csv:2: a quoted field starts in this line and never ends");
    }

    @Test
    void zeroBytesAreRefusedAtTheStartAndKeptInTexts() throws Exception {
        assertThat(refusal(write("a.csv", "a,b\n1,x\u0000y\n"))).startsWith("a.csv:2: holds a NUL byte");
        Relation data = read(write("b.csv", "a,b\n" + "1,x\n".repeat(30_000) + "2,x\u0000y\n"));
        assertThat(engine.query("SELECT b FROM " + data.sql() + " WHERE a = 2")
                        .get(0)
                        .text("b"))
                .contains("x\u0000y");
        assertThat(Profiler.profile(engine, data).rows()).isEqualTo(30_001);
    }

    @Test
    void mixedEncodingsAreToldByTheLine() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("a,b\n1,é\n".getBytes(StandardCharsets.UTF_8));
        bytes.write("2,é\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refusal(Files.write(folder.resolve("a.csv"), bytes.toByteArray())))
                .startsWith("a.csv:3: not UTF-8 text");
    }

    @Test
    void anEndlessLineIsRefused() throws Exception {
        String endless = "x".repeat(3 * CsvRecords.LONGEST);
        assertThat(refusal(write("a.csv", endless))).startsWith("a.csv:1: the first line is longer than 16 MB");
        assertThat(refusal(write("c.jsonl", "{\"a\":1}\n{\"a\":\"" + endless + "\"}\n")))
                .startsWith("c.jsonl:2: the line is longer than 16 MB");
    }

    @Test
    void aLongLineIsRead() throws Exception {
        Relation data = read(write("a.csv", "a,b\n1," + "x".repeat(5_000_000) + "\n"));
        assertThat(engine.query("SELECT length(b) AS n FROM " + data.sql())
                        .get(0)
                        .count("n"))
                .isEqualTo(5_000_000);
    }

    @Test
    void aHundredThousandColumnsAreRefused() throws Exception {
        String names = IntStream.range(0, 100_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        assertThat(refusal(write("a.csv", names + "\n" + names + "\n")))
                .startsWith("a.csv:1: has 100,000 columns and may have");
    }

    @Test
    void aNumberBeyondRangeIsNoInfinity() throws Exception {
        Relation text = read(write("a.csv", "x\n1.5\n1e999\n"));
        assertThat(text.columns().get(0).type()).isEqualTo(ColumnType.STRING);
        assertThat(engine.query("SELECT x FROM " + text.sql()).get(1).text("x")).contains("1e999");
        Relation late = read(write("b.csv", "x\n" + "1.5\n".repeat(30_000) + "-1e999\n"));
        assertThat(late.columns().get(0).type()).isEqualTo(ColumnType.STRING);
        assertThat(refusal(write("c.jsonl", "{\"x\":1.5}\n{\"x\":1e999}\n")))
                .startsWith("c.jsonl:2: the number 1e999 is beyond what a double holds");
    }

    @Test
    void notANumberAndInfinityAreNumbersInText() throws Exception {
        Relation data = read(write("a.csv", "x\n1.5\nNaN\ninf\n-Infinity\n"));
        assertThat(data.columns().get(0).type()).isEqualTo(ColumnType.NUMBER);
        assertThat(Profiler.profile(engine, data).rows()).isEqualTo(4);
        Relation json = read(write("b.jsonl", "{\"x\":1}\n{\"x\":NaN}\n"));
        assertThat(json.columns().get(0).type()).isEqualTo(ColumnType.NUMBER);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1 << 10, Integer.MAX_VALUE, -1})
    void aParquetFooterOfAnotherLengthIsRefused(int length) throws Exception {
        Path file = folder.resolve("a.parquet");
        engine.write("SELECT i FROM range(1000) t(i)", file, "FORMAT parquet");
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 8, length);
        assertThat(refusal(Files.write(file, bytes))).startsWith("a.parquet is not a Parquet file, or was cut off");
    }

    @Test
    void aParquetFooterOfRubbishIsRefused() throws Exception {
        Path file = folder.resolve("a.parquet");
        engine.write("SELECT i FROM range(1000) t(i)", file, "FORMAT parquet");
        byte[] bytes = Files.readAllBytes(file);
        int footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
        Arrays.fill(bytes, bytes.length - 8 - footer, bytes.length - 8, (byte) 0x7F);
        assertThat(refusal(Files.write(file, bytes))).startsWith("a.parquet is not a Parquet file, or was cut off");
        assertThat(refusal(write("b.parquet", "PAR1PAR1"))).startsWith("b.parquet is not a Parquet file");
    }

    /** Members of a gzip file follow one another, so that a large bomb is soon built. */
    @Test
    void aZipBombIsRefusedBeforeItIsRead() throws Exception {
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(member)) {
            out.write("1\n".repeat(8 << 20).getBytes(StandardCharsets.UTF_8));
        }
        Path file = folder.resolve("a.csv.gz");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < 20; i++) {
                out.write(member.toByteArray());
            }
        }
        assertThat(refusal(file))
                .startsWith("a.csv.gz expands to more than 256 MB")
                .contains("maxExpansion");
    }

    @Test
    void namesAreNamesWhateverTheySay() throws Exception {
        write("keep.csv", "x\n1\n");
        String name = "x\"); DROP TABLE data_1; COPY (SELECT 1) TO '" + folder.resolve("stolen") + "'; --";
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        Relation csv = read(write("a.csv", "b," + quoted + "\n1,2\n"));
        assertThat(csv.columns().get(1).name()).isEqualTo(name);
        assertThat(Profiler.profile(engine, csv).columns().get(1).name()).isEqualTo(name);
        Relation json = read(write("a.jsonl", "{\"a'b\":{\"" + name.replace("\"", "\\\"") + "\":1}}\n"));
        assertThat(json.columns().get(0).name()).isEqualTo("a'b." + name);
        Relation hive = engine.open(DataSource.of("hive", hive("k'\\E\"x=v'); SELECT 1; --")));
        assertThat(engine.query("SELECT * FROM " + hive.sql()).get(0).values())
                .isEqualTo(Map.of("x", 1L, "k'\\E\"x", "v'); SELECT 1; --"));
        assertThat(folder.resolve("stolen")).doesNotExist();
    }

    @Test
    void aNameMayHoldAnyCharacter() throws Exception {
        for (String name : List.of("a\u0000b", "\u0001", "\uFFFF", "\u202E", "a\tb\r")) {
            String json = "{" + JsonNodeFactory.instance.textNode(name) + ":1}\n";
            Path file = Files.writeString(folder.resolve("a.jsonl"), json);
            Throwable refused = catchThrowable(() -> {
                Relation data = engine.open(DataSource.of("train", file));
                assertThat(data.columns()).extracting(Column::name).containsExactly(name);
                assertThat(Profiler.profile(engine, data).find(name)).isPresent();
            });
            if (refused != null) {
                assertThat(refused).as(json).isInstanceOf(InvalidInputException.class);
            }
        }
    }

    private Path hive(String partition) throws IOException {
        Path data = folder.resolve("tree");
        Files.createDirectories(data.resolve(partition));
        Files.writeString(data.resolve(partition).resolve("a.csv"), "x\n1\n");
        return data;
    }

    @Test
    void whatIsUnpackedIsRemoved() throws Exception {
        Path file = folder.resolve("a.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("a\n1\n".getBytes(StandardCharsets.UTF_8));
        }
        try (DuckDbSession session = DuckDbSession.open()) {
            session.shutDoors(List.of(file));
            new DuckDbSources(session).open(DataSource.of("train", file), "data_1");
            try (var left = Files.list(session.spillFolder())) {
                assertThat(left).isEmpty();
            }
            assertThatThrownBy(() -> new DuckDbSources(session).open(DataSource.of("t", folder.resolve("no")), "d"))
                    .isInstanceOf(InvalidInputException.class);
        }
    }
}
