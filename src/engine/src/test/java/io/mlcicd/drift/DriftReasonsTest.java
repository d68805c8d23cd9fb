package io.mlcicd.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.DataSource;
import io.mlcicd.gate.Comparison;
import io.mlcicd.gate.Gate;
import io.mlcicd.gate.Outcome;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.retrain.RetrainEvidence;
import io.mlcicd.retrain.RetrainPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a column counts as drifted, by which test, and what it weighs. */
class DriftReasonsTest {

    @TempDir
    Path folder;

    @Test
    void missingValuesAndNewCategoriesAreReasonsOfTheirOwn() throws Exception {
        Path reference = csv(
                "ref.csv",
                "full,holes,text,same",
                1000,
                i -> "%d,%s,%s,%d".formatted(i, i % 20 == 0 ? "" : "1", "abc".charAt(i % 3), i % 7));
        Path current = csv(
                "cur.csv",
                "full,holes,text,same",
                1000,
                i -> "%s,%s,%s,%d"
                        .formatted(
                                i % 50 == 0 ? "" : "" + i,
                                i % 8 == 0 ? "" : "1",
                                i % 40 == 0 ? "z" : "abc".charAt(i % 3),
                                i % 7));

        Result<DriftDetails> result = run(reference, current, ColumnTests.DEFAULT);

        // Missing: 2% where the reference has none; 7.5 points more; new: 2.5% of the rows.
        assertThat(find(result, "full").reasons()).containsExactly(DriftReason.MISSING);
        assertThat(find(result, "holes").reasons()).containsExactly(DriftReason.MISSING);
        assertThat(find(result, "text").reasons()).contains(DriftReason.NEW_CATEGORIES);
        assertThat(find(result, "same").reasons()).isEmpty();
        assertThat(find(result, "text").newCategoryShare()).isEqualTo(0.025);
        assertThat(find(result, "holes").message()).contains("missing values went from 5% to 12.5% of the rows");
        assertThat(find(result, "text").message()).contains("2.5% of the rows are in new categories");
        // scipy.stats.chi2_contingency([[125, 875], [50, 950]], correction=False)
        assertThat(find(result, "holes").missingPValue().raw()).isCloseTo(2.937212080567828e-09, within(1e-17));
        assertThat(result.metrics())
                .containsEntry("drift.missingValues", 2.0)
                .containsEntry("drift.newCategories", 1.0)
                .containsEntry("drift.columns", 3.0)
                .containsEntry("text.newCategoryShare", 0.025);
        assertThat(result.metrics().get("holes.missingChange")).isCloseTo(0.075, within(1e-12));
    }

    @Test
    void rareCategoriesThatComeAndGoAreNoDrift() throws Exception {
        Random random = new Random(5);
        IntFunction<String> tail = i -> "c" + (int) (1 / (random.nextDouble() + 0.001));
        Path reference = csv("ref.csv", "tail", 2000, tail);
        Path current = csv("cur.csv", "tail", 2000, tail);

        ColumnDrift column = find(run(reference, current, ColumnTests.DEFAULT), "tail");

        assertThat(column.newCategoryShare()).isGreaterThan(0.01);
        assertThat(column.drifted()).isFalse();
    }

    @Test
    void fewValuesAreTestedAndManyMeasured() throws Exception {
        Random random = new Random(3);
        IntFunction<String> row =
                i -> "%s,%d,%s".formatted(random.nextGaussian(), random.nextInt(3), "abcd".charAt(random.nextInt(4)));
        String header = "real,few,text";

        Result<DriftDetails> small =
                run(csv("a.csv", header, 40, row), csv("b.csv", header, 300, row), ColumnTests.DEFAULT);
        Result<DriftDetails> tiny =
                run(csv("c.csv", header, 12, row), csv("d.csv", header, 12, row), ColumnTests.DEFAULT);
        Result<DriftDetails> large =
                run(csv("e.csv", header, 6000, row), csv("f.csv", header, 6000, row), ColumnTests.DEFAULT);

        assertThat(methods(small)).isEqualTo(Map.of("real", "ks", "few", "chi2", "text", "chi2"));
        assertThat(methods(tiny)).isEqualTo(Map.of("real", "ks", "few", "fisher", "text", "fisher"));
        assertThat(methods(large)).isEqualTo(Map.of("real", "wasserstein", "few", "wasserstein", "text", "js"));
        assertThat(large.metrics()).containsKeys("real.wasserstein.normed", "real.wasserstein", "text.js", "real.ks");
        assertThat(large.metrics()).doesNotContainKeys("real.ad", "real.hellinger");
    }

    @Test
    void aColumnMayHaveATestOfItsOwn() throws Exception {
        Path data = csv("a.csv", "x,y", 200, i -> i + "," + i % 3);
        ColumnTests tests = new ColumnTests(
                ColumnTest.of(TestMethod.AD),
                Map.of("y", new ColumnTest(TestMethod.TV, 0.3)),
                Correction.NONE,
                0.05,
                0.01);

        Result<DriftDetails> result = run(data, data, tests);

        assertThat(methods(result)).isEqualTo(Map.of("x", "ad", "y", "tv"));
        assertThat(find(result, "y").threshold()).isEqualTo(0.3);
        assertThatThrownBy(() -> run(
                        data,
                        data,
                        new ColumnTests(
                                ColumnTest.DEFAULT, Map.of("yy", ColumnTest.DEFAULT), Correction.NONE, 0.05, 0.01)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'tests' of the drift check names the column 'yy'");
        assertThatThrownBy(() -> new ColumnTest(TestMethod.AUTO, 0.1)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void everyMethodWorksOnEveryKindOfColumn() throws Exception {
        Path reference =
                csv("ref.csv", "x,c,k,e,f", 60, i -> "%d,%s,5,,%d".formatted(i * i % 17, "uvw".charAt(i % 3), i % 2));
        Path current =
                csv("cur.csv", "x,c,k,e,f", 45, i -> "%d,%s,6,1,".formatted(i * i % 19 + 2, "uvw".charAt(i * i % 3)));
        for (TestMethod method : TestMethod.values()) {
            Result<DriftDetails> result = run(reference, current, ColumnTests.of(ColumnTest.of(method)));
            for (ColumnDrift column : result.details().columns()) {
                String used = column.method().measure();
                assertThat(column.distances().get(used))
                        .as("%s of %s", used, column.name())
                        .isPresent();
                assertThat(column.value())
                        .isEqualTo(column.distances().get(used).getAsDouble());
                assertThat(result.metrics()).containsKey(column.name() + "." + used);
                assertThat(column.pValue().isPresent())
                        .isEqualTo(column.method().onPValue());
            }
            assertThat(find(result, "k").drifted()).as(method.key()).isTrue();
            assertThat(find(result, "f").reasons()).contains(DriftReason.MISSING);
        }
    }

    @Test
    void pValuesAreCorrectedForTheNumberOfColumns() throws Exception {
        Random random = new Random(11);
        String header = IntStream.range(0, 200).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        IntFunction<String> row = i -> IntStream.range(0, 200)
                .mapToObj(column -> "" + (random.nextGaussian() + (column == 7 && i < 0 ? 1 : 0)))
                .collect(Collectors.joining(","));
        Path reference = csv("ref.csv", header, 100, row);
        Path current = csv("cur.csv", header, 100, i -> row.apply(-1 - i));

        Result<DriftDetails> corrected = run(reference, current, ColumnTests.of(ColumnTest.of(TestMethod.AD)));
        Result<DriftDetails> raw = run(
                reference,
                current,
                new ColumnTests(ColumnTest.of(TestMethod.AD), Map.of(), Correction.NONE, 0.05, 0.01));

        assertThat(raw.metrics().get("drift.columns")).isGreaterThan(3);
        assertThat(corrected.metrics().get("drift.columns")).isLessThanOrEqualTo(2);
        ColumnDrift first = corrected.details().columns().get(0);
        assertThat(first.name()).isEqualTo("c7");
        assertThat(first.pValue().orElseThrow().adjusted())
                .isGreaterThan(first.pValue().orElseThrow().raw());
        assertThat(first.message()).contains("corrected for the number of columns");
    }

    @Test
    void targetsAndPredictionsAreNoFeatures() throws Exception {
        String header = "x,day,score";
        Path reference = csv("ref.csv", header, 200, i -> "%d,2024-01-%02d,0.%d".formatted(i, i % 28 + 1, i % 10));
        Path current = csv("cur.csv", header, 200, i -> "%d,2024-05-%02d,0.%d".formatted(i, i % 28 + 1, i % 10));
        ColumnRoles roles = new ColumnRoles(List.of("day"), List.of("score"));

        Result<DriftDetails> result = run(request(reference, current, List.of("x"), roles, Map.of()));

        assertThat(result.metrics())
                .containsEntry("drift.target", 1.0)
                .containsEntry("drift.prediction", 0.0)
                .containsEntry("drift.compared", 1.0)
                .containsEntry("drift.share", 0.0);
        assertThat(find(result, "day").role()).isEqualTo(ColumnRole.TARGET);
        assertThat(find(result, "day").weight()).isZero();
        assertThat(find(result, "x").weight()).isEqualTo(1);
        assertThat(result.details().columns().get(0).name()).isEqualTo("day");
    }

    @Test
    void importancesWeighColumnsAndSortThem() throws Exception {
        String header = "a,b,c";
        Path reference = csv("ref.csv", header, 300, i -> "%d,%d,%d".formatted(i, i, i));
        Path current = csv("cur.csv", header, 300, i -> "%d,%d,%d".formatted(i + 250, i + 100, i));

        Result<DriftDetails> alike = run(request(reference, current, List.of(), ColumnRoles.NONE, Map.of()));
        Result<DriftDetails> weighed =
                run(request(reference, current, List.of(), ColumnRoles.NONE, Map.of("b", 30.0, "c", 10.0)));

        assertThat(alike.metrics().get("drift.weightedShare")).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(alike.details().columns()).extracting(ColumnDrift::name).containsExactly("a", "b", "c");
        assertThat(weighed.metrics().get("drift.weightedShare")).isCloseTo(0.75, within(1e-12));
        assertThat(weighed.details().columns()).extracting(ColumnDrift::name).containsExactly("b", "a", "c");
        assertThatThrownBy(() -> run(request(reference, current, List.of(), ColumnRoles.NONE, Map.of("bb", 1.0))))
                .hasMessageContaining("did you mean 'b'?");
        assertThatThrownBy(() -> request(reference, current, List.of(), ColumnRoles.NONE, Map.of("b", -1.0)))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void gatesNameAnyMeasure() throws Exception {
        Path reference = csv("ref.csv", "x,c,gone", 100, i -> "%d,%s,%d".formatted(i, "uv".charAt(i % 2), i));
        Path current = csv("cur.csv", "x,c,gone", 100, i -> "%d,%s,".formatted(i + 3, "uv".charAt(i % 2)));
        List<String> names = List.of(
                "x.wasserstein",
                "x.ad.pValue",
                "x.cvm",
                "x.hellinger",
                "x.linf",
                "c.g.pValue",
                "c.fisher.pValue",
                "gone.ad");

        Result<DriftDetails> result = run(withGates(reference, current, names));

        assertThat(result.metrics().get("x.wasserstein")).isCloseTo(3, within(1e-12));
        assertThat(result.metrics()).containsEntry("c.fisher.pValue", 1.0);
        assertThat(result.metrics()).containsKeys("x.ad.pValue", "x.cvm", "x.hellinger", "x.linf", "c.g.pValue");
        assertThat(result.gates().get(7).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.gates().get(7).message())
                .isEqualTo("gone.ad cannot be computed: one of the sides has too few values in the column 'gone'");
        assertThatThrownBy(() -> run(withGates(reference, current, List.of("c.wasserstein"))))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void eachBinTellsItsPartOfTheStabilityIndex() throws Exception {
        Path reference = csv("ref.csv", "x", 500, i -> "" + i);
        Path current = csv("cur.csv", "x", 400, i -> "" + (i + 90));

        ColumnDrift column = find(run(reference, current, ColumnTests.DEFAULT), "x");

        assertThat(column.distribution().stream().mapToDouble(Bin::psi).sum())
                .isCloseTo(column.distances().psi(), within(1e-12));
    }

    private static Map<String, String> methods(Result<DriftDetails> result) {
        return result.details().columns().stream()
                .collect(Collectors.toMap(
                        ColumnDrift::name, column -> column.method().key()));
    }

    private DriftRequest withGates(Path reference, Path current, List<String> metrics) {
        DriftRequest plain = request(reference, current, List.of(), ColumnRoles.NONE, Map.of());
        return new DriftRequest(
                plain.model(),
                plain.reference(),
                plain.current(),
                plain.columns(),
                plain.exclude(),
                plain.tests(),
                metrics.stream().map(name -> Gate.of(name, Comparison.MAX, 1e9)).toList(),
                plain.known());
    }

    private static DriftRequest request(
            Path reference, Path current, List<String> columns, ColumnRoles roles, Map<String, Double> importances) {
        return new DriftRequest(
                Optional.empty(),
                new DriftSide.Raw(DataSource.of("ref", reference)),
                new DriftSide.Raw(DataSource.of("cur", current)),
                columns,
                List.of(),
                ColumnTests.DEFAULT,
                roles,
                importances,
                Watched.NOTHING,
                RetrainPolicy.BY_GATES,
                RetrainEvidence.NONE,
                List.of(),
                LineageRecord.EMPTY);
    }

    private static Result<DriftDetails> run(Path reference, Path current, ColumnTests tests)
            throws InterruptedException {
        return run(new DriftRequest(
                Optional.empty(),
                new DriftSide.Raw(DataSource.of("ref", reference)),
                new DriftSide.Raw(DataSource.of("cur", current)),
                List.of(),
                List.of(),
                tests,
                List.of(),
                LineageRecord.EMPTY));
    }

    private static Result<DriftDetails> run(DriftRequest request) throws InterruptedException {
        return new CheckDrift().run(request, Progress.NONE);
    }

    private static ColumnDrift find(Result<DriftDetails> result, String name) {
        return result.details().columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Path csv(String file, String header, int rows, IntFunction<String> row) throws IOException {
        return Files.writeString(
                folder.resolve(file),
                IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n", header + "\n", "\n")));
    }
}
