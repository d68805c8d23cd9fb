package io.mlcicd.drift.multivariate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Relation;
import io.mlcicd.document.Json;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultivariateDriftTest {

    private static final MultivariateRequest USUAL = MultivariateRequest.USUAL;

    @TempDir
    Path folder;

    private interface RowMaker {
        String row(Random random);
    }

    private Path csv(String name, String header, int rows, long seed, RowMaker maker) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of(header));
        for (int i = 0; i < rows; i++) {
            lines.add(maker.row(random));
        }
        return Files.write(folder.resolve(name), lines);
    }

    private static MultivariateFindings check(Path reference, Path current, MultivariateRequest request)
            throws InterruptedException {
        DataSource before = DataSource.of("reference", reference);
        DataSource now = DataSource.of("current", current);
        try (DataEngine engine = DataEngine.embedded(List.of(before, now))) {
            Relation one = engine.open(before);
            Relation other = engine.open(now);
            return MultivariateDrift.check(engine, one.sql(), other.sql(), one.columns(), request, Progress.NONE);
        }
    }

    /** Two columns with that correlation, and two that have nothing to do with them. */
    private static RowMaker correlated(double r) {
        return random -> {
            double x = random.nextGaussian();
            double y = r * x + Math.sqrt(1 - r * r) * random.nextGaussian();
            return "%s,%s,%s,%s".formatted(x, y, random.nextGaussian(), random.nextInt(4) == 0 ? "red" : "blue");
        };
    }

    @Test
    void aCorrelationThatTurnedIsSeenThoughNoColumnMoved() throws Exception {
        Path reference = csv("a.csv", "x,y,z,c", 3000, 1, correlated(0.8));
        Path current = csv("b.csv", "x,y,z,c", 2000, 2, correlated(-0.8));

        MultivariateFindings findings = check(reference, current, USUAL);

        for (int column = 0; column < 3; column++) {
            assertThat(KolmogorovSmirnovTest.withDefaults()
                            .test(numbers(reference, column), numbers(current, column))
                            .getPValue())
                    .isGreaterThan(0.05);
        }
        DomainFinding domain = findings.domain().orElseThrow();
        assertThat(domain.drifted()).isTrue();
        assertThat(domain.auc()).isGreaterThan(0.8);
        assertThat(domain.drivers().stream().limit(2).map(DomainFinding.Driver::column))
                .containsExactlyInAnyOrder("x", "y");
        assertThat(domain.message())
                .startsWith("a classifier tells current rows from the reference's with an area")
                .contains("above the threshold 0.55; it goes by '")
                .contains("'x' (");
        PcaFinding pca = findings.pca().orElseThrow();
        assertThat(pca.drifted()).isTrue();
        assertThat(pca.z().orElseThrow()).isGreaterThan(5);
        CorrelationFinding correlation = findings.correlation().orElseThrow();
        assertThat(correlation.drifted()).isTrue();
        assertThat(correlation.comparedPairs()).isEqualTo(3);
        assertThat(correlation.pairs().get(0).first()
                        + correlation.pairs().get(0).second())
                .isEqualTo("xy");
        assertThat(correlation.greatestChange()).isCloseTo(1.6, within(0.05));
        assertThat(correlation.message()).contains("most that of 'x' and 'y' from 0.");
        assertThat(findings.drifted()).isTrue();
        assertThat(findings.metrics())
                .containsOnlyKeys(
                        "drift.domainAuc",
                        "drift.domainAuc.lower95",
                        "drift.domainAuc.pValue",
                        "drift.pcaError",
                        "drift.pcaError.z",
                        "drift.correlation",
                        "drift.correlationPairs");
    }

    private static double[] numbers(Path file, int column) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",")[column]))
                .toArray();
    }

    @Test
    void sidesOfOneDistributionSeldomDrift() throws Exception {
        int domain = 0;
        int pca = 0;
        int correlation = 0;
        int significant = 0;
        int runs = 20;
        for (int run = 0; run < runs; run++) {
            Path reference = csv("a.csv", "x,y,z,c", 400, 100 + run, correlated(0.6));
            Path current = csv("b.csv", "x,y,z,c", 300, 500 + run, correlated(0.6));
            MultivariateFindings findings = check(reference, current, USUAL.withSeed(run));
            domain += findings.domain().orElseThrow().drifted() ? 1 : 0;
            significant += findings.domain().orElseThrow().pValue() < 0.05 ? 1 : 0;
            pca += findings.pca().orElseThrow().drifted() ? 1 : 0;
            correlation += findings.correlation().orElseThrow().drifted() ? 1 : 0;
        }

        // Nominal rates are 2.5 % and less, 5 %, 0.3 % and 5 %; more than these had a chance of less than 1 in 1000.
        assertThat(domain).isLessThanOrEqualTo(3);
        assertThat(significant).isLessThanOrEqualTo(5);
        assertThat(pca).isLessThanOrEqualTo(2);
        assertThat(correlation).isLessThanOrEqualTo(5);
    }

    @Test
    void categoriesBooleansDatesAndMissingValuesTakePart() throws Exception {
        String header = "day,ok,kind,n";
        Path reference = csv(
                "a.csv",
                header,
                1000,
                1,
                random -> "2024-01-%02d,%s,%s,%s"
                        .formatted(
                                1 + random.nextInt(28),
                                random.nextInt(10) == 0 ? "" : random.nextBoolean(),
                                "k" + random.nextInt(30),
                                random.nextInt(5) == 0 ? "" : random.nextDouble()));
        // kind and n become missing together now, each as often as before.
        Path current = csv("b.csv", header, 1000, 2, random -> {
            boolean flag = random.nextBoolean();
            return "2024-01-%02d,%s,%s,%s"
                    .formatted(
                            1 + random.nextInt(28),
                            random.nextInt(10) == 0 ? "" : flag,
                            "k" + (flag ? random.nextInt(15) : 15 + random.nextInt(15)),
                            random.nextInt(5) == 0 ? "" : random.nextDouble());
        });

        MultivariateFindings findings = check(reference, current, USUAL);

        assertThat(findings.columns()).isEqualTo(4);
        assertThat(findings.pca().orElseThrow().columns()).isEqualTo(4);
        assertThat(findings.pca().orElseThrow().dimensions()).isEqualTo(1 + 2 + 20 + 2);
        assertThat(findings.correlation().orElseThrow().comparedPairs()).isEqualTo(1);
        assertThat(findings.correlation().orElseThrow().changedPairs()).isZero();
        assertThat(findings.correlation().orElseThrow().message())
                .isEqualTo("the correlation of the one pair of numeric columns did not change significantly");
    }

    @Test
    void aNewCategoryAndAColumnThatFillsWithNullsAreSeen() throws Exception {
        Path reference = csv("a.csv", "k,n", 800, 1, random -> "a" + random.nextInt(3) + "," + random.nextDouble());
        Path current = csv(
                "b.csv",
                "k,n",
                800,
                2,
                random -> (random.nextInt(3) == 0 ? "new" : "a" + random.nextInt(3))
                        + ","
                        + (random.nextInt(2) == 0 ? "" : random.nextDouble()));

        DomainFinding domain = check(reference, current, USUAL).domain().orElseThrow();

        assertThat(domain.auc()).isBetween(0.75, 0.9);
        assertThat(domain.drivers()).extracting(DomainFinding.Driver::column).contains("k", "n");
        assertThat(domain.drivers().stream()
                        .mapToDouble(DomainFinding.Driver::share)
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void columnsWithoutAnythingToCompareAreNoTrouble() throws Exception {
        Path reference = csv("a.csv", "one,none,x", 200, 1, random -> "1,," + random.nextGaussian());
        Path current = csv("b.csv", "one,none,x", 200, 2, random -> "1,," + random.nextGaussian());

        MultivariateFindings findings = check(reference, current, USUAL);

        assertThat(findings.drifted()).isFalse();
        assertThat(findings.pca()).isEmpty();
        assertThat(findings.correlation()).isEmpty();
        assertThat(findings.notRun())
                .extracting(MultivariateFindings.NotRun::check)
                .containsExactlyInAnyOrder("pca", "correlation");
        assertThat(findings.metrics())
                .containsOnlyKeys("drift.domainAuc", "drift.domainAuc.lower95", "drift.domainAuc.pValue");
        assertThat(findings.message()).startsWith("taken together, the columns did not drift: ");
    }

    @Test
    void constantsAloneAreTheSame() throws Exception {
        Path reference = csv("a.csv", "one", 203, 1, random -> "1");
        Path current = csv("b.csv", "one", 171, 2, random -> "1");

        DomainFinding domain = check(reference, current, USUAL).domain().orElseThrow();

        assertThat(domain.auc()).isCloseTo(0.5, within(1e-12));
        assertThat(domain.pValue()).isCloseTo(1, within(1e-12));
        assertThat(domain.drivers()).isEmpty();
    }

    @Test
    void tooFewRowsAreToldAndNotJudged() throws Exception {
        Path reference = csv("a.csv", "x,y", 500, 1, random -> random.nextGaussian() + ",1");
        Path current = csv("b.csv", "x,y", 49, 2, random -> random.nextGaussian() + ",1");

        MultivariateFindings findings = check(reference, current, USUAL);

        assertThat(findings.drifted()).isFalse();
        assertThat(findings.metrics()).isEmpty();
        assertThat(findings.message())
                .isEqualTo("columns were not compared together: the reference has 500 rows and the current data 49;"
                        + " at least 50 of each are needed");
        assertThat(findings.notRun()).hasSize(3);
    }

    @Test
    void ofVeryManyColumnsSomeAreChosen() throws Exception {
        String header = IntStream.range(0, 300).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        RowMaker noise = random -> IntStream.range(0, 300)
                .mapToObj(i -> String.valueOf(random.nextInt(100)))
                .collect(Collectors.joining(","));
        Path reference = csv("a.csv", header, 150, 1, noise);
        Path current = csv("b.csv", header, 150, 2, noise);

        MultivariateFindings findings = check(reference, current, USUAL);

        assertThat(findings.correlation().orElseThrow().columns()).isEqualTo(CorrelationDrift.MOST_COLUMNS);
        assertThat(findings.correlation().orElseThrow().comparedPairs()).isEqualTo(200 * 199 / 2);
        assertThat(findings.pca().orElseThrow().dimensions()).isEqualTo(PcaColumns.MOST);
        assertThat(findings.drifted()).isFalse();
    }

    @Test
    void samplesAreTheSameForASeedAndFairToEveryRow() throws Exception {
        Path file = csv("a.csv", "i,row_place", 1, 1, random -> "0,0");
        Files.writeString(
                file,
                "i,row_place\n"
                        + IntStream.range(0, 10_000).mapToObj(i -> i + ",0").collect(Collectors.joining("\n"))
                        + "\n");
        DataSource source = DataSource.of("a", file);
        try (DataEngine engine = DataEngine.embedded(source)) {
            String sql = engine.open(source).sql();
            int[] drawn = new int[10];
            for (int seed = 0; seed < 20; seed++) {
                List<Long> first = sample(engine, sql, seed);
                assertThat(first).hasSize(500).isSorted().doesNotHaveDuplicates();
                assertThat(sample(engine, sql, seed)).isEqualTo(first);
                first.forEach(i -> drawn[(int) (i / 1000)]++);
            }
            // Of 20 draws of 500, about 1000 fall into each tenth; five standard deviations are 150.
            for (int tenth : drawn) {
                assertThat(tenth).isBetween(850, 1150);
            }
            assertThat(sample(engine, sql, 1)).isNotEqualTo(sample(engine, sql, 2));
        }
    }

    private static List<Long> sample(DataEngine engine, String sql, long seed) throws InterruptedException {
        SampledRows rows = SampledRows.of(engine, sql, List.of("\"i\""), Set.of("i", "row_place"), "true", 500, seed);
        assertThat(rows.all()).isEqualTo(10_000);
        return engine.query("SELECT c0 FROM " + rows.sql() + " ORDER BY place").stream()
                .map(row -> row.count("c0"))
                .toList();
    }

    @Test
    void findingsAreTheSameForASeedAndPartOfADocument() throws Exception {
        Path reference = csv("a.csv", "x,y,z,c", 1000, 1, correlated(0.5));
        Path current = csv("b.csv", "x,y,z,c", 900, 2, correlated(0.1));

        MultivariateFindings findings = check(reference, current, USUAL.withSample(400));

        assertThat(check(reference, current, USUAL.withSample(400))).isEqualTo(findings);
        assertThat(findings.referenceRows()).isEqualTo(400);
        String json = Json.mapper().writeValueAsString(findings);
        assertThat(json).doesNotContain("metrics").contains("\"lower95\"");
        assertThat(Json.mapper().readValue(json, MultivariateFindings.class)).isEqualTo(findings);
    }

    @Test
    void listsAloneCannotBeCompared() throws Exception {
        Path file = csv("a.csv", "x", 100, 1, random -> "1");
        DataSource source = DataSource.of("a", file);
        try (DataEngine engine = DataEngine.embedded(source)) {
            String sql = engine.open(source).sql();
            MultivariateFindings findings = MultivariateDrift.check(
                    engine, sql, sql, List.of(new Column("x", ColumnType.OTHER)), USUAL, Progress.NONE);

            assertThat(findings.message()).contains("there is no column of numbers");
        }
    }

    @Test
    void settingsOutOfRangeAreRefusedByTheirKey() {
        assertThatThrownBy(() -> USUAL.withSample(10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("'drift.multivariate.sample' is 10 and must be from 100 to 200000");
        assertThatThrownBy(() -> new MultivariateRequest(1000, 0, 0.4, 0.65, 3, 0.1, 0.05))
                .hasMessageContaining("aucThreshold");
        assertThatThrownBy(() -> new MultivariateRequest(1000, 0, 0.5, 1, 3, 0.1, 0.05))
                .hasMessageContaining("variance");
        assertThatThrownBy(() -> new MultivariateRequest(1000, 0, 0.5, 0.65, Double.NaN, 0.1, 0.05))
                .hasMessageContaining("sigmas");
    }
}
