package io.mlcicd.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.data.DataSource;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How often drift of known size and kind is found, and how often drift where there is none. Each column of a data set is
 * one repetition, so that a single check tests hundreds of them.
 */
class DriftPowerTest {

    private static final int REPETITIONS = 100;

    @TempDir
    Path folder;

    private final Random random = new Random(20);

    /** A kind of column: its values in the reference and in the current data. */
    private record Kind(Function<Random, String> reference, Function<Random, String> current) {

        static Kind without(Function<Random, String> drift) {
            return new Kind(drift, drift);
        }
    }

    @Test
    void withoutDriftTestsAlarmAtTheirNominalRate() throws Exception {
        Map<String, Kind> kinds = Map.of(
                "normal", Kind.without(DriftPowerTest::normal),
                "skewed", Kind.without(some -> "" + Math.exp(2 * some.nextGaussian())),
                "holes", Kind.without(some -> some.nextInt(10) == 0 ? "" : normal(some)),
                "category", Kind.without(some -> "c" + some.nextInt(6)));
        Path reference = data("ref.csv", kinds, Kind::reference, REPETITIONS, 300);
        Path current = data("cur.csv", kinds, Kind::current, REPETITIONS, 250);

        for (TestMethod method : List.of(TestMethod.KS, TestMethod.AD, TestMethod.CVM, TestMethod.G)) {
            List<ColumnDrift> columns = check(reference, current, method, Correction.NONE);
            for (String kind : kinds.keySet()) {
                assertNominal(method + " of " + kind, found(columns, kind, DriftReason.DISTRIBUTION));
                // Fewer than the nominal rate, for the change must be large as well as significant.
                assertThat(found(columns, kind, DriftReason.MISSING)).isLessThan(most());
                assertThat(found(columns, kind, DriftReason.NEW_CATEGORIES)).isZero();
            }
        }
        assertThat(check(reference, current, TestMethod.AUTO, Correction.BENJAMINI_HOCHBERG).stream()
                        .filter(ColumnDrift::drifted)
                        .count())
                .as("of %s columns after correction", 4 * REPETITIONS)
                .isLessThanOrEqualTo(2);
    }

    /** Within the 99.9% interval of a binomial distribution; the Kolmogorov-Smirnov test is known to be conservative. */
    private static void assertNominal(String what, long alarms) {
        assertThat(alarms)
                .as(what)
                .isBetween(
                        (long) BinomialDistribution.of(REPETITIONS, 0.035).inverseCumulativeProbability(0.0005),
                        most());
    }

    private static long most() {
        return BinomialDistribution.of(REPETITIONS, 0.05).inverseCumulativeProbability(0.9995);
    }

    @Test
    void withManyRowsDistancesNeverAlarmWithoutDriftAndAlwaysWithDriftThatMatters() throws Exception {
        Map<String, Kind> kinds = Map.of(
                "normal",
                Kind.without(DriftPowerTest::normal),
                "skewed",
                Kind.without(some -> "" + Math.exp(2 * some.nextGaussian())),
                "category",
                Kind.without(some -> "c" + some.nextInt(6)),
                "slight",
                new Kind(DriftPowerTest::normal, some -> "" + (some.nextGaussian() + 0.04)),
                "shift",
                new Kind(DriftPowerTest::normal, some -> "" + (some.nextGaussian() + 0.2)),
                "mix",
                new Kind(some -> "c" + some.nextInt(6), some -> "c" + Math.min(5, some.nextInt(8))));
        int repetitions = 20;
        Path reference = data("ref.csv", kinds, Kind::reference, repetitions, 5200);
        Path current = data("cur.csv", kinds, Kind::current, repetitions, 5200);

        List<ColumnDrift> columns = check(reference, current, TestMethod.AUTO, Correction.BENJAMINI_HOCHBERG);

        for (String kind : List.of("normal", "skewed", "category", "slight")) {
            assertThat(found(columns, kind, DriftReason.DISTRIBUTION)).as(kind).isZero();
        }
        assertThat(found(columns, "shift", DriftReason.DISTRIBUTION)).isEqualTo(repetitions);
        assertThat(found(columns, "mix", DriftReason.DISTRIBUTION)).isEqualTo(repetitions);
    }

    @Test
    void driftOfKnownSizeIsFound() throws Exception {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put("shift", new Kind(DriftPowerTest::normal, some -> "" + (some.nextGaussian() + 0.4)));
        kinds.put("scale", new Kind(DriftPowerTest::normal, some -> "" + some.nextGaussian() * 1.6));
        kinds.put("mix", new Kind(some -> "c" + some.nextInt(4), some -> "c" + Math.min(3, some.nextInt(5))));
        kinds.put(
                "missing",
                new Kind(
                        some -> some.nextInt(20) == 0 ? "" : normal(some),
                        some -> some.nextInt(5) == 0 ? "" : normal(some)));
        kinds.put(
                "new",
                new Kind(some -> "c" + some.nextInt(4), some -> some.nextInt(20) == 0 ? "d" : "c" + some.nextInt(4)));
        Path reference = data("ref.csv", kinds, Kind::reference, 100, 300);
        Path current = data("cur.csv", kinds, Kind::current, 100, 300);

        List<ColumnDrift> automatic = check(reference, current, TestMethod.AUTO, Correction.BENJAMINI_HOCHBERG);
        List<ColumnDrift> andersonDarling = check(reference, current, TestMethod.AD, Correction.BENJAMINI_HOCHBERG);

        assertThat(found(automatic, "shift", DriftReason.DISTRIBUTION)).isGreaterThanOrEqualTo(90);
        assertThat(found(automatic, "scale", DriftReason.DISTRIBUTION)).isGreaterThan(60);
        assertThat(found(andersonDarling, "scale", DriftReason.DISTRIBUTION)).isGreaterThanOrEqualTo(90);
        assertThat(found(automatic, "mix", DriftReason.DISTRIBUTION)).isGreaterThanOrEqualTo(90);
        assertThat(found(automatic, "missing", DriftReason.MISSING)).isGreaterThanOrEqualTo(90);
        assertThat(found(automatic, "new", DriftReason.NEW_CATEGORIES)).isGreaterThanOrEqualTo(90);
        assertThat(found(automatic, "shift", DriftReason.MISSING)).isZero();
        assertThat(found(automatic, "mix", DriftReason.NEW_CATEGORIES)).isZero();
    }

    private static String normal(Random random) {
        return "" + random.nextGaussian();
    }

    private static long found(List<ColumnDrift> columns, String kind, DriftReason reason) {
        return columns.stream()
                .filter(column -> column.name().startsWith(kind + "_"))
                .filter(column -> column.reasons().contains(reason))
                .count();
    }

    private Path data(
            String file,
            Map<String, Kind> kinds,
            Function<Kind, Function<Random, String>> side,
            int repetitions,
            int rows)
            throws IOException {
        StringBuilder content = new StringBuilder();
        content.append(kinds.keySet().stream()
                        .flatMap(kind -> IntStream.range(0, repetitions).mapToObj(i -> kind + "_" + i))
                        .collect(Collectors.joining(",")))
                .append('\n');
        for (int row = 0; row < rows; row++) {
            String separator = "";
            for (Kind kind : kinds.values()) {
                for (int i = 0; i < repetitions; i++) {
                    content.append(separator).append(side.apply(kind).apply(random));
                    separator = ",";
                }
            }
            content.append('\n');
        }
        return Files.writeString(folder.resolve(file), content);
    }

    private static List<ColumnDrift> check(Path reference, Path current, TestMethod method, Correction correction)
            throws InterruptedException {
        ColumnTests tests = new ColumnTests(ColumnTest.of(method), Map.of(), correction, 0.05, 0.01);
        return new CheckDrift()
                .run(
                        new DriftRequest(
                                Optional.empty(),
                                new DriftSide.Raw(DataSource.of("ref", reference)),
                                new DriftSide.Raw(DataSource.of("cur", current)),
                                List.of(),
                                List.of(),
                                tests,
                                List.of(),
                                LineageRecord.EMPTY),
                        Progress.NONE)
                .details()
                .columns();
    }
}
