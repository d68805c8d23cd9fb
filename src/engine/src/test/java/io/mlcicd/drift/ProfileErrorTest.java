package io.mlcicd.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.data.DataProfiles;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.ProfileData;
import io.mlcicd.data.ProfileRequest;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** Measures from profiles are as close to those of the data as they say, whatever the data. */
class ProfileErrorTest {

    private static final double ROUNDING = 1e-8;

    @TempDir
    Path folder;

    @RepeatedTest(6)
    void everyMeasureFromProfilesIsWithinItsErrorOfThatFromData(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        Path reference = data("ref.csv", random, 300 + random.nextInt(3000), 0);
        Path current = data("cur.csv", random, 300 + random.nextInt(3000), random.nextDouble());
        DriftSide.Raw rawReference = new DriftSide.Raw(DataSource.of("ref", reference));
        DriftSide.Raw rawCurrent = new DriftSide.Raw(DataSource.of("cur", current));
        DriftSide profiledReference = profile(rawReference);
        DriftSide profiledCurrent = profile(rawCurrent);

        Map<String, ColumnDrift> exact = columns(rawReference, rawCurrent);

        hold(exact, columns(profiledReference, rawCurrent));
        hold(exact, columns(rawReference, profiledCurrent));
        hold(exact, columns(profiledReference, profiledCurrent));
        assertThat(columns(profiledReference, rawCurrent).get("few").errors()).isEmpty();
        Map<String, Double> errors =
                columns(profiledReference, rawCurrent).get("real").errors();
        assertThat(errors.get("ks")).isBetween(1e-6, 0.2);
        assertThat(errors).doesNotContainKeys("psi", "js", "hellinger", "kl", "tv", "linf");
    }

    private static void hold(Map<String, ColumnDrift> exact, Map<String, ColumnDrift> profiled) {
        assertThat(profiled.keySet()).isEqualTo(exact.keySet());
        profiled.forEach((name, column) -> {
            assertThat(column.approximate()).isEqualTo(!column.errors().isEmpty());
            column.distances().values().forEach((measure, value) -> {
                if (!measure.equals("chi2.degreesOfFreedom")) {
                    double difference = Math.abs(
                            value - exact.get(name).distances().get(measure).orElseThrow());
                    double scale = Math.max(1, Math.abs(value));
                    assertThat(difference)
                            .as(
                                    "%s of %s: %s, error %s",
                                    measure, name, value, column.errors().get(measure))
                            .isLessThanOrEqualTo(column.errors().getOrDefault(measure, 0.0) + ROUNDING * scale);
                }
            });
        });
    }

    /** Reals, ties, a heavy hitter among reals, few numbers, numbers of wide range, and texts of a long tail. */
    private Path data(String name, Random random, int rows, double drift) throws IOException {
        String content = IntStream.range(0, rows)
                .mapToObj(i -> String.join(
                        ",",
                        "" + (random.nextGaussian() * (1 + drift) + drift),
                        "" + random.nextInt(250),
                        random.nextInt(3) == 0 ? "7" : "" + Math.exp(3 * random.nextGaussian() + drift),
                        "" + random.nextInt(drift > 0.5 ? 5 : 4),
                        random.nextInt(10) == 0 ? "" : "" + Math.tan(Math.PI * (random.nextDouble() - 0.5)),
                        "t" + (int) (1 / (random.nextDouble() + 0.002) + 20 * drift * random.nextDouble())))
                .collect(Collectors.joining("\n", "real,ties,heavy,few,wide,text\n", "\n"));
        return Files.writeString(folder.resolve(name), content);
    }

    private DriftSide profile(DriftSide.Raw data) throws InterruptedException {
        Path file = folder.resolve(data.source().name() + ".json");
        DataProfiles.write(
                new ProfileData()
                        .run(new ProfileRequest(List.of(data.source())), Progress.NONE)
                        .details()
                        .data()
                        .get(0),
                file);
        return new DriftSide.Profile(file, file.getFileName().toString());
    }

    private static Map<String, ColumnDrift> columns(DriftSide reference, DriftSide current)
            throws InterruptedException {
        return new CheckDrift()
                        .run(
                                new DriftRequest(
                                        Optional.empty(),
                                        reference,
                                        current,
                                        List.of(),
                                        List.of(),
                                        ColumnTests.DEFAULT,
                                        List.of(),
                                        LineageRecord.EMPTY),
                                Progress.NONE)
                        .details()
                        .columns()
                        .stream()
                        .collect(Collectors.toMap(ColumnDrift::name, column -> column));
    }
}
