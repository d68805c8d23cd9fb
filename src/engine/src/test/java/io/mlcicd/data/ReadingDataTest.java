package io.mlcicd.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingDataTest {

    private final FreshEngine engine = new FreshEngine();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        engine.close();
    }

    private Relation open(String name, String content) throws Exception {
        return engine.open(DataSource.of("train", write(name, content)));
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private List<Row> rows(Relation relation) throws InterruptedException {
        return engine.query("SELECT * FROM " + relation.sql());
    }

    private static Map<String, ColumnType> types(Relation relation) {
        return relation.columns().stream().collect(Collectors.toMap(Column::name, Column::type));
    }

    @Test
    void typesAreThoseThatAllValuesHave() throws Exception {
        Relation data = open("a.csv", """
                flag,count,amount,day,moment,word,none
                true,1,1.5,2020-01-31,2020-01-31 10:00:00,x,
                False,-2,2,2020-02-29,2020-02-29T11:30:00.25Z,1,
                ,,,,,,
                """);
        assertThat(types(data))
                .isEqualTo(Map.of(
                        "flag", ColumnType.BOOLEAN,
                        "count", ColumnType.INTEGER,
                        "amount", ColumnType.NUMBER,
                        "day", ColumnType.DATE,
                        "moment", ColumnType.TIMESTAMP,
                        "word", ColumnType.STRING,
                        "none", ColumnType.STRING));
        assertThat(rows(data).get(1).values())
                .isEqualTo(Map.of(
                        "flag",
                        false,
                        "count",
                        -2L,
                        "amount",
                        2.0,
                        "day",
                        "2020-02-29",
                        "moment",
                        "2020-02-29T11:30:00.250",
                        "word",
                        "1"));
        assertThat(rows(data).get(2).values()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"007", "yes", "01/02/2020", "01/02/2020 10:00:00", "2020-1-1", "1_000", "123456789012345678901"})
    void textIsNotGuessedToBeWhatItDoesNotSay(String text) throws Exception {
        Relation data = open("a.csv", "a\n" + text + "\n" + text + "\n");
        assertThat(types(data)).containsEntry("a", ColumnType.STRING);
        assertThat(rows(data).get(0).text("a")).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "007", "yes"})
    void aLateValueOfAnotherTypeMakesTheColumnText(String late) throws Exception {
        Relation data = open("a.csv", numbersThen(late));
        assertThat(types(data)).containsEntry("a", ColumnType.STRING);
        assertThat(rows(data).get(50_000).text("a")).contains(late);
    }

    @Test
    void aLateFractionIsNotRounded() throws Exception {
        Relation data = open("a.csv", numbersThen("2.5"));
        assertThat(types(data)).containsEntry("a", ColumnType.NUMBER);
        assertThat(rows(data).get(50_000).number("a")).hasValue(2.5);
    }

    private static String numbersThen(String late) {
        return "a,b\n" + IntStream.range(0, 50_000).mapToObj(i -> i + ",x\n").collect(Collectors.joining()) + late
                + ",x\n";
    }

    @Test
    void quotesLineBreaksCarriageReturnsAndAByteOrderMarkAreFormNotContent() throws Exception {
        Relation data = open("a.csv", "\uFEFF\"a\",b\r\n1,\"x\r\ny\"\r\n2,\"say \"\"hi\"\", they\"\r\n");
        assertThat(rows(data))
                .extracting(Row::values)
                .containsExactly(Map.of("a", 1L, "b", "x\r\ny"), Map.of("a", 2L, "b", "say \"hi\", they"));
    }

    @Test
    void aLateQuoteIsStillAQuote() throws Exception {
        Relation data = open("a.csv", numbersThen("\"1\""));
        assertThat(types(data)).containsEntry("a", ColumnType.INTEGER);
    }

    @Test
    void columnsKeepTheirNames() throws Exception {
        Relation data = open("a.csv", ",\"a \"\"b\"\"\", c ,SELECT,ü,'\n0,1,2,3,4,5\n");
        assertThat(data.columns())
                .extracting(Column::name)
                .containsExactly("column1", "a \"b\"", " c ", "SELECT", "ü", "'");
        assertThat(rows(data).get(0).count("a \"b\"")).isEqualTo(1);
        assertThat(engine.query("SELECT " + DataEngine.quote("a \"b\"") + " AS x FROM " + data.sql())
                        .get(0)
                        .count("x"))
                .isEqualTo(1);
    }

    @Test
    void theHeaderTellsTheDelimiter() throws Exception {
        assertThat(rows(open("a.csv", "a;b\n1;2,5\n")).get(0).values()).isEqualTo(Map.of("a", 1L, "b", "2,5"));
        assertThat(rows(open("b.tsv", "a,1\tb\n1\t2,5\n")).get(0).values()).isEqualTo(Map.of("a,1", 1L, "b", "2,5"));
    }

    @Test
    void aHeaderAloneIsNoRows() throws Exception {
        Relation data = open("a.csv", "a,b");
        assertThat(data.columns()).extracting(Column::name).containsExactly("a", "b");
        assertThat(rows(data)).isEmpty();
    }

    @Test
    void blankLinesAreNoRows() throws Exception {
        assertThat(rows(open("a.csv", "a,b\n1,2\n\n3,4\n\n\n"))).hasSize(2);
    }

    @Test
    void jsonLinesMayDifferInTheirKeys() throws Exception {
        String many = "{\"a\":1}\n".repeat(30_000);
        Relation data = open("a.jsonl", many + "{\"a\":\"abc\",\"b\":2.5,\"c\":\"2020-01-31\"}\n");
        assertThat(types(data)).isEqualTo(Map.of("a", ColumnType.STRING, "b", ColumnType.NUMBER, "c", ColumnType.DATE));
        assertThat(rows(data).get(0).values()).isEqualTo(Map.of("a", "1"));
        assertThat(rows(data).get(30_000).values()).isEqualTo(Map.of("a", "abc", "b", 2.5, "c", "2020-01-31"));
    }

    @Test
    void parquetKeepsItsTypes() throws Exception {
        Path file = folder.resolve("a.parquet");
        engine.write(
                "SELECT i, CAST(i AS DECIMAL(9, 2)) / 4 AS amount, 's' || i AS word, DATE '2020-01-31' + i::INT"
                        + " AS day, TIMESTAMPTZ '2020-01-31 10:00:00+02' AS moment, [i] AS list, i > 1 AS flag FROM range(3) t(i)",
                file,
                "FORMAT parquet");
        Relation data = engine.open(DataSource.of("train", file));
        assertThat(data.columns())
                .extracting(Column::type)
                .containsExactly(
                        ColumnType.INTEGER,
                        ColumnType.NUMBER,
                        ColumnType.STRING,
                        ColumnType.DATE,
                        ColumnType.TIMESTAMP,
                        ColumnType.OTHER,
                        ColumnType.BOOLEAN);
        assertThat(rows(data).get(1).values())
                .containsEntry("amount", 0.25)
                .containsEntry("day", "2020-02-01")
                .containsEntry("moment", "2020-01-31T08:00");
    }

    @Test
    void pathsAreNotPatterns() throws Exception {
        Path odd = Files.createDirectories(folder.resolve("job[1] {x}/year=2020/it's"));
        for (String name : List.of("a.csv", "a.tsv")) {
            Path file = Files.writeString(odd.resolve(name), "a\n1\n");
            Relation data = engine.open(DataSource.of("train", file));
            assertThat(data.columns()).extracting(Column::name).containsExactly("a");
        }
        Path file = Files.writeString(odd.resolve("a.jsonl"), "{\"a\":1}\n");
        assertThat(engine.open(DataSource.of("train", file)).columns()).hasSize(1);
    }

    @Test
    void rowsAreNumberedInTheFilesOrder() throws Exception {
        int rows = 600_000;
        StringBuilder csv = new StringBuilder("id,row_number\n");
        for (int i = 1; i <= rows; i++) {
            csv.append(i).append(',').append(-i).append('\n');
        }
        Path parquet = folder.resolve("a.parquet");
        Relation data = open("a.csv", csv.toString());
        requireNumbered(data);
        engine.write("FROM " + data.sql(), parquet, "FORMAT parquet");
        requireNumbered(engine.open(DataSource.of("train", parquet)));
    }

    private void requireNumbered(Relation data) throws InterruptedException {
        assertThat(engine.query("SELECT count(*) AS n FROM " + engine.dialect().numbered(data, "place")
                                + " WHERE place <> id")
                        .get(0)
                        .count("n"))
                .isZero();
    }

    @Test
    void invalidBytesAreNotRead() throws IOException {
        Path file = folder.resolve("a.csv");
        Files.write(file, "a,b\n1,x\n2,é\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(UnusableDataTest.messageOf(engine, file)).contains("a.csv:3: not UTF-8 text; save it as UTF-8");
    }
}
