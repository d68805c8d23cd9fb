package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.ClusterSource;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Profiler;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a cluster reaches, by URI or by a table's name, is what the same rows are in a file of this machine. */
class ClusterSourcesTest {

    private static final int ROWS = 500;

    @TempDir
    static Path folder;

    private static BothEngines engines;
    private static Path parquet;

    @BeforeAll
    static void start() throws Exception {
        engines = BothEngines.start();
        parquet = Files.createDirectory(folder.resolve("days")).resolve("one.parquet");
        try (DataEngine here = DataEngine.embedded(List.of())) {
            here.export(
                    "SELECT i AS n, CASE WHEN i % 7 > 0 THEN i / 8.0 END AS x, 'day ' || (i % 31) AS s, DATE '2026-01-01' + CAST(i AS INTEGER) AS d, i % 3 = 0 AS b FROM range("
                            + ROWS + ") AS r(i)",
                    parquet);
        }
        DataEngine spark = engines.open(true);
        for (String format : List.of("orc", "json", "csv")) {
            spark.query("CREATE TABLE made_" + format + " USING " + format
                    + (format.equals("csv") ? " OPTIONS ('header' 'true')" : "") + " LOCATION "
                    + DataEngine.literal(uri(format)) + " AS SELECT * FROM parquet.`" + parquet + "`");
        }
    }

    @AfterAll
    static void end() {
        if (engines != null) {
            engines.close();
        }
    }

    private static String uri(String format) {
        return folder.resolve("made-" + format).toUri().toString();
    }

    private static ClusterSource source(String location, Optional<String> format) {
        return new ClusterSource("days", location, format, ReadOptions.SNIFFED);
    }

    private static DataProfile profile(DataEngine engine, DataSource source) throws InterruptedException {
        return Profiler.profile(engine, engine.open(source));
    }

    private static DataProfile here(Path file) throws InterruptedException {
        DataSource source = DataSource.of("days", file);
        try (DataEngine engine = DataEngine.embedded(source)) {
            return profile(engine, source);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc"})
    void filesWithTypes(String format) throws Exception {
        String uri = format.equals("parquet") ? parquet.getParent().toUri().toString() : uri(format);
        DataProfile there = profile(engines.open(true), source(uri, Optional.of(format)));
        assertThat(BothEngines.differences(here(parquet), there)).isEmpty();
    }

    @Test
    void filesOfText() throws Exception {
        Path written;
        try (var files = Files.list(folder.resolve("made-csv"))) {
            written = files.filter(file -> file.toString().endsWith(".csv"))
                    .findFirst()
                    .orElseThrow();
        }
        DataProfile there = profile(engines.open(true), source(uri("csv"), Optional.of("csv")));
        assertThat(BothEngines.differences(here(written), there)).isEmpty();
        assertThat(there.rows()).isEqualTo(ROWS);
    }

    @Test
    void linesOfJson() throws Exception {
        DataProfile there = profile(engines.open(true), source(uri("json"), Optional.of("jsonl")));
        assertThat(there.rows()).isEqualTo(ROWS);
        assertThat(there.columns())
                .extracting(column -> column.name())
                .containsExactlyInAnyOrder("n", "x", "s", "d", "b");
    }

    @Test
    void aTableOfTheCatalogue() throws Exception {
        DataEngine spark = engines.open(true);
        ClusterSource table = source("default.made_orc", Optional.empty());
        assertThat(BothEngines.differences(here(parquet), profile(spark, table)))
                .isEmpty();
        Artifact once = spark.artifact(table);
        Artifact again = engines.open(true).artifact(table);
        assertThat(again).isEqualTo(once);
        assertThat(once.path()).isEqualTo("table default.made_orc");
        // Eight bytes for every value but the texts "day 0" to "day 30", and none for the x that are missing.
        long texts = 0;
        long present = 0;
        for (int i = 0; i < ROWS; i++) {
            texts += ("day " + i % 31).length();
            present += i % 7 > 0 ? 4 : 3;
        }
        assertThat(once.bytes()).isEqualTo(texts + 8 * present);
    }

    @Test
    void filesHaveTheDigestOfTheirFolder() throws Exception {
        DataEngine spark = engines.open(true);
        ClusterSource source = source(parquet.getParent().toUri().toString(), Optional.of("parquet"));
        spark.open(source);
        Artifact found = spark.artifact(source);
        assertThat(found.digest()).isEqualTo(Digests.of(parquet.getParent()));
        assertThat(found.bytes()).isEqualTo(Files.size(parquet));
    }

    @Test
    void aPasswordInAUriIsNotShown() {
        assertThat(source("hdfs://me:secret@node/data", Optional.of("parquet")).shown())
                .isEqualTo("hdfs://***@node/data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:/nowhere/at/all | parquet", "nowhere.at_all | ", "file:/nowhere | delta"})
    void whatIsNotThereIsSaid(String location) {
        String[] parts = location.split(" \\| ?", 2);
        ClusterSource source = source(parts[0], Optional.of(parts[1]).filter(format -> !format.isEmpty()));
        assertThatThrownBy(() -> engines.open(true).open(source))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(source.shown());
    }
}
