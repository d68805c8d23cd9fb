package io.mlcicd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.operation.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryLimitTest {

    @TempDir
    private Path folder;

    @AfterEach
    void forget() {
        System.clearProperty("mlcicd.memory");
    }

    @ParameterizedTest
    @CsvSource({"512MB, 536870912", "4GB, 4294967296", "1.5 g, 1610612736", "2GiB, 2147483648", "300000k, 307200000"})
    void amountsAreReadWithTheirUnit(String text, long bytes) {
        assertThat(MemoryLimit.parse("x", text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "much", "-1GB", "10MB", "4 XB"})
    void whatIsNoAmountIsRefused(String text) {
        assertThatThrownBy(() -> MemoryLimit.parse("MLCICD_MEMORY", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("MLCICD_MEMORY: ");
    }

    @Test
    void dataLargerThanTheLimitAreProfiledExactly() throws Exception {
        System.setProperty("mlcicd.memory", "256MB");
        Path csv = folder.resolve("large.csv");
        int rows = 1_500_000;
        try (FreshEngine engine = new FreshEngine()) {
            engine.write(
                    "SELECT i AS id, hash(i) / 18446744073709551616.0 AS x, md5(CAST(i AS VARCHAR)) AS a,"
                            + " md5(CAST(i + 1 AS VARCHAR)) AS b, sha256(CAST(i AS VARCHAR)) AS c FROM range(" + rows
                            + ") AS r(i)",
                    csv,
                    "FORMAT csv, HEADER");
        }
        assertThat(Files.size(csv)).isGreaterThan(200L << 20);
        DataSource large = DataSource.of("large", csv);
        try (DataEngine engine = DataEngine.embedded(large)) {
            DataProfile profile = Profiler.profile(engine, engine.open(large));
            assertThat(profile.rows()).isEqualTo(rows);
            assertThat(profile.find("id").orElseThrow().distinct()).isEqualTo(rows);
            assertThat(profile.find("id")
                            .orElseThrow()
                            .distribution()
                            .orElseThrow()
                            .mean())
                    .isEqualTo((rows - 1) / 2.0);
            assertThat(profile.find("x")
                            .orElseThrow()
                            .distribution()
                            .orElseThrow()
                            .equalFrequency()
                            .total())
                    .isEqualTo(rows);
        }
    }
}
