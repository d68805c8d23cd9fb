package io.mlcicd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets of many files, packed files, files of other writers. */
class DataSetFilesTest {

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
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private Relation read(String location) throws InterruptedException {
        return read(location, ReadOptions.SNIFFED);
    }

    private Relation read(String location, ReadOptions options) throws InterruptedException {
        return engine.open(FileSource.below(folder, "train", location, Optional.empty(), options));
    }

    private String refusal(String location) {
        Throwable error = org.assertj.core.api.Assertions.catchThrowable(() -> read(location));
        assertThat(error).isInstanceOf(InvalidInputException.class);
        return error.getMessage();
    }

    private static List<String> names(Relation relation) {
        return relation.columns().stream().map(Column::name).toList();
    }

    private static List<Map<String, Object>> rows(Relation relation) throws InterruptedException {
        return engine.query("SELECT * FROM " + relation.sql()).stream()
                .map(Row::values)
                .toList();
    }

    private static ReadOptions options(Character delimiter, Character quote, Boolean header, Encoding encoding) {
        return new ReadOptions(
                Optional.ofNullable(delimiter),
                Optional.ofNullable(quote),
                Optional.ofNullable(header),
                Optional.ofNullable(encoding),
                List.of(),
                OptionalInt.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "data, 1 2 3 4",
        "data/, 1 2 3 4",
        "data/*.csv, 1 2",
        "data/?.csv, 1 2",
        "data/[b-z].csv, 2",
        "data/[!b].csv, 1",
        "data/**/*.csv, 1 2 3 4",
        "data/s*, 3 4",
        "data/**/d.csv, 4",
        "data/sub/**, 3 4",
        "*/a.csv, 1",
    })
    void aFolderAndAPatternAreTheFilesBelow(String location, String expected) throws Exception {
        write("data/a.csv", "x\n1\n");
        write("data/b.csv", "x\n2\n");
        write("data/sub/c.csv", "x\n3\n");
        write("data/sub/deep/d.csv", "x\n4\n");
        write("data/_temporary/e.csv", "x\n5\n");
        write("data/.hidden.csv", "x\n6\n");
        assertThat(rows(read(location)))
                .extracting(row -> row.get("x").toString())
                .containsExactly(expected.split(" "));
    }

    @Test
    void whatExistsUnderThatNameIsNoPattern() throws Exception {
        write("job[1]/data/a.csv", "x\n1\n");
        write("job[1]/data/b*.csv", "x\n2\n");
        write("job1/data/a.csv", "x\n3\n");
        assertThat(rows(read("job[1]/data/*.csv"))).hasSize(2);
        assertThat(rows(read("job[1]/data/b*.csv"))).containsExactly(Map.of("x", 2L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl", "parquet"})
    void foldersOfAHiveTreeAreColumns(String format) throws Exception {
        for (String place :
                List.of("sale_day=2026-01-01/shop=a%20b", "sale_day=2026-01-02/shop=__HIVE_DEFAULT_PARTITION__")) {
            Path file = folder.resolve("year=1900/sales/" + place + "/part-0." + format);
            Files.createDirectories(file.getParent());
            engine.write("SELECT 7 AS x", file, "FORMAT " + (format.equals("jsonl") ? "json" : format));
        }
        Relation data = read("year=1900/sales");
        assertThat(data.columns())
                .extracting(Column::name, Column::type)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("x", ColumnType.INTEGER),
                        org.assertj.core.groups.Tuple.tuple("sale_day", ColumnType.DATE),
                        org.assertj.core.groups.Tuple.tuple("shop", ColumnType.STRING));
        assertThat(rows(data))
                .containsExactly(
                        Map.of("x", 7L, "sale_day", "2026-01-01", "shop", "a b"),
                        Map.of("x", 7L, "sale_day", "2026-01-02"));
    }

    @Test
    void aHiveTreeThatContradictsItselfIsRefused() throws Exception {
        write("a/day=1/x.csv", "x\n1\n");
        write("a/y.csv", "x\n1\n");
        assertThat(refusal("a")).contains("day=1/x.csv is in folders of the keys [day], yet a/y.csv of []");
        write("b/x=1/x.csv", "x\n1\n");
        assertThat(refusal("b")).contains("the column 'x' is both in the files and in the names of their folders");
    }

    @Test
    void aFileWithOtherColumnsIsNamed() throws Exception {
        write("a/1.csv", "x,y\n1,2\n");
        write("a/2.csv", "x,z\n1,2\n");
        assertThat(refusal("a"))
                .isEqualTo(
                        "a/2.csv: column 2 is 'z', yet in a/1.csv it is 'y'; all files of a data set have the same columns");
        write("b/1.csv", "x,y\n1,2\n");
        write("b/2.csv", "x\n1\n");
        assertThat(refusal("b")).contains("b/2.csv has 1 columns, yet b/1.csv has 2");
        write("c/1.csv", "x\n1\n");
        write("c/2.parquet", "PAR1");
        assertThat(refusal("c")).contains("c/1.csv is csv, yet c/2.parquet is parquet");
        write("d/1.csv", "x,y\n1,2\n");
        write("d/2.csv", "x,y\n1,2\n1,2,3\n");
        assertThat(refusal("d")).startsWith("d/2.csv:3: has 3 fields where the header has 2");
    }

    @Test
    void parquetFilesMayDifferInWidthAndOrderAlone() throws Exception {
        Files.createDirectories(folder.resolve("a"));
        Files.createDirectories(folder.resolve("b"));
        parquet("a/1.parquet", "1::INTEGER AS x, 'u' AS y");
        parquet("a/2.parquet", "'v' AS y, 5000000000.5::DOUBLE AS x");
        assertThat(rows(read("a"))).containsExactly(Map.of("x", 1.0, "y", "u"), Map.of("x", 5000000000.5, "y", "v"));
        parquet("b/1.parquet", "1 AS x");
        parquet("b/2.parquet", "'1' AS x");
        assertThat(refusal("b"))
                .contains("b/2.parquet: the column 'x' is of type string, yet in b/1.parquet of type integer");
        parquet("b/2.parquet", "1 AS x, 2 AS y");
        assertThat(refusal("b")).contains("b/2.parquet has a column 'y', yet b/1.parquet has none");
    }

    private void parquet(String name, String select) throws InterruptedException {
        engine.write("SELECT " + select, folder.resolve(name), "FORMAT parquet");
    }

    @Test
    void jsonLinesMayLackAKeyInAWholeFile() throws Exception {
        write("a/1.jsonl", "{\"x\":1}\n");
        write("a/2.jsonl", "{\"x\":2,\"y\":{\"z\":true,\"w\":[1,2]}}\n");
        Relation data = read("a");
        assertThat(names(data)).containsExactly("x", "y.z", "y.w");
        assertThat(rows(data).get(0)).isEqualTo(Map.of("x", 1L));
        assertThat(rows(data).get(1)).containsEntry("y.z", true);
    }

    /** Written by pandas 2 (gzip) and the zstd command. */
    @ParameterizedTest
    @ValueSource(strings = {"pandas.csv.gz", "pandas.csv.zst"})
    void packedTextIsRead(String name) throws Exception {
        Relation data = engine.open(DataSource.of("train", resource(name)));
        assertThat(rows(data)).containsExactly(Map.of("a", 1L, "b", "x", "c", 0.5), Map.of("a", 2L, "b", "é"));
    }

    private static Path resource(String name) throws Exception {
        return Path.of(DataSetFilesTest.class.getResource(name).toURI());
    }

    @Test
    void packedTextIsBrokenAtItsLine() throws Exception {
        Path file = folder.resolve("a.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("a,b\n1,2\n3\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(refusal("a.csv.gz")).startsWith("a.csv.gz:3: has 1 field where the header has 2");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 9));
        assertThat(refusal("a.csv.gz")).startsWith("a.csv.gz cannot be unpacked");
        write("b.csv.gz", "a\n1\n");
        assertThat(refusal("b.csv.gz")).startsWith("b.csv.gz is not compressed as its name says");
    }

    /** Written by pyarrow. */
    @Test
    void parquetTypesOfAnotherWriterAreKept() throws Exception {
        Relation data = engine.open(DataSource.of("train", resource("pyarrow.parquet")));
        assertThat(data.columns().stream()
                        .map(column -> column.name() + " " + column.type().key()))
                .containsExactly(
                        "id integer",
                        "price number",
                        "account integer",
                        "day date",
                        "seen timestamp",
                        "utc timestamp",
                        "ok boolean",
                        "address.city string",
                        "address.geo.lat number",
                        "address.geo.lon number",
                        "tags other",
                        "category string");
        assertThat(rows(data).get(0))
                .containsEntry("price", 1.25)
                .containsEntry("utc", "2026-01-31T09:00")
                .containsEntry("address.geo.lat", 48.4);
        assertThat(rows(data).get(2)).doesNotContainKeys("address.city", "ok", "account");
        assertThat(engine.query("SELECT count(DISTINCT account) AS n, max(len(tags)) AS tags FROM " + data.sql())
                        .get(0)
                        .values())
                .isEqualTo(Map.of("n", 2L, "tags", 2L));
        assertThat(Profiler.profile(engine, data).columns()).hasSize(12);
    }

    @Test
    void textMayBeUtf16OrAsTold() throws Exception {
        for (Charset charset : List.of(StandardCharsets.UTF_16, Charset.forName("x-UTF-16LE-BOM"))) {
            Files.write(folder.resolve("a.csv"), "a,b\n1,é€\n".getBytes(charset));
            assertThat(rows(read("a.csv"))).containsExactly(Map.of("a", 1L, "b", "é€"));
        }
        Files.write(folder.resolve("b.csv"), "a,b\n1,é\n".getBytes(StandardCharsets.UTF_16LE));
        assertThat(refusal("b.csv")).startsWith("b.csv:1: holds a NUL byte").contains("encoding: utf-16");
        assertThat(rows(read("b.csv", options(null, null, null, Encoding.UTF_16))))
                .containsExactly(Map.of("a", 1L, "b", "é"));
        Files.write(folder.resolve("c.csv"), "a,b\n1,é\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(rows(read("c.csv", options(null, null, null, Encoding.LATIN_1))))
                .containsExactly(Map.of("a", 1L, "b", "é"));
        Files.write(folder.resolve("d.csv"), new byte[] {'a', '\n', (byte) 0x80, '\n', (byte) 0x81, '\n'});
        assertThatThrownBy(() -> read("d.csv", options(null, null, null, Encoding.WINDOWS_1252)))
                .hasMessageStartingWith("d.csv:3: not windows-1252 text");
    }

    @Test
    void delimiterQuoteHeaderAndNullsAreAsTold() throws Exception {
        write("a.csv", "1:'x:y':NA\n2:'it''s':-\n");
        ReadOptions told = new ReadOptions(
                Optional.of(':'),
                Optional.of('\''),
                Optional.of(false),
                Optional.empty(),
                List.of("NA", "-"),
                OptionalInt.empty());
        assertThat(rows(read("a.csv", told)))
                .containsExactly(Map.of("column1", 1L, "column2", "x:y"), Map.of("column1", 2L, "column2", "it's"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "5.1,3.5,setosa\\n4.9,3.0,setosa\\n ! false",
                "1,2\\n3,4\\n ! false",
                "true,a,a\\nfalse,b,c\\n ! false",
                "country,2019,2020\\nDE,1.5,2.5\\n ! true",
                "a,b\\nx,y\\n ! true",
                "1,2\\nx,4\\n ! true",
                "1,2\\n ! true",
                "id,amount\\n1,2.5\\n ! true",
            })
    void aHeaderIsSeenInTheRecordsBelow(String content, boolean header) throws Exception {
        write("a.csv", content.replace("\\n", "\n"));
        assertThat(names(read("a.csv")).get(0).equals("column1")).isEqualTo(!header);
    }

    @Test
    void aHeaderInSingleQuotesTellsTheQuote() throws Exception {
        write("a.csv", "'a','b,c'\n1,'x,y'\n");
        assertThat(rows(read("a.csv"))).containsExactly(Map.of("a", 1L, "b,c", "x,y"));
    }

    @Test
    void theDigestOfManyFilesIsThatOfAFolderWithThemAlone() throws Exception {
        write("a/1.csv", "x\n1\n");
        write("a/sub/2.csv", "x\n2\n");
        FileSource whole = FileSource.below(folder, "train", "a", Optional.empty(), ReadOptions.SNIFFED);
        String before = whole.artifact().digest().value();
        // sha256sum 1.csv sub/2.csv | sha256sum, by GNU coreutils 9
        assertThat(before).isEqualTo("sha256:d973b7b254f570c141e598631221f656ed983c21b349e1c44b6500bd9335129d");
        assertThat(whole.artifact().bytes()).isEqualTo(8);
        write("a/_SUCCESS", "");
        assertThat(whole.artifact().digest().value()).isEqualTo(before);
        write("a/3.csv", "x\n3\n");
        assertThat(whole.artifact().digest().value()).isNotEqualTo(before);
    }

    @Test
    void featherIsNotReadAndSaysWhatToDo() throws Exception {
        write("a.feather", "ARROW1");
        assertThat(refusal("a.feather")).contains("write the data as Parquet");
    }
}
