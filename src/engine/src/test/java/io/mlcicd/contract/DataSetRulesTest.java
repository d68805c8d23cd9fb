package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Profiler;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules on a data set as a whole, beside others and beside what was accepted before. */
class DataSetRulesTest {

    @TempDir
    private Path folder;

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private DataProfile profile(String csv) throws Exception {
        DataSource source = DataSource.of("train", write("before.csv", csv));
        try (DataEngine engine = DataEngine.embedded(List.of(source))) {
            return Profiler.profile(engine, engine.open(source));
        }
    }

    private Check check(String csv, String contract, Optional<DataProfile> accepted, DataSource... beside)
            throws Exception {
        Path file = write("contract.yml", contract);
        Contract read = Contract.read(file);
        Path again = write("again.yml", ContractWriter.write(read));
        assertThat(Set.copyOf(Contract.read(again).allPromises())).isEqualTo(Set.copyOf(read.allPromises()));
        ContractedData data = new ContractedData(
                DataSource.of("train", write("train.csv", csv)), file, "contract.yml", Optional.empty(), accepted);
        Result<ValidationDetails> result = new ValidateData()
                .run(
                        new ValidationRequest(Optional.empty(), List.of(data), List.of(beside), Check.MOST_EXAMPLES),
                        Progress.NONE);
        List<Check> checks = result.details().data().get(0).checks();
        return checks.get(0);
    }

    private static String item(String item) {
        return "contract: c\nchecks:\n  - { " + item + " }\ncolumns: {}\n";
    }

    @Test
    void theNumberOfRowsIsHeldAgainstTheLastAcceptedData() throws Exception {
        String contract = "contract: c\nrows: { minChange: -0.2, maxChange: 0.2 }\ncolumns: {}\n";
        DataProfile ten = profile("x\n" + "1\n".repeat(10));
        assertThat(check("x\n" + "1\n".repeat(12), contract, Optional.of(ten)).outcome())
                .isEqualTo(Outcome.PASSED);
        Check many = check("x\n" + "1\n".repeat(13), contract, Optional.of(ten));
        assertThat(many.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(many.observed()).isEqualTo("13 rows, +30 % against the 10 of the last accepted data");
        assertThat(check("x\n" + "1\n".repeat(7), contract, Optional.of(ten)).outcome())
                .isEqualTo(Outcome.FAILED);
        assertThat(check("x\n1\n", contract, Optional.empty()).outcome()).isEqualTo(Outcome.SKIPPED);
    }

    @Test
    void theNumberOfRowsMayHaveToBeThatOfAnother() throws Exception {
        DataSource other = DataSource.of("other", write("other.csv", "y\n1\n2\n"));
        String contract = item("rows: { sameAs: other }");
        assertThat(check("x\n1\n1\n", contract, Optional.empty(), other).outcome())
                .isEqualTo(Outcome.PASSED);
        Check fewer = check("x\n1\n", contract, Optional.empty(), other);
        assertThat(fewer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(fewer.observed()).isEqualTo("1 row where other has 2");
    }

    @Test
    void theNewestTimeMustBeFresh() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String contract = """
                contract: c
                checks:
                  - { freshness: { column: t, maxAge: 2h } }
                columns:
                  t: { type: timestamp }
                """;
        String old = "t\n2020-01-01T00:00:00Z\n";
        assertThat(check(old + now.minus(Duration.ofMinutes(90)) + "\n", contract, Optional.empty())
                        .outcome())
                .isEqualTo(Outcome.PASSED);
        Check stale = check(old + now.minus(Duration.ofHours(5)) + "\n", contract, Optional.empty());
        assertThat(stale.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(stale.observed()).contains("5 hours old");
        assertThat(check(old + now.plus(Duration.ofHours(5)) + "\n", contract, Optional.empty())
                        .observed())
                .contains("in the future");
        assertThatThrownBy(() -> check(
                        "t\n1\n",
                        "contract: c\nchecks:\n  - { freshness: { column: t, maxAge: 2h } }\ncolumns:\n  t: { type: integer }\n",
                        Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("contract.yml:3")
                .hasMessageContaining("is a integer, not a date or timestamp");
    }

    /** Row by row in Java. */
    @RepeatedTest(10)
    void rowsThatStandInAnotherSetAreCounted(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        StringBuilder train = new StringBuilder("a,b\n");
        StringBuilder test = new StringBuilder("b,a\n");
        Set<String> known = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            String a = String.valueOf(random.nextInt(6));
            String b = random.nextInt(4) == 0 ? "" : "v" + random.nextInt(3);
            test.append(b).append(',').append(a).append('\n');
            known.add(a + "|" + b);
        }
        int expected = 0;
        int rows = 60;
        for (int i = 0; i < rows; i++) {
            String a = String.valueOf(random.nextInt(9));
            String b = random.nextInt(4) == 0 ? "" : "v" + random.nextInt(4);
            train.append(a).append(',').append(b).append('\n');
            expected += known.contains(a + "|" + b) ? 1 : 0;
        }
        DataSource other = DataSource.of("test", write("test.csv", test.toString()));
        Check overlap = check(train.toString(), item("overlap: { with: test, max: 0.01 }"), Optional.empty(), other);
        assertThat(overlap.violations()).isEqualTo(expected);
        assertThat(overlap.share()).isEqualTo((double) expected / rows);
        assertThat(overlap.outcome()).isEqualTo(expected > 0.01 * rows ? Outcome.FAILED : Outcome.PASSED);
        assertThat(overlap.examples()).hasSize(Math.min(expected, Check.MOST_EXAMPLES));
    }

    @Test
    void overlapCanBeAskedOfKeysAlone() throws Exception {
        DataSource other = DataSource.of("test", write("test.csv", "id,x\n1,9\n2,9\n"));
        Check overlap =
                check("id,x\n2,1\n3,1\n", item("overlap: { with: test, columns: [id] }"), Optional.empty(), other);
        assertThat(overlap.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(overlap.observed()).isEqualTo("1 row (50 % of 2) that is in test too by id");
        assertThat(check("id,x\n2,1\n", item("overlap: { with: test }"), Optional.empty(), other)
                        .outcome())
                .isEqualTo(Outcome.PASSED);
    }

    /** scipy.spatial.distance.jensenshannon([0.5, 0.5], [0.9, 0.1], base=2) is 0.3831358798599423. */
    @Test
    void skewIsTheGreatestDistanceOfAColumnFromThatOfAnotherSet() throws Exception {
        DataSource serving =
                DataSource.of("serving", write("serving.csv", "c,d\n" + "a,k\n".repeat(5) + "b,k\n".repeat(5)));
        String train = "c,d\n" + "a,k\n".repeat(9) + "b,k\n";
        Check skew = check(train, item("skew: { with: serving, method: js, max: 0.3 }"), Optional.empty(), serving);
        assertThat(skew.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(skew.observed()).contains("0.38314", "from serving in c");
        assertThat(check(train, item("skew: { with: serving, method: js, max: 0.4 }"), Optional.empty(), serving)
                        .outcome())
                .isEqualTo(Outcome.PASSED);
        assertThat(check(
                                train,
                                item("skew: { with: serving, columns: [d], method: js, max: 0 }"),
                                Optional.empty(),
                                serving)
                        .outcome())
                .isEqualTo(Outcome.PASSED);
    }

    @Test
    void categoriesThatCameAndWentAreNamed() throws Exception {
        Optional<DataProfile> before = Optional.of(profile("c\nsun\nrain\nfog\nsun\n"));
        String contract = "contract: c\ncolumns:\n  c: { %s: { max: 0 } }\n";
        Check added = check("c\nsun\nhail\nrain\nfog\n", contract.formatted("newCategories"), before);
        assertThat(added.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(added.observed()).isEqualTo("1 new category: hail");
        Check gone = check("c\nsun\n", contract.formatted("vanishedCategories"), before);
        assertThat(gone.observed()).isEqualTo("2 vanished categories: fog, rain");
        assertThat(check("c\nsun\n", contract.formatted("newCategories"), before)
                        .outcome())
                .isEqualTo(Outcome.PASSED);
        assertThat(check("c\nsun\n", contract.formatted("newCategories"), Optional.empty())
                        .outcome())
                .isEqualTo(Outcome.SKIPPED);
    }

    @Test
    void everyPeriodCountsEvenOneWithoutRows() throws Exception {
        String contract = """
                contract: c
                checks:
                  - { volume: { column: day, min: 1, max: 2 } }
                columns:
                  day: { type: date }
                """;
        assertThat(check("day\n2026-01-01\n2026-01-02\n2026-01-02\n", contract, Optional.empty())
                        .outcome())
                .isEqualTo(Outcome.PASSED);
        Check gap = check("day\n2026-01-01\n2026-01-04\n2026-01-04\n2026-01-04\n", contract, Optional.empty());
        assertThat(gap.violations()).isEqualTo(3);
        assertThat(gap.observed()).contains("3 days", "of 4", "2026-01-02", "with 0 rows");
    }

    @Test
    void anUnknownDataSetIsToldWithItsPlace() {
        for (String rule :
                List.of("overlap: { with: tset }", "skew: { with: tset, max: 1 }", "rows: { sameAs: tset }")) {
            assertThatThrownBy(() -> check(
                            "x\n1\n", item(rule), Optional.empty(), DataSource.of("test", write("test.csv", "x\n1\n"))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("contract.yml:3:")
                    .hasMessageContaining("there is no data set called 'tset' (did you mean 'test'?)");
        }
    }
}
