package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Distribution;
import io.mlcicd.data.Profiler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What data beyond one machine need: few jobs whatever the number of columns, and sketches whose error is told. */
class LargeProfilesTest {

    private static final int ROWS = 40_000;

    @TempDir
    private static Path events;

    private static BothEngines engines;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws InterruptedException {
        engines = BothEngines.start(Map.of(
                "spark.eventLog.enabled", "true",
                "spark.eventLog.compress", "false",
                "spark.eventLog.dir", events.toUri().toString()));
    }

    @AfterAll
    static void end() {
        if (engines != null) {
            engines.close();
        }
    }

    private Path parquet(String name, int times) throws Exception {
        String columns = IntStream.range(0, times)
                .mapToObj(
                        i -> ("(n * 7919 + %1$d) %% 40009 AS id%1$d, exp(((n * 31 + %1$d) %% 39989) / 4000e0) AS x%1$d,"
                                        + " (n + %1$d) %% 50 AS few%1$d, 'w' || (n * n + %1$d) %% 300 AS word%1$d,"
                                        + " TIMESTAMP '2020-01-01' + to_seconds(n * %1$d) AS t%1$d")
                                .formatted(i))
                .collect(Collectors.joining(", "));
        Path file = folder.resolve(name);
        try (DataEngine engine = DataEngine.embedded(List.of())) {
            engine.export("SELECT " + columns + " FROM range(0, " + ROWS + ") AS r(n)", file);
        }
        return file;
    }

    private static DataProfile profile(Path file, boolean exact) throws InterruptedException {
        DataEngine engine = engines.open(exact);
        return Profiler.profile(engine, engine.open(DataSource.of("t", file)));
    }

    /** The jobs that have begun, once no more of them are told. */
    private static long jobs() throws Exception {
        long before = -1;
        long now = 0;
        while (now > before) {
            before = now;
            Thread.sleep(300);
            now = 0;
            try (Stream<Path> files = Files.walk(events)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    try (Stream<String> lines = Files.lines(file)) {
                        now += lines.filter(line -> line.contains("\"SparkListenerJobStart\""))
                                .count();
                    }
                }
            }
        }
        return before;
    }

    @Test
    void manyColumnsNeedNoManyJobs() throws Exception {
        Path narrow = parquet("narrow.parquet", 1);
        Path wide = parquet("wide.parquet", 10);
        for (boolean exact : new boolean[] {true, false}) {
            long begin = jobs();
            assertThat(profile(narrow, exact).columns()).hasSize(5);
            long between = jobs();
            assertThat(profile(wide, exact).columns()).hasSize(50);
            long ofWide = jobs() - between;
            long ofNarrow = between - begin;
            assertThat(ofNarrow).isBetween(3L, 20L);
            // The first look is one query, or four at most; each is a job for the workers and one for the answer.
            assertThat(ofWide).isBetween(ofNarrow, ofNarrow + 2 * 3);
        }
    }

    @Test
    void ranksAreOffByNoMoreThanIsTold() throws Exception {
        DataProfile profile = profile(parquet("t.parquet", 1), false);
        double[] sorted = IntStream.range(0, ROWS)
                .mapToDouble(n -> Math.exp((n * 31L % 39_989) / 4000.0))
                .sorted()
                .toArray();
        Distribution sketched = profile.find("x0").orElseThrow().distribution().orElseThrow();
        double error = sketched.rankError().orElseThrow();
        assertThat(error).isEqualTo(1e-4);
        assertThat(sketched.quantiles()).allSatisfy(quantile -> {
            double wanted = quantile.level() * (ROWS - 1);
            int first = first(sorted, quantile.value() * (1 - 1e-12));
            int last = first(sorted, quantile.value() * (1 + 1e-12));
            assertThat(wanted).isBetween(first - error * ROWS - 1, last + error * ROWS + 1);
        });
        assertThat(sketched.min()).isEqualTo(1);
        assertThat(sketched.equalFrequency().total()).isEqualTo(ROWS);
        assertThat(sketched.equalFrequency().counts()).allMatch(count -> Math.abs(count - ROWS / 50) <= 10);
        assertThat(sketched.mean()).isCloseTo(Arrays.stream(sorted).average().orElseThrow(), within());
        assertThat(profile.find("few0")
                        .orElseThrow()
                        .distribution()
                        .orElseThrow()
                        .rankError())
                .isEmpty();
    }

    private static org.assertj.core.data.Percentage within() {
        return org.assertj.core.data.Percentage.withPercentage(1e-9);
    }

    private static int first(double[] sorted, double value) {
        int found = Arrays.binarySearch(sorted, value);
        return found < 0 ? -found - 1 : found;
    }
}
