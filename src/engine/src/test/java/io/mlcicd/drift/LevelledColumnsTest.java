package io.mlcicd.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.DataEngines;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.ElsewhereEngine;
import io.mlcicd.data.ProfileData;
import io.mlcicd.data.ProfileRequest;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns whose values stay where they are drift as those whose values are told, within the errors that are stated. */
class LevelledColumnsTest {

    private static final int ROWS = 30_000;

    @TempDir
    Path folder;

    private final AtomicLong handedOver = new AtomicLong();

    private DataSource data(String name, long seed, double shift) throws Exception {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("x,skewed,few,none,c"));
        for (int i = 0; i < ROWS; i++) {
            lines.add("%s,%s,%d,,%s"
                    .formatted(
                            random.nextInt(50) == 0 ? "" : "" + (1e6 + shift + random.nextGaussian()),
                            random.nextInt(3) == 0 ? "0" : "" + Math.exp(3 * random.nextGaussian() + shift),
                            random.nextInt(9) + (random.nextDouble() < shift ? 1 : 0),
                            "c" + random.nextInt(5)));
        }
        return DataSource.of(name, Files.write(folder.resolve(name + ".csv"), lines));
    }

    private static Result<DriftDetails> check(DataEngines engines, DriftSide before, DriftSide now) throws Exception {
        return new CheckDrift(engines)
                .run(
                        new DriftRequest(
                                Optional.empty(),
                                before,
                                now,
                                List.of(),
                                List.of(),
                                ColumnTests.of(ColumnTest.of(TestMethod.PSI)),
                                List.of(),
                                LineageRecord.EMPTY),
                        Progress.NONE);
    }

    private void agree(DriftSide before, DriftSide now, Map<String, Double> most) throws Exception {
        Result<DriftDetails> plain = check(DataEngines.EMBEDDED, before, now);
        handedOver.set(0);
        Result<DriftDetails> added = check(ElsewhereEngine.engines(100, handedOver), before, now);
        for (ColumnDrift column : plain.details().columns()) {
            ColumnDrift other = added.details().columns().stream()
                    .filter(each -> each.name().equals(column.name()))
                    .findFirst()
                    .orElseThrow();
            for (String measure : List.of("psi", "js", "ks", "wasserstein", "wasserstein.normed")) {
                if (column.distances().get(measure).isEmpty()) {
                    continue;
                }
                double value = column.distances().get(measure).getAsDouble();
                double error = other.errors().getOrDefault(measure, 0.0)
                        + column.errors().getOrDefault(measure, 0.0);
                assertThat(other.distances().get(measure).orElseThrow())
                        .as(column.name() + " " + measure)
                        .isCloseTo(value, within(error + 1e-9 * Math.max(1, Math.abs(value))));
                assertThat(error).as(column.name() + " " + measure).isLessThan(most.getOrDefault(measure, 1e-3));
            }
            assertThat(other.drifted()).as(column.name()).isEqualTo(column.drifted());
        }
    }

    @Test
    void dataMeetData() throws Exception {
        DriftSide before = new DriftSide.Raw(data("before", 1, 0));
        DriftSide now = new DriftSide.Raw(data("now", 2, 0.3));
        agree(before, now, Map.of("wasserstein", 60.0, "wasserstein.normed", 0.1));
        assertThat(handedOver.get()).isLessThan(4 * 6000);
    }

    @Test
    void dataMeetAProfile() throws Exception {
        DataSource reference = data("profiled", 3, 0);
        Path file = Files.writeString(
                folder.resolve("profile.json"),
                Json.write(new ProfileData()
                        .run(new ProfileRequest(List.of(reference)), Progress.NONE)
                        .details()
                        .data()
                        .get(0)));
        agree(
                new DriftSide.Profile(file, "profile.json"),
                new DriftSide.Raw(data("unprofiled", 4, 0.3)),
                Map.of("ks", 1.0, "psi", 1.0, "js", 1.0, "wasserstein", 1e6, "wasserstein.normed", 1e6));
    }
}
