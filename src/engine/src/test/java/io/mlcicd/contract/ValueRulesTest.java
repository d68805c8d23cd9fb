package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.DataSource;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.gate.Outcome;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected numbers were computed with pandas and Python's own datetime and json on the same tables. */
class ValueRulesTest {

    private static final String TABLE = """
            a,b,total,name,day,doc
            1,2,3,ann,2026-01-31,"{""k"": 1}"
            3,1,4,bo,31.01.2026,[1]
            2,2,5,émile,2026-02-30,{k
            ,4,4,,,
            5,5,10,christopher,2026-03-01,7
            """;

    @TempDir
    private Path folder;

    private Check last(String data, String contract) throws Exception {
        Path file = Files.writeString(folder.resolve("t.csv"), data);
        Path cities = Files.writeString(folder.resolve("cities.csv"), "id\n1\n2\n\n5\n");
        Path rules = Files.writeString(folder.resolve("contract.yml"), contract);
        Path none = Files.writeString(folder.resolve("none.yml"), "contract: n\ncolumns: {}\n");
        ValidationRequest request = new ValidationRequest(
                Optional.empty(),
                List.of(
                        new ContractedData(source("t", file), rules),
                        new ContractedData(source("cities", cities), none)));
        List<Check> checks = new ValidateData()
                .run(request, Progress.NONE)
                .details()
                .data()
                .get(0)
                .checks();
        Contract contracted = Contract.read(rules);
        Path again = Files.writeString(folder.resolve("again.yml"), ContractWriter.write(contracted));
        assertThat(Contract.read(again)).isEqualTo(contracted);
        return checks.get(checks.size() - 1);
    }

    private static DataSource source(String name, Path file) {
        return new FileSource(
                name, file.toString(), file.getFileName().toString(), Optional.empty(), ReadOptions.SNIFFED);
    }

    private static String column(String name, String keys) {
        return "contract: c\ncolumns:\n  " + name + ": { " + keys + " }\n";
    }

    private static String item(String keys) {
        return "contract: c\nchecks:\n  - { " + keys + " }\ncolumns: {}\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "name ! type: string, length: { min: 3, max: 5 } ! 2 ! 2 5",
                "day ! type: string, dateFormat: '%Y-%m-%d' ! 2 ! 2 3",
                "day ! type: string, dateFormat: ['%Y-%m-%d', '%d.%m.%Y'] ! 1 ! 3",
                "doc ! type: string, json: true ! 1 ! 3",
                "a ! monotonic: increasing ! 1 ! 3",
                "b ! monotonic: strictlyIncreasing ! 1 ! 2",
                "total ! monotonic: decreasing ! 3 ! 2 3 5",
                "b ! monotonic: strictlyDecreasing ! 3 ! 3 4 5",
            })
    void rowsThatBreakARuleOnAColumnAreCountedAndNumbered(String name, String keys, long violations, String rows)
            throws Exception {
        assertCounted(last(TABLE, column(name, keys)), violations, rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "condition: 'a <= b' ! 1 ! 2",
                "if: 'b > 1', then: 'a = b' ! 1 ! 1",
                "sum: { columns: [a, b], equals: total } ! 1 ! 3",
                "sum: { columns: [a, b], equals: total, tolerance: 1 } ! 0 ! ''",
                "sum: { columns: [a, b], equals: 4 } ! 2 ! 1 5",
                "foreignKey: { columns: [a], in: cities, keys: [id] } ! 1 ! 2",
                "primaryKey: [b] ! 2 ! 1 3",
                "primaryKey: [a] ! 1 ! 4",
                "condition: 'a <= b', where: 'total > 4' ! 0 ! ''",
            })
    void rowsThatBreakARuleOnSeveralColumnsAreCountedAndNumbered(String keys, long violations, String rows)
            throws Exception {
        assertCounted(last(TABLE, item(keys)), violations, rows);
    }

    private static void assertCounted(Check check, long violations, String rows) {
        assertThat(check.violations()).as(check.observed()).isEqualTo(violations);
        assertThat(check.outcome()).isEqualTo(violations == 0 ? Outcome.PASSED : Outcome.FAILED);
        assertThat(check.examples().stream()
                        .map(example -> String.valueOf(example.row()))
                        .toList())
                .isEqualTo(rows.isEmpty() ? List.of() : List.of(rows.split(" ", -1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "b ! distinct: 4 ! true",
                "b ! distinct: { max: 3 } ! false",
                "b ! distinctShare: { min: 0.8, max: 0.8 } ! true",
                "b ! distinctShare: { above: 0.8 } ! false",
                "b ! type: integer, distinctValues: { within: [1, 2, 4, 5, 6] } ! true",
                "b ! type: integer, distinctValues: { contains: [1, 6] } ! false",
                "b ! type: integer, distinctValues: { equals: [5, 4, 2, 1] } ! true",
                "b ! types: [integer, string] ! true",
                "b ! types: [number] ! false",
                "name ! type: string, checks: [{ length: { max: 3 }, mostly: 0.5 }] ! true",
                "name ! type: string, checks: [{ length: { max: 3 }, mostly: 0.51 }] ! false",
            })
    void aColumnAsAWholeIsJudged(String name, String keys, boolean kept) throws Exception {
        Check check = last(TABLE, column(name, keys));
        assertThat(check.outcome()).as(check.observed()).isEqualTo(kept ? Outcome.PASSED : Outcome.FAILED);
    }

    @Test
    void noValuesBreakNothing() throws Exception {
        for (String data : List.of("a,s\n", "a,s\n,\n,\n")) {
            for (String rule : List.of("length: 3", "json: true", "dateFormat: '%Y'", "monotonic: increasing")) {
                assertThat(last(data, column("s", "type: string, " + rule)).outcome())
                        .isEqualTo(Outcome.PASSED);
            }
            assertThat(last(data, item("condition: 'a is null'")).outcome()).isEqualTo(Outcome.PASSED);
        }
    }

    @Test
    void aColumnCalledAsTheQueryNamesItsOwnIsStillLookedAt() throws Exception {
        for (String name : List.of("_before", "_value", "_raw", "row_number")) {
            assertCounted(last(name + "\n2\n1\n", column(name, "monotonic: increasing")), 1, "2");
        }
    }

    @Test
    void aSensitiveColumnInAConditionHidesItsValues() throws Exception {
        Check check = last(TABLE, """
                contract: c
                checks: [{ condition: "a <= b" }]
                columns: {}
                """.replace("columns: {}", "columns: { a: { sensitive: true } }"));
        assertThat(check.examples()).extracting(Check.Example::value).containsExactly(Optional.of(Check.HIDDEN));
    }

    @Test
    void aConditionThatIsNoneIsToldWithItsPlace() {
        assertThatThrownBy(() -> last(TABLE, item("condition: 'a <= nope'")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("contract.yml:3:")
                .hasMessageContaining("condition")
                .hasMessageContaining("nope");
    }

    @Test
    void randomTablesAreCountedAsOneByOne() throws Exception {
        Random random = new Random(20_260_131);
        for (int round = 0; round < 12; round++) {
            List<Integer> values = new ArrayList<>();
            StringBuilder csv = new StringBuilder("i,x\n");
            for (int row = 0; row < 1 + random.nextInt(60); row++) {
                Integer value = random.nextInt(5) == 0 ? null : random.nextInt(8);
                values.add(value);
                csv.append(row).append(',').append(value == null ? "" : value).append('\n');
            }
            long falls = 0;
            long above = 0;
            Integer before = null;
            for (int i = 0; i < values.size(); i++) {
                Integer value = values.get(i);
                if (value != null) {
                    falls += before != null && value < before ? 1 : 0;
                    above += value > i ? 1 : 0;
                    before = value;
                }
            }
            assertThat(last(csv.toString(), column("x", "monotonic: increasing"))
                            .violations())
                    .isEqualTo(falls);
            assertThat(last(csv.toString(), item("condition: 'x <= i'")).violations())
                    .isEqualTo(above);
        }
    }
}
