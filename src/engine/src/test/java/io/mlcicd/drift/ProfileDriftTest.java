package io.mlcicd.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.ColumnProfile;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataProfiles;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Distribution;
import io.mlcicd.data.Distribution.Quantile;
import io.mlcicd.data.Histogram;
import io.mlcicd.data.ProfileData;
import io.mlcicd.data.ProfileRequest;
import io.mlcicd.data.TopValues;
import io.mlcicd.data.TopValues.ValueCount;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A profile must lead to the findings its data lead to. */
class ProfileDriftTest {

    private static final int BINS = 20;
    private static final int NULLS = 30;

    @TempDir
    Path folder;

    private final double[] referenceNumbers = numbers(1, 1000, 0);
    private final double[] currentNumbers = numbers(2, 800, 0.5);
    private final List<String> referenceTexts = texts(3, 1000, 6);
    private final List<String> currentTexts = texts(4, 800, 7);

    @Test
    void againstDataAProfileGivesPsiAndJensenShannonOfTheDataItselfAndKolmogorovSmirnovWithinItsBins()
            throws Exception {
        Result<DriftDetails> raw = run(rawReference(), rawCurrent());
        Result<DriftDetails> profiled = run(profile("ref", referenceNumbers, referenceTexts, true), rawCurrent());

        for (String metric : List.of("number.psi", "number.js", "text.psi", "text.js", "text.chi2", "drift.share")) {
            assertThat(profiled.metrics().get(metric))
                    .as(metric)
                    .isCloseTo(raw.metrics().get(metric), within(1e-12));
        }
        double exact = raw.metrics().get("number.ks");
        assertThat(profiled.metrics().get("number.ks")).isBetween(exact - 1.0 / BINS, exact + 1e-12);
        assertThat(column(profiled, "number").approximate()).isTrue();
        assertThat(column(profiled, "text").approximate()).isFalse();
        assertThat(column(raw, "number").approximate()).isFalse();
        assertThat(column(profiled, "text").newCategories()).containsExactly("t6");
        assertThat(column(profiled, "number").referenceMissing()).isEqualTo(NULLS / 1030.0);
    }

    @Test
    void aProfileDoesNotDriftFromItselfNorFromItsData() throws Exception {
        DriftSide profile = profile("ref", referenceNumbers, referenceTexts, true);

        Result<DriftDetails> itself = run(profile, profile);
        Result<DriftDetails> data = run(profile, rawReference());

        assertThat(itself.metrics()).containsEntry("number.psi", 0.0).containsEntry("number.ks", 0.0);
        assertThat(data.metrics()).containsEntry("number.psi", 0.0).containsEntry("number.ks", 0.0);
        assertThat(itself.metrics()).containsEntry("text.psi", 0.0).containsEntry("drift.columns", 0.0);
        assertThat(data.metrics()).containsEntry("text.psi", 0.0).containsEntry("drift.columns", 0.0);
    }

    @Test
    void aProfileMadeOfTheDataGivesTheirVeryPsi() throws Exception {
        DriftSide.Raw reference = (DriftSide.Raw) rawReference();
        DataProfile made = new ProfileData()
                .run(new ProfileRequest(List.of(reference.source())), Progress.NONE)
                .details()
                .data()
                .get(0);
        Path file = folder.resolve("made.json");
        DataProfiles.write(made, file);

        Result<DriftDetails> profiled = run(new DriftSide.Profile(file, "made.json"), rawCurrent());

        Result<DriftDetails> raw = run(reference, rawCurrent());
        assertThat(profiled.metrics().get("number.psi")).isCloseTo(raw.metrics().get("number.psi"), within(1e-12));
    }

    @Test
    void twoProfilesComeCloseToTheirData() throws Exception {
        Result<DriftDetails> raw = run(rawReference(), rawCurrent());
        Result<DriftDetails> profiled = run(
                profile("ref", referenceNumbers, referenceTexts, true),
                profile("cur", currentNumbers, currentTexts, true));

        assertThat(profiled.metrics().get("number.psi")).isCloseTo(raw.metrics().get("number.psi"), within(0.05));
        assertThat(profiled.metrics().get("number.ks")).isCloseTo(raw.metrics().get("number.ks"), within(1.0 / BINS));
        assertThat(profiled.metrics().get("text.chi2")).isCloseTo(raw.metrics().get("text.chi2"), within(1e-9));
    }

    @Test
    void theRestOfAnIncompleteListOfCategoriesIsComparedAsOne() throws Exception {
        Result<DriftDetails> result = run(profile("ref", referenceNumbers, referenceTexts, false), rawCurrent());

        ColumnDrift text = column(result, "text");
        assertThat(text.approximate()).isTrue();
        assertThat(text.newCategories()).isEmpty();
        assertThat(text.distribution())
                .extracting(Bin::label)
                .contains("(other)", "(missing)")
                .hasSize(6);
        assertThat(text.distribution().stream().mapToDouble(Bin::current).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void aConstantsProfileSeesEveryOtherValueAsDrift() throws Exception {
        double[] constant = new double[500];
        Arrays.fill(constant, 5);
        DriftSide profile = profile("ref", constant, texts(3, 500, 6), true);
        double[] less = constant.clone();
        Arrays.fill(less, 4);

        assertThat(run(profile, raw("same", constant, texts(3, 500, 6))).metrics())
                .containsEntry("number.js", 0.0)
                .containsEntry("number.ks", 0.0);
        Result<DriftDetails> moved = run(profile, raw("less", less, texts(3, 500, 6)));
        assertThat(moved.metrics()).containsEntry("number.ks", 1.0);
        assertThat(column(moved, "number").drifted()).isTrue();
    }

    @Test
    void refusesAFileThatIsNoProfile() throws Exception {
        Path file = Files.writeString(folder.resolve("contract.json"), "{\"columns\": 5}");

        assertThatThrownBy(() -> run(new DriftSide.Profile(file, "contract.json"), rawCurrent()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("contract.json is not a data profile");
    }

    @Test
    void anInterruptedThreadStopsTheCheck() throws Exception {
        DriftSide reference = rawReference();
        DriftSide current = rawCurrent();

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> run(reference, current)).isInstanceOf(InterruptedException.class);
    }

    private static Result<DriftDetails> run(DriftSide reference, DriftSide current) throws InterruptedException {
        return new CheckDrift()
                .run(
                        new DriftRequest(
                                Optional.empty(),
                                reference,
                                current,
                                List.of(),
                                List.of(),
                                ColumnTests.of(ColumnTest.of(TestMethod.PSI)),
                                List.of(),
                                LineageRecord.EMPTY),
                        Progress.NONE);
    }

    private static ColumnDrift column(Result<DriftDetails> result, String name) {
        return result.details().columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private DriftSide rawReference() throws IOException {
        return raw("ref", referenceNumbers, referenceTexts);
    }

    private DriftSide rawCurrent() throws IOException {
        return raw("cur", currentNumbers, currentTexts);
    }

    /** A file of these values, and some rows without any. */
    private DriftSide raw(String name, double[] numbers, List<String> texts) throws IOException {
        String rows = IntStream.range(0, numbers.length)
                .mapToObj(i -> numbers[i] + "," + texts.get(i) + "\n")
                .collect(Collectors.joining("", "number,text\n", ",\n".repeat(NULLS)));
        return new DriftSide.Raw(DataSource.of(name, Files.writeString(folder.resolve(name + ".csv"), rows)));
    }

    /** The profile of the same data, computed here; {@code complete} or with the four most frequent texts alone. */
    private DriftSide profile(String name, double[] numbers, List<String> texts, boolean complete) throws IOException {
        Map<String, Long> counts =
                new TreeMap<>(texts.stream().collect(Collectors.groupingBy(t -> t, Collectors.counting())));
        List<ValueCount> top = counts.entrySet().stream()
                .map(entry -> new ValueCount(entry.getKey(), entry.getValue()))
                .sorted((a, b) -> Long.compare(b.count(), a.count()))
                .limit(complete ? 100 : 4)
                .toList();
        ColumnProfile number = new ColumnProfile(
                "number",
                ColumnType.NUMBER,
                numbers.length,
                NULLS,
                numbers.length,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.of(distribution(numbers)),
                Optional.empty(),
                Optional.empty());
        ColumnProfile text = new ColumnProfile(
                "text",
                ColumnType.STRING,
                texts.size(),
                NULLS,
                counts.size(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new TopValues(top, complete)),
                Optional.empty());
        DataProfile profile = new DataProfile(
                DataProfile.SCHEMA_VERSION, name, List.of(), numbers.length + NULLS, List.of(number, text));
        Path file = Files.writeString(folder.resolve(name + ".json"), Json.write(profile));
        return new DriftSide.Profile(file, name + ".json");
    }

    private static Distribution distribution(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        List<Quantile> quantiles = new ArrayList<>();
        List<Double> edges = new ArrayList<>();
        for (int i = 0; i <= BINS; i++) {
            double level = i / (double) BINS;
            double value = quantile(sorted, i);
            quantiles.add(new Quantile(level, value));
            if (i == 0 || i == BINS || edges.get(edges.size() - 1) < value) {
                edges.add(value);
            }
        }
        double max = sorted[sorted.length - 1];
        List<Long> counts = new ArrayList<>();
        for (int i = 0; i + 1 < edges.size(); i++) {
            double from = edges.get(i);
            double to = edges.get(i + 1);
            boolean last = i + 2 == edges.size();
            counts.add(Arrays.stream(values)
                    .filter(x -> x >= from && (last ? x <= to : x < to))
                    .count());
        }
        Histogram histogram = new Histogram(edges, counts);
        return new Distribution(
                values.length,
                0,
                sorted[0],
                max,
                0,
                OptionalDouble.empty(),
                quantiles,
                histogram,
                histogram,
                OptionalDouble.empty());
    }

    /** Quantile {@code step / BINS} of type 7. */
    private static double quantile(double[] sorted, int step) {
        double position = (sorted.length - 1) * (double) step / BINS;
        int low = (int) position;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (position - low) * (sorted[high] - sorted[low]);
    }

    private static double[] numbers(long seed, int count, double shift) {
        Random random = new Random(seed);
        double[] numbers = new double[count];
        Arrays.setAll(numbers, i -> Math.round((random.nextGaussian() + shift) * 1000) / 1000.0);
        return numbers;
    }

    private static List<String> texts(long seed, int count, int categories) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> "t" + random.nextInt(categories))
                .toList();
    }
}
