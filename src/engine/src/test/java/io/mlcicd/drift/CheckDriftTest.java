package io.mlcicd.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.type.TypeReference;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataSource;
import io.mlcicd.document.Json;
import io.mlcicd.drift.DriftDetails.SideName;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckDriftTest {

    private static final ColumnTest PSI = ColumnTest.of(TestMethod.PSI);

    @TempDir
    Path folder;

    @Test
    void distancesOfNumbersEqualScipyAndNumpy() throws Exception {
        // numpy and scipy 1.17 on ref = ((i*37)%101)/4, cur = ((i*53)%97)/4 + 1.5: ks_2samp(method='asymp');
        // np.histogram on np.quantile(ref, deciles) with open ends, then PSI and jensenshannon(base=2)
        Path reference = csv("ref.csv", "x", 200, i -> "" + ((i * 37) % 101) / 4.0);
        Path current = csv("cur.csv", "x", 150, i -> "" + (((i * 53) % 97) / 4.0 + 1.5));

        Distances distances = only(check(reference, current)).distances();

        assertThat(distances.get("ks").orElseThrow()).isCloseTo(0.06, within(1e-12));
        assertThat(distances.get("ks.pValue").orElseThrow()).isCloseTo(0.8977573953520601, within(1e-9));
        assertThat(distances.psi()).isCloseTo(0.033315535364684956, within(1e-12));
        assertThat(distances.js()).isCloseTo(0.07695633398526755, within(1e-12));
        assertThat(distances.get("chi2")).isEmpty();
    }

    @Test
    void kolmogorovSmirnovCountsTiesAsScipyDoes() throws Exception {
        // scipy.stats.ks_2samp(..., method='asymp')
        Path reference = csv("ref.csv", "x", List.of(1, 1, 2, 2, 2, 3, 5, 5));
        Path current = csv("cur.csv", "x", List.of(1, 2, 2, 3, 3, 3, 4, 5, 6));

        Distances distances = only(check(reference, current)).distances();

        assertThat(distances.get("ks").orElseThrow()).isCloseTo(0.2916666666666667, within(1e-12));
        assertThat(distances.get("ks.pValue").orElseThrow()).isCloseTo(0.7961516203703702, within(1e-9));
    }

    @Test
    void distancesOfCategoriesEqualScipy() throws Exception {
        // scipy.stats.chi2_contingency([[60,45,30,15,0], [30,50,40,0,12]], correction=False) and as above
        Path reference = csv("ref.csv", "c", repeated("sun", 60, "rain", 45, "fog", 30, "snow", 15));
        Path current = csv("cur.csv", "c", repeated("hail", 12, "sun", 30, "rain", 50, "fog", 40));

        ColumnDrift column = only(check(reference, current));

        assertThat(column.kind()).isEqualTo(ColumnKind.CATEGORICAL);
        assertThat(column.distances().get("chi2").orElseThrow()).isCloseTo(37.69637730690362, within(1e-11));
        assertThat(column.distances().get("chi2.degreesOfFreedom")).hasValue(4);
        assertThat(column.distances().get("chi2.pValue").orElseThrow())
                .isCloseTo(1.2943643804642945e-07, within(1e-15));
        assertThat(column.distances().psi()).isCloseTo(1.4675453449884128, within(1e-12));
        assertThat(column.distances().js()).isCloseTo(0.35185772998994413, within(1e-12));
        assertThat(column.newCategories()).containsExactly("hail");
        assertThat(column.vanishedCategories()).containsExactly("snow");
        assertThat(column.message())
                .isEqualTo("PSI is 1.468, at least the threshold 0.2; 9.1% of the rows are in new categories;"
                        + " 'sun' moved most, from 40% to 22.7% of the rows; new: 'hail'; vanished: 'snow'");
    }

    @Test
    void identicalDataDriftNowhere() throws Exception {
        Path data = mixed("data.csv", 1, 500, 0, 0);

        Result<DriftDetails> result = run(data, data);

        assertThat(result.metrics())
                .containsEntry("drift.share", 0.0)
                .containsEntry("drift.columns", 0.0)
                .containsEntry("drift.compared", 4.0)
                .containsEntry("drift.missingColumns", 0.0);
        for (ColumnDrift column : result.details().columns()) {
            assertThat(column.distances().psi()).isZero();
            assertThat(column.distances().js()).isZero();
            assertThat(column.distances().get("ks").orElse(0)).isZero();
            assertThat(column.distances().get("ks.pValue").orElse(1)).isEqualTo(1);
            assertThat(column.distances().get("chi2").orElse(0)).isCloseTo(0, within(1e-9));
            assertThat(column.distances().get("chi2.pValue").orElse(1)).isCloseTo(1, within(1e-9));
            assertThat(column.moved()).isEmpty();
        }
    }

    @Test
    void neitherTheOrderOfRowsNorTheirRepetitionChangesDistances() throws Exception {
        Path reference = mixed("ref.csv", 1, 400, 0, 0.1);
        Path current = mixed("cur.csv", 2, 300, 0.4, 0.2);
        Result<DriftDetails> plain = run(reference, current);
        Result<DriftDetails> shuffled = run(shuffled(reference, 1), shuffled(current, 1));
        Result<DriftDetails> twice = run(shuffled(reference, 2), shuffled(current, 2));

        assertThat(shuffled.metrics()).isEqualTo(plain.metrics());
        plain.metrics().forEach((name, value) -> {
            if (name.endsWith(".js") || name.endsWith(".psi") || name.endsWith(".ks")) {
                // Interpolated deciles of real numbers move a little within a gap between two of them.
                double least = name.startsWith("number") && !name.endsWith(".ks") ? 0.02 : 1e-12;
                assertThat(twice.metrics().get(name)).as(name).isCloseTo(value, within(least));
            }
        });
        assertThat(plain.metrics().get("number.psi")).isPositive();
    }

    @Test
    void everyMetricIsFiniteForConstantAndEmptyColumns() throws Exception {
        Path reference = text("ref.csv", "constant,moved,gone,came,never\n" + "5,5,1,,\n".repeat(20));
        Path current = text("cur.csv", "constant,moved,gone,came,never\n" + "5,4,,1,\n".repeat(30));

        Result<DriftDetails> result = run(reference, current);

        assertThat(result.metrics().values())
                .allSatisfy(value -> assertThat(value).isFinite());
        assertThat(find(result, "constant").drifted()).isFalse();
        assertThat(find(result, "constant").distances().psi()).isZero();
        assertThat(find(result, "moved").drifted()).isTrue();
        assertThat(find(result, "moved").distances().js()).isEqualTo(1);
        assertThat(find(result, "gone").drifted()).isTrue();
        assertThat(find(result, "gone").changedTo()).isEmpty();
        assertThat(find(result, "gone").currentMissing()).isEqualTo(1);
        assertThat(find(result, "gone").distances().get("ks")).hasValue(1);
        assertThat(find(result, "came").type()).isEqualTo(ColumnType.INTEGER);
        assertThat(find(result, "came").drifted()).isTrue();
        assertThat(find(result, "never").drifted()).isFalse();
        assertThat(result.metrics()).containsEntry("drift.share", 0.6);
    }

    @Test
    void missingValuesAreABinOfTheirOwn() throws Exception {
        Path reference = text("ref.csv", "id,x\n" + "1,5\n".repeat(90) + "1,\n".repeat(10));
        Path current = text("cur.csv", "id,x\n" + "1,5\n".repeat(50) + "1,nan\n".repeat(50));

        ColumnDrift column = find(run(reference, current), "x");

        assertThat(column.referenceMissing()).isEqualTo(0.1);
        assertThat(column.currentMissing()).isEqualTo(0.5);
        assertThat(column.distances().psi()).isCloseTo(0.4 * Math.log(5) + 0.4 * Math.log(1.8), within(1e-12));
        assertThat(column.distances().get("ks")).hasValue(0);
        assertThat(column.distribution())
                .last()
                .satisfies(bin -> assertThat(bin.label()).isEqualTo("(missing)"));
    }

    @Test
    void aTestGivesWayToItsSiblingWhereItDoesNotSuit() throws Exception {
        Path reference = mixed("ref.csv", 1, 300, 0, 0);
        Path current = mixed("cur.csv", 2, 300, 1, 0);

        Result<DriftDetails> ks = run(request(reference, current, ColumnTest.of(TestMethod.KS)));
        Result<DriftDetails> chi2 = run(request(reference, current, ColumnTest.of(TestMethod.CHI2)));

        assertThat(find(ks, "number").method()).isEqualTo(TestMethod.KS);
        assertThat(find(ks, "text").method()).isEqualTo(TestMethod.CHI2);
        assertThat(find(chi2, "number").method()).isEqualTo(TestMethod.KS);
        assertThat(find(ks, "number").drifted()).isTrue();
        assertThat(find(ks, "number").value()).isLessThan(0.05);
        assertThat(find(ks, "number").message()).contains("below the threshold 0.05");
        assertThat(ks.details().columns().get(0).name()).isEqualTo("number");
    }

    @Test
    void aChangedTypeCountsAsDrift() throws Exception {
        Path reference = csv("ref.csv", "x", List.of(1, 2, 3));
        Path current = csv("cur.csv", "x", List.of("a", "b", "c"));

        Result<DriftDetails> result = run(reference, current);

        ColumnDrift column = find(result, "x");
        assertThat(column.drifted()).isTrue();
        assertThat(column.changedTo()).contains(ColumnType.STRING);
        assertThat(column.message()).isEqualTo("the type changed from integer to string, which counts as drift");
        assertThat(result.metrics()).containsEntry("x.js", 1.0).containsEntry("x.ks", 1.0);
    }

    @Test
    void columnsOfOneSideAreNamedAndCanBeGated() throws Exception {
        Path reference = text("ref.csv", "a,b\n1,2\n");
        Path current = text("cur.csv", "a,c\n1,x\n");
        List<Gate> gates =
                List.of(gate("drift.missingColumns", 1, Criticality.UNSTABLE), gate("b.psi", 0.2, Criticality.FAILURE));

        Result<DriftDetails> result = run(request(reference, current, PSI, gates));

        assertThat(result.details().missing())
                .containsExactly(
                        new DriftDetails.MissingColumn("b", ColumnType.INTEGER, SideName.CURRENT),
                        new DriftDetails.MissingColumn("c", ColumnType.STRING, SideName.REFERENCE));
        assertThat(result.metrics()).containsEntry("drift.missingColumns", 2.0);
        assertThat(result.gates()).extracting(gate -> gate.outcome()).containsOnly(Outcome.FAILED);
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.details().retrain().recommended()).isTrue();
        assertThat(result.details().retrain().reasons())
                .containsExactly(
                        "drift.missingColumns is 2, must be at most 1",
                        "b.psi cannot be computed: the current data have no column 'b'");
    }

    @Test
    void aFailedNoteRecommendsNoRetraining() throws Exception {
        Path reference = csv("ref.csv", "x", List.of(1, 2, 3));
        Path current = csv("cur.csv", "x", List.of(7, 8, 9));

        Result<DriftDetails> result =
                run(request(reference, current, PSI, List.of(gate("drift.share", 0.5, Criticality.NOTE))));

        assertThat(result.gates().get(0).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.details().retrain().recommended()).isFalse();
        assertThat(result.details().retrain().reasons()).isEmpty();
    }

    @Test
    void datesAndIdentifiersAreComparedOnlyWhenNamed() throws Exception {
        Path reference = csv("ref.csv", "day,id,x", 200, i -> "2024-01-%02d,id%d,%d".formatted(i % 28 + 1, i, i % 9));
        Path current = csv("cur.csv", "day,id,x", 200, i -> "2025-01-%02d,id%d,%d".formatted(i % 28 + 1, -i, i % 9));

        Result<DriftDetails> unnamed = run(reference, current);
        DriftRequest all = request(reference, current, PSI);
        Result<DriftDetails> named = run(new DriftRequest(
                all.model(),
                all.reference(),
                all.current(),
                List.of("day", "id"),
                List.of(),
                all.tests(),
                all.gates(),
                all.known()));

        assertThat(unnamed.details().columns()).extracting(ColumnDrift::name).containsExactly("x");
        assertThat(unnamed.details().notCompared())
                .extracting(DriftDetails.UncomparedColumn::name)
                .containsExactly("day", "id");
        assertThat(find(named, "day").drifted()).isTrue();
        assertThat(find(named, "day").distribution().get(0).label()).startsWith("below 2024-01-0");
        assertThat(find(named, "day").distances().get("ks")).hasValue(1);
        assertThat(find(named, "id").drifted()).isTrue();
        assertThat(find(named, "id").newCategories()).hasSize(ColumnDrift.LISTED_CATEGORIES);
    }

    @Test
    void rareCategoriesBeyondTheLimitAreComparedTogether() throws Exception {
        IntFunction<String> value = i -> "v" + i % 1500;
        Path reference = csv("ref.csv", "c", 4000, value);
        Path current = csv("cur.csv", "c", 4000, value);

        ColumnDrift column = only(check(reference, current));

        assertThat(column.distances().psi()).isZero();
        assertThat(column.distances().get("chi2.degreesOfFreedom")).hasValue(Categories.LIMIT);
        assertThat(column.distribution()).hasSize(ColumnDrift.CHART_BINS);
        assertThat(column.distribution().stream().mapToDouble(Bin::reference).sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void columnsMayHaveAnyName() throws Exception {
        String header = "i,n,value,place,v0,v1,c0,q1,b2,\"it's \"\"x\"\"\",r.s";
        IntFunction<String> row = i -> "a%d,b%d,c%d,d%d,%d,%d,%d,%d,%d,e%d,%d"
                .formatted(i % 2, i % 3, i % 4, i % 5, i % 7, i % 11, i % 13, i % 17, i % 19, i % 6, i % 23);
        Path data = csv("data.csv", header, 300, row);
        Path other = csv("other.csv", header, 300, i -> row.apply(i % 2));

        Result<DriftDetails> same = run(data, data);
        Result<DriftDetails> moved = run(data, other);

        assertThat(same.metrics()).containsEntry("drift.compared", 11.0).containsEntry("drift.columns", 0.0);
        assertThat(find(same, "value").distribution()).hasSize(4);
        assertThat(find(same, "v1").distribution()).hasSizeGreaterThan(8);
        assertThat(moved.metrics()).containsEntry("drift.columns", 10.0).containsKey("it's \"x\".psi");
        assertThat(find(moved, "i").drifted()).isFalse();
    }

    @Test
    void namesTheFilesTheDataAndTheLineage() throws Exception {
        Path reference = csv("ref.csv", "x", List.of(1, 2, 3));
        Path current = csv("cur.csv", "x", List.of(1, 2, 3));

        Result<DriftDetails> result = run(reference, current);

        assertThat(result.inputs()).extracting(Artifact::name).containsExactly("train", "current");
        assertThat(result.lineage().data()).isEqualTo(result.inputs());
        assertThat(result.details().reference())
                .isEqualTo(new DriftDetails.ComparedData("train", reference.toString(), false, 3));
    }

    @Test
    void theResultSurvivesTheRoundTripThroughJson() throws Exception {
        Result<DriftDetails> result = run(request(
                mixed("ref.csv", 1, 200, 0, 0.1),
                mixed("cur.csv", 2, 200, 2, 0),
                PSI,
                List.of(gate("number.psi", 0.2, Criticality.FAILURE))));

        Result<DriftDetails> read =
                Json.mapper().readValue(Json.write(result), new TypeReference<Result<DriftDetails>>() {});

        assertThat(read).isEqualTo(result);
    }

    @Test
    void refusesDataWithoutRows() throws Exception {
        Path reference = text("ref.csv", "x\n1\n");
        Path current = text("cur.csv", "x\n");

        assertThatThrownBy(() -> run(reference, current))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cur.csv");
    }

    @Test
    void refusesUnknownColumnsAndMetricsWithAHint() throws Exception {
        Path data = csv("data.csv", "temperature", List.of(1, 2, 3));
        DriftRequest plain = request(data, data, PSI);
        DriftRequest columns = new DriftRequest(
                plain.model(),
                plain.reference(),
                plain.current(),
                List.of("temprature"),
                List.of(),
                plain.tests(),
                List.of(),
                plain.known());
        DriftRequest metric = request(data, data, PSI, List.of(gate("temperature.pis", 1, Criticality.FAILURE)));

        assertThatThrownBy(() -> run(columns))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("did you mean 'temperature'?");
        assertThatThrownBy(() -> run(metric))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("did you mean 'temperature.psi'?");
    }

    @Test
    void refusesWhenThereIsNothingToCompare() throws Exception {
        Path reference = csv("ref.csv", "a", List.of(1));
        Path current = csv("cur.csv", "b", List.of(1));

        assertThatThrownBy(() -> run(reference, current))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no column to compare");
    }

    @Test
    void refusesAThresholdOutsideItsRange() {
        assertThatThrownBy(() -> new ColumnTest(TestMethod.KS, 5))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> new ColumnTest(TestMethod.PSI, Double.NaN)).isInstanceOf(InvalidInputException.class);
    }

    private static Gate gate(String metric, double max, Criticality criticality) {
        return new Gate(metric, Comparison.MAX, max, criticality, Optional.empty());
    }

    private DriftRequest request(Path reference, Path current, ColumnTest test) {
        return request(reference, current, test, List.of());
    }

    private DriftRequest request(Path reference, Path current, ColumnTest test, List<Gate> gates) {
        return new DriftRequest(
                Optional.empty(),
                new DriftSide.Raw(DataSource.of("train", reference)),
                new DriftSide.Raw(DataSource.of("current", current)),
                List.of(),
                List.of(),
                ColumnTests.of(test),
                gates,
                LineageRecord.EMPTY);
    }

    private static Result<DriftDetails> run(DriftRequest request) throws InterruptedException {
        return new CheckDrift().run(request, Progress.NONE);
    }

    private Result<DriftDetails> run(Path reference, Path current) throws InterruptedException {
        return run(request(reference, current, PSI));
    }

    private DriftDetails check(Path reference, Path current) throws InterruptedException {
        return run(reference, current).details();
    }

    private static ColumnDrift only(DriftDetails details) {
        assertThat(details.columns()).hasSize(1);
        return details.columns().get(0);
    }

    private static ColumnDrift find(Result<DriftDetails> result, String name) {
        return result.details().columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Columns number, integer, flag and text; the numbers are moved by {@code shift}, the texts thinned by nulls. */
    private Path mixed(String file, long seed, int rows, double shift, double nulls) throws IOException {
        Random random = new Random(seed);
        return csv(file, "number,integer,flag,text", rows, i -> {
            String number = random.nextDouble() < nulls ? "" : "" + (random.nextGaussian() + shift);
            String text = random.nextDouble() < nulls ? "" : "t" + random.nextInt(5);
            return "%s,%d,%b,%s".formatted(number, random.nextInt(4), random.nextInt(3) == 0, text);
        });
    }

    /** The same rows in another order, each that many times. */
    private Path shuffled(Path file, int times) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            rows.addAll(lines.subList(1, lines.size()));
        }
        Collections.shuffle(rows, new Random(7));
        return csv(times + "-" + file.getFileName(), lines.get(0), rows);
    }

    private static List<String> repeated(Object... valuesAndCounts) {
        return IntStream.range(0, valuesAndCounts.length / 2)
                .boxed()
                .flatMap(i ->
                        Collections.nCopies((Integer) valuesAndCounts[2 * i + 1], (String) valuesAndCounts[2 * i])
                                .stream())
                .toList();
    }

    private Path csv(String file, String header, int rows, IntFunction<String> row) throws IOException {
        return csv(file, header, IntStream.range(0, rows).mapToObj(row).toList());
    }

    private Path csv(String file, String header, List<?> rows) throws IOException {
        return text(file, rows.stream().map(Object::toString).collect(Collectors.joining("\n", header + "\n", "\n")));
    }

    private Path text(String file, String content) throws IOException {
        return Files.writeString(folder.resolve(file), content);
    }
}
