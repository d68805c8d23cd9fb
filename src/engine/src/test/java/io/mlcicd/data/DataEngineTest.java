package io.mlcicd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataEngineTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT sum(a.i * b.i) AS s FROM range(10000000) a(i), range(10000000) b(i)",
                "SELECT count(*) AS n FROM range(100000000000) t(i)",
                "SELECT count(*) AS n FROM range(100000000000) t(i) WHERE i % 7 = 3",
                "SELECT count(DISTINCT i) AS n FROM range(2000000000) t(i)",
                "SELECT sum(r) AS s FROM (SELECT row_number() OVER (ORDER BY hash(i)) AS r FROM range(500000000) t(i))",
                "SELECT i FROM range(100000000000) t(i)"
            })
    @Timeout(60)
    void anInterruptedQueryEndsAtOnce(String endless) throws Exception {
        try (DataEngine engine = DataEngine.embedded(List.of())) {
            AtomicReference<Throwable> error = new AtomicReference<>();
            Thread asking = new Thread(() -> {
                try {
                    engine.stream(endless, row -> {});
                } catch (Throwable e) {
                    error.set(e);
                }
            });
            asking.start();
            Thread.sleep(300);
            Instant interrupted = Instant.now();
            asking.interrupt();
            asking.join();
            assertThat(error.get()).isInstanceOf(InterruptedException.class);
            assertThat(Duration.between(interrupted, Instant.now())).isLessThan(Duration.ofSeconds(2));
            assertThat(engine.query("SELECT 1 AS one").get(0).count("one")).isEqualTo(1);
        }
    }

    @Test
    @Timeout(30)
    void readingAFileCanBeInterrupted() throws Exception {
        Path file = wideFile(700_000);
        DataSource source = DataSource.of("train", file);
        try (DataEngine engine = DataEngine.embedded(source)) {
            AtomicReference<Throwable> error = new AtomicReference<>();
            Thread reading = new Thread(() -> {
                try {
                    engine.open(source);
                } catch (Throwable e) {
                    error.set(e);
                }
            });
            reading.start();
            Thread.sleep(100);
            reading.interrupt();
            reading.join();
            assertThat(error.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void anInterruptedThreadAsksNothing() throws Exception {
        try (DataEngine engine = DataEngine.embedded(List.of())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> engine.query("SELECT 1")).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void answersComeInOrderAndAreNotHeld() throws Exception {
        try (DataEngine engine = DataEngine.embedded(List.of())) {
            long[] next = {0};
            engine.stream("SELECT i FROM range(1000000) t(i) ORDER BY i", row -> {
                assertThat(row.count("i")).isEqualTo(next[0]);
                next[0]++;
            });
            assertThat(next[0]).isEqualTo(1_000_000);
        }
    }

    @Test
    void whatDoesNotFitInMemorySpillsAndIsRemoved() throws Exception {
        DataSource source = DataSource.of("train", wideFile(700_000));
        Path spill;
        try (DuckDbSession session = DuckDbSession.open()) {
            session.execute("SET memory_limit = '100MB'");
            session.shutDoors(List.of(folder.resolve("wide.csv")));
            Relation data = new DuckDbSources(session).open(source, "data_1");
            assertThat(session.query("SELECT count(*) AS n FROM " + data.sql())
                            .get(0)
                            .count("n"))
                    .isEqualTo(700_000);
            spill = session.spillFolder();
            assertThat(spill).isNotEmptyDirectory();
        }
        assertThat(spill).doesNotExist();
    }

    /** Texts without a pattern, so that they do not compress away. */
    private Path wideFile(int rows) throws IOException {
        Path file = folder.resolve("wide.csv");
        Random random = new Random(1);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("a,b,c,d,e\n");
            for (int i = 0; i < rows; i++) {
                for (int column = 0; column < 5; column++) {
                    out.write(
                            Long.toString(random.nextLong(), 36) + "-" + random.nextInt() + (column < 4 ? "," : "\n"));
                }
            }
        }
        return file;
    }
}
