package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Encoding;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.ReadOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A profile is the same wherever it is made. */
class ProfilesOnBothEnginesTest {

    private static BothEngines engines;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws InterruptedException {
        engines = BothEngines.start();
    }

    @AfterAll
    static void end() {
        if (engines != null) {
            engines.close();
        }
    }

    private Path write(String name, String text) throws IOException {
        return write(name, text, StandardCharsets.UTF_8);
    }

    private Path write(String name, String text, Charset charset) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, text.getBytes(charset));
    }

    private static DataSource read(Path path, ReadOptions options) {
        return new FileSource("t", path.toString(), path.getFileName().toString(), Optional.empty(), options);
    }

    private static ReadOptions options(
            Optional<Character> quote, Optional<Boolean> header, Optional<Encoding> encoding, List<String> nulls) {
        return new ReadOptions(Optional.empty(), quote, header, encoding, nulls, OptionalInt.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b,c\n1,x,2020-01-01\n2,y,2020-01-02\n",
                "a;b\n1,5;x\n2,5;y\n",
                "1,2.5\n3,4.5\n",
                ",b\n1,x\n2,y\n",
                "\uFEFFa,b\n1,x\n",
                "a,b\r\n1,x\r\n2,y\r\n",
                "a,b\n1,x\n2,y",
                "a,b\n\"1\",\"x, y\"\n\"2\",\"say \"\"hi\"\"\"\n",
                "a,b\n1,\"two\nlines\"\n2,\"cr\r\nlf\"\n",
                "a,b,c\n1,,\"\"\n2,\"\",\n,\" \",x\n",
                "a,b\n 1,true\n2 ,False\n",
                "a,b\n007,1e5\n12,1E-3\n",
                "a,b\n0,0\n-0,0.0\n00,0.50\n",
                "a,b\n9223372036854775807,1.0\n9223372036854775808,2.0\n",
                "a,b\n9223372036854775807,123456789012345678901\n-9223372036854775808,1\n",
                "a,b\n1e400,inf\n1,nan\n",
                "a,b\nNaN,Infinity\n1.5,-inf\n,2\n",
                "a,b\n1_000,.5\n2,5.\n",
                "a,b\n+1,+1.5\n2,2\n",
                "a,b\n2020-02-30,2020-1-1\n2020-02-28,2020-01-01\n",
                "a,b\n2020-01-01,2020-01-01T10:00:00\n2020-01-02,2020-01-01 10:00:00.123456\n",
                "a,b\n2020-01-01T10:00:00Z,2020-01-01T10:00:00+02:00\n2020-01-01T10:00:00+00:00,2020-01-01 10:00:00-05:30\n",
                "a,b\n2020-01-01 10:00,2020-01-01 25:00:00\n2020-01-01,2020-01-01 10:00:00\n",
                "a,b\n0001-01-01,9999-12-31\n1582-10-10,1969-12-31\n",
                "a,b\n9999-12-31,2020-01-01 10:00:00.1234567\n2020-01-01,2020-01-01 10:00:00.9999999\n",
                "a,b\n\n1,2\n\n2,3\n\n",
                "a\n1\n2\n",
                "a,b\n1,\"x\ny,z\"\n",
                "a,b\n",
                "a,b\n,\n,\n",
                "a,b\ntrue,TRUE\nfalse,false\n",
                "a,b\nyes,null\nno,NULL\n",
                "a,b\n\"a\\b\",\\\n'x',\"\\n\"\n",
                "a,b\n\u00e4\u00f6,\ud83d\ude42\n\u20ac,\ud83d\ude42\ud83d\ude42\n",
                "a,b\n1,#x\n#2,y\n",
                "a,b\n  lead,trail  \n\tt,x\u00a0\n",
                "'a','b'\n'1','x'\n'2','it''s'\n",
                "a|b\n1|x\n2|y\n",
                "a b,c.d,\"e\"\"f\",g`h,select,\u00fc,*,$1\n1,2,3,4,5,6,7,8\n2,3,4,5,6,7,8,9\n",
                "Ab,aC\n1,2\n",
                "a,b\n0x10,1f\n1d,1L\n",
                "a,b\n1e5,1e-400\n2.5e3,5e-324\n",
                "a,b\n12:30:00,2020-W01\n12:31:00,epoch\n",
                "a,b\n2020-01-01T10:00:00 UTC,2020-01-01 10:00:00 Europe/Berlin\n",
                "a,b\n2020-01-01T10,2020-01-01T\n",
                "a,b\n1234567890123456789.5,0.1\n2.25,0.30000000000000004\n",
                "a,b\n1.0,-0.0\n-0.0,0.0\n"
            })
    void csv(String text) throws Exception {
        engines.profiled(DataSource.of("t", write("t.csv", text)));
    }

    @Test
    void filesAsSeenFromHere() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        engines.profiled(DataSource.of("t", here.relativize(write("t.csv", "a,b\n1,x\n"))));
        Files.createDirectories(folder.resolve("days/day=1"));
        write("days/day=1/t.csv", "a,b\n1,x\n");
        engines.profiled(DataSource.of("t", here.relativize(folder.resolve("days"))));
    }

    @Test
    void separatedByTabs() throws Exception {
        engines.profiled(DataSource.of("t", write("t.tsv", "a\tb\n1\tx y\n2\t\"z\tw\"\n")));
    }

    @Test
    void otherTextsForNothing() throws Exception {
        Path file = write("t.csv", "a,b\n1,NA\nNA,x\n-,\"NA\"\n");
        engines.profiled(read(file, options(Optional.empty(), Optional.empty(), Optional.empty(), List.of("NA", "-"))));
    }

    @Test
    void noHeaderAndAnotherQuote() throws Exception {
        Path file = write("t.csv", "1,'x,y'\n2,'it''s'\n");
        engines.profiled(read(file, options(Optional.of('\''), Optional.of(false), Optional.empty(), List.of())));
    }

    @Test
    void otherEncodings() throws Exception {
        Path windows = write("w.csv", "a,b\n1,\u20ac uro\n2,\u00fcber\n", Charset.forName("windows-1252"));
        engines.profiled(read(
                windows, options(Optional.empty(), Optional.empty(), Optional.of(Encoding.WINDOWS_1252), List.of())));
        Path latin = write("l.csv", "a,b\n1,\u00e9t\u00e9\n", StandardCharsets.ISO_8859_1);
        engines.profiled(
                read(latin, options(Optional.empty(), Optional.empty(), Optional.of(Encoding.LATIN_1), List.of())));
        Path utf16 = write("u.csv", "a,b\n1,\u00e9t\u00e9 \ud83d\ude42\n2,y\n", StandardCharsets.UTF_16);
        engines.profiled(DataSource.of("t", utf16));
    }

    @Test
    void severalFiles() throws Exception {
        write("d/2.csv", "a,b\n2.5,x\n");
        write("d/10.csv", "a,b\n10,y\n");
        write("d/1.csv", "a,b\n1,z\n,\n");
        engines.profiled(DataSource.of("t", folder.resolve("d")));
        engines.profiled(new FileSource(
                "t", folder.resolve("d") + "/1*.csv", "d/1*.csv", Optional.empty(), ReadOptions.SNIFFED));
    }

    @Test
    void foldersWithKeys() throws Exception {
        write("d/day=2020-01-01/kind=a%20b/1.csv", "x\n1\n2\n");
        write("d/day=2020-01-02/kind=007/1.csv", "x\n3\n");
        write("d/day=2020-01-03/kind=__HIVE_DEFAULT_PARTITION__/1.csv", "x\n4\n");
        engines.profiled(DataSource.of("t", folder.resolve("d")));
        write("e/n=1/t.jsonl", "{\"x\": 1}\n");
        write("e/n=02/t.jsonl", "{\"x\": 2, \"y\": \"z\"}\n");
        engines.profiled(DataSource.of("t", folder.resolve("e")));
    }

    @Test
    void packed() throws Exception {
        Path file = folder.resolve("t.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("a,b\n1,x\n2,\"y\nz\"\n".getBytes(StandardCharsets.UTF_8));
        }
        engines.profiled(DataSource.of("t", file));
        Path json = folder.resolve("t.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(json))) {
            out.write("{\"a\": 1}\n{\"a\": 2}\n".getBytes(StandardCharsets.UTF_8));
        }
        engines.profiled(DataSource.of("t", json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1, \"b\": \"x\"}\n{\"a\": 2, \"b\": \"y\"}\n",
                "{\"z\": 1, \"a\": 2}\n{\"m\": 3, \"a\": 4}\n",
                "{\"a\": 1}\n{\"b\": 2.5}\n\n{\"a\": null, \"b\": null}\n",
                "{\"a\": {\"c\": {\"x\": 1, \"d\": \"q\"}, \"b\": 2}}\n{\"a\": null}\n{\"a\": {\"b\": 3}}\n",
                "{\"d\": \"2020-01-01\", \"t\": \"2020-01-01T10:00:00\"}\n{\"d\": \"2020-01-02\", \"t\": \"2020-01-01 11:00:00\"}\n",
                "{\"d\": \"2020-01-01\"}\n{\"d\": \"x\"}\n",
                "{\"d\": \"2020-01-01\"}\n{\"d\": \"2020-01-01T00:00:01Z\"}\n",
                "{\"t\": \"2020-01-01T10:00:00\"}\n{\"t\": \"2020-01-01T10:00:00.5\"}\n",
                "{\"t\": \"2020-01-01 10:00:00\"}\n{\"t\": \"2020-01-01 10:00:01\"}\n",
                "{\"t\": \"2020-01-01T10:00:00Z\"}\n{\"t\": \"2020-01-01T10:00:00+02:00\"}\n",
                "{\"a\": 9223372036854775807}\n{\"a\": 1}\n",
                "{\"a\": 9223372036854775808}\n{\"a\": 1}\n",
                "{\"a\": 1}\n{\"a\": 2.5}\n{\"a\": 1e3}\n",
                "{\"a\": 1}\n{\"a\": \"x\"}\n{\"a\": 2.5}\n",
                "{\"a\": true}\n{\"a\": \"x\"}\n",
                "{\"a\": true}\n{\"a\": false}\n",
                "{\"a\": [1, 2]}\n{\"a\": []}\n",
                "{\"a\": [{\"b\": 1}]}\n{\"a\": null}\n",
                "{\"a\": \"\"}\n{\"a\": \"NaN\"}\n{\"a\": \"\\u0000x\"}\n",
                "{\"a\": \"007\", \"b\": \"12\"}\n{\"a\": \"1\", \"b\": \"13\"}\n",
                "{\"a\": \"true\"}\n{\"a\": \"false\"}\n",
                "{\"a.b\": 1, \"c d\": 2, \"e`f\": 3, \"g\\\"h\": 4, \"\\ud83d\\ude42\": 5}\n",
                "{\"a\": {\"b.c\": 1, \"d`e\": 2}}\n",
                "{\"a\": null}\n{\"a\": null}\n",
                "{\"a\": 0.1}\n{\"a\": 123456789012345678901234567890}\n",
                "{\"a\": -0.0}\n{\"a\": 1E2}\n",
                "{\"a\": 1}\n{\"a\": {\"b\":2}}\n",
                "{\"a\": {\"b\":2}}\n{\"a\": [1]}\n",
                "{}\n{\"a\": 1}\n",
                "{\"t\": \"12:30:00\"}\n{\"t\": \"12:31:00\"}\n",
                "{\"a\": \"6f1e0e5c-93b5-4f2b-8b62-0a6f9d9b8a11\"}\n",
                "{\"_corrupt_record\": 1}\n"
            })
    void jsonLines(String text) throws Exception {
        engines.profiled(DataSource.of("t", write("t.jsonl", text)));
    }

    private Path parquet(String name, String select) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (DataEngine engine = DataEngine.embedded(List.of())) {
            engine.export(select, file);
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT i::TINYINT AS t, i::SMALLINT AS s, i::INTEGER AS i, i::BIGINT AS l FROM range(-50, 50) AS r(i)",
                "SELECT i::UTINYINT AS t, i::USMALLINT AS s, i::UINTEGER AS i, i::UBIGINT AS l FROM range(0, 200) AS r(i)",
                "SELECT * FROM (VALUES (18446744073709551615::UBIGINT), (3::UBIGINT)) AS v(u)",
                "SELECT * FROM (VALUES (170141183460469231731687303715884105727::HUGEINT), (3::HUGEINT)) AS v(u)",
                "SELECT i::FLOAT / 3 AS f, i::DOUBLE / 7 AS d FROM range(-500, 500) AS r(i)",
                "SELECT * FROM (VALUES ('nan'::DOUBLE, 'nan'::FLOAT), ('inf'::DOUBLE, '-inf'::FLOAT), (NULL, NULL), (1.5, 2.5)) AS v(d, f)",
                "SELECT i::DECIMAL(9, 2) / 1 AS a, (i * 1.25)::DECIMAL(18, 4) AS b, (i * 1.5)::DECIMAL(38, 10) AS c, i::DECIMAL(12, 0) AS e FROM range(-9, 90) AS r(i)",
                "SELECT * FROM (VALUES (9007199254740993), (9223372036854775807), (-9223372036854775808), (NULL)) AS v(l)",
                "SELECT 9007199254740992 + i AS l FROM range(0, 300) AS r(i)",
                "SELECT * FROM (VALUES ('x'), (''), (NULL), ('\ud83d\ude42'), ('a' || chr(0) || 'b'), ('it''s')) AS v(s)",
                "SELECT * FROM (VALUES (DATE '2020-01-01', TIMESTAMP '2020-01-01 10:00:00.123456', TIMESTAMPTZ '2020-01-01 10:00:00+02'), (NULL, NULL, NULL), (DATE '0001-01-01', TIMESTAMP '1582-10-20 00:00:00', TIMESTAMPTZ '1969-12-31 23:59:59.5+00')) AS v(d, t, z)",
                "SELECT TIMESTAMP '2020-01-01' + to_seconds(i) AS s, (TIMESTAMP '2020-01-01' + to_seconds(i))::TIMESTAMP_NS AS ns, (TIMESTAMP '2020-01-01' + to_seconds(i))::TIMESTAMP_MS AS ms FROM range(0, 300) AS r(i)",
                "SELECT {'city': 'x' || i, 'at': {'lat': i / 3, 'lon': i}} AS address, i % 2 = 0 AS even FROM range(0, 20) AS r(i)",
                "SELECT CASE WHEN i % 3 = 0 THEN NULL ELSE {'a': i, 'b.c': i} END AS s FROM range(0, 20) AS r(i)",
                "SELECT [i, i + 1] AS l, MAP {'k': i} AS m, 'abc'::BLOB AS b FROM range(0, 5) AS r(i)",
                "SELECT i AS \"a b\", i AS \"c.d\", i AS \"e\"\"f\", i AS \"g`h\", i AS \"select\", i AS \"\u00fc\", i AS \"it's\", i AS \"a,b\" FROM range(0, 5) AS r(i)",
                "SELECT 1::BIGINT AS a, 'x' AS b WHERE false",
                "SELECT NULL::INTEGER AS a, NULL::VARCHAR AS b FROM range(0, 3)",
                "SELECT 'a'::ENUM('a', 'b') AS e, true AS y FROM range(0, 3)",
                "SELECT 1.7976931348623157e308::DOUBLE AS x, -1.7976931348623157e308::DOUBLE AS y UNION ALL SELECT -1.7976931348623157e308, 1",
                "SELECT (i * 7919 % 10007)::DOUBLE / 3 AS d, i * 1000003 % 100003 AS l, 'w' || (i * 31 % 211) AS s, 'k' || i AS k FROM range(0, 20000) AS r(i)"
            })
    void parquet(String select) throws Exception {
        engines.profiled(DataSource.of("t", parquet("t.parquet", select)));
    }

    @Test
    void severalParquetFiles() throws Exception {
        parquet("d/b.parquet", "SELECT i AS a, 'x' AS b FROM range(0, 5) AS r(i)");
        parquet("d/a.parquet", "SELECT 'y' AS b, i::INTEGER AS a FROM range(0, 5) AS r(i)");
        engines.profiled(DataSource.of("t", folder.resolve("d")));
        parquet("e/k=1/a.parquet", "SELECT i / 3 AS a FROM range(0, 5) AS r(i)");
        parquet("e/k=2/a.parquet", "SELECT i AS a FROM range(0, 5) AS r(i)");
        engines.profiled(DataSource.of("t", folder.resolve("e")));
    }

    /** More different values than are counted one by one: ranks, spreads and histograms. */
    @Test
    void manyValues() throws Exception {
        Random random = new Random(7);
        StringBuilder csv = new StringBuilder("id,g,h,t,w,n\n");
        for (int i = 0; i < 30_000; i++) {
            csv.append(i)
                    .append(',')
                    .append(random.nextGaussian())
                    .append(',')
                    .append(Math.exp(4 * random.nextGaussian()))
                    .append(",2020-01-01T00:00:00.")
                    .append(100_000 + i)
                    .append(",w")
                    .append(random.nextInt(300) * random.nextInt(3))
                    .append(',')
                    .append(random.nextInt(5) == 0 ? "" : random.nextLong())
                    .append('\n');
        }
        assertThat(engines.profiled(DataSource.of("t", write("t.csv", csv.toString())))
                        .at("/details/data/0/columns/1/distribution/count")
                        .asLong())
                .isEqualTo(30_000);
    }
}
