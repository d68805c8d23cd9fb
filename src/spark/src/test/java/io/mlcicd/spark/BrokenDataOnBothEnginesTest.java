package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with data is said in the same words wherever they are read: which file, which line, what to do. */
class BrokenDataOnBothEnginesTest {

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

    private Path write(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private String refused(String name, String text) throws Exception {
        return engines.refused(DataSource.of("t", write(name, text)));
    }

    @Test
    void fieldsThatAreTooManyOrTooFew() throws Exception {
        assertThat(refused("many.csv", "a,b\n1,2\n1,2,3\n"))
                .contains("many.csv:3: has 3 fields where the header has 2");
        assertThat(refused("few.csv", "a,b\n1,2\n1\n")).contains("few.csv:3: has 1 field where the header has 2");
    }

    @Test
    void quotesThatNeverClose() throws Exception {
        assertThat(refused("q.csv", "a,b\n1,x\n2,\"y\n3,z\n")).contains("q.csv:3: a quoted field starts in this line");
    }

    @Test
    void whatIsNotUtf8() throws Exception {
        Path file = folder.resolve("w.csv");
        Files.write(file, "a,b\n1,x\n2,\u00fcber\n".getBytes(Charset.forName("windows-1252")));
        assertThat(engines.refused(DataSource.of("t", file))).contains("w.csv:3: not UTF-8 text");
        Path json = folder.resolve("w.jsonl");
        Files.write(json, "{\"a\": \"x\"}\n{\"a\": \"\u00fc\"}\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(engines.refused(DataSource.of("t", json))).contains("w.jsonl:2: not UTF-8 text");
    }

    @Test
    void whatIsNotJson() throws Exception {
        assertThat(refused("j.jsonl", "{\"a\": 1}\n{\"a\": }\n")).contains("j.jsonl:2: not valid JSON at column");
        assertThat(refused("k.jsonl", "{\"a\": 1}\n{\"a\": 1\n")).contains("k.jsonl:2:");
        assertThat(refused("l.jsonl", "{\"a\": 1}\nx\n")).contains("l.jsonl:2:");
    }

    @Test
    void filesThatAreEmptyOrNotThere() throws Exception {
        assertThat(refused("e.csv", "")).contains("e.csv is empty");
        Files.createDirectories(folder.resolve("none"));
        assertThat(engines.refused(DataSource.of("t", folder.resolve("none"))))
                .contains("is a folder without data files in it");
        assertThat(engines.refused(DataSource.of("t", folder.resolve("gone.csv"))))
                .contains("does not exist");
    }

    @Test
    void filesOfOneDataSetThatDiffer() throws Exception {
        write("d/1.csv", "a,b\n1,2\n");
        write("d/2.csv", "a,c\n1,2\n");
        assertThat(engines.refused(DataSource.of("t", folder.resolve("d")))).contains("column 2 is 'c'");
        try (DataEngine engine = DataEngine.embedded(List.of())) {
            Files.createDirectories(folder.resolve("p"));
            engine.export("SELECT 1 AS a, 2 AS b", folder.resolve("p/1.parquet"));
            engine.export("SELECT 1 AS a, 2 AS c", folder.resolve("p/2.parquet"));
        }
        assertThat(engines.refused(DataSource.of("t", folder.resolve("p")))).contains("has no column 'b'");
    }

    @Test
    void filesThatWereCutOff() throws Exception {
        Path whole = folder.resolve("whole.parquet");
        try (DataEngine engine = DataEngine.embedded(List.of())) {
            engine.export("SELECT n AS a FROM range(0, 100000) AS r(n)", whole);
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(engines.refused(DataSource.of("t", cut)))
                .contains("cut.parquet is not a Parquet file, or was cut off");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 100_000; i++) {
                out.write((i + "," + i * 7919 % 100_003 + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        Path gz = Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(packed.toByteArray(), packed.size() / 2));
        assertThat(engines.refused(DataSource.of("t", gz))).contains("cut.csv.gz cannot be unpacked");
    }

    @Test
    void columnsOfTheSameName() throws Exception {
        assertThat(refused("n.csv", "a,a\n1,2\n")).contains("n.csv:1: two columns are called 'a'");
        write("h/a=1/t.csv", "a,b\n1,2\n");
        assertThat(engines.refused(DataSource.of("t", folder.resolve("h"))))
                .contains("is both in the files and in the names of their folders");
    }
}
