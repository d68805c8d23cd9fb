package io.mlcicd.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.DataSource;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.document.Json;
import io.mlcicd.document.JsonSchemas;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateDataTest {

    private static final String WEATHER = """
            date,precipitation,weather,station
            2012-01-01,0.0,drizzle,SEA-1
            2012-01-02,151.2,rain,SEA-2
            2012-01-03,,rain,sea
            2012-01-02,-1,hail,SEA-4
            """;

    @TempDir
    private Path folder;

    private Result<ValidationDetails> validate(String data, String contract) throws Exception {
        return validate("train.csv", data, contract);
    }

    private Result<ValidationDetails> validate(String name, String data, String contract) throws Exception {
        Path file = Files.writeString(folder.resolve(name), data);
        return validate(file, contract);
    }

    private Result<ValidationDetails> validate(Path data, String contract) throws IOException, InterruptedException {
        Path rules = Files.writeString(folder.resolve("contract.yml"), contract);
        DataSource source = new FileSource(
                "train", data.toString(), "data/" + data.getFileName(), Optional.empty(), ReadOptions.SNIFFED);
        ValidationRequest request = new ValidationRequest(Optional.empty(), List.of(new ContractedData(source, rules)));
        return new ValidateData().run(request, Progress.NONE);
    }

    private static List<String> failures(Result<ValidationDetails> result) {
        return result.gates().stream()
                .filter(gate -> gate.outcome() == Outcome.FAILED)
                .map(GateResult::message)
                .toList();
    }

    private static String column(String rule) {
        return "contract: c\ncolumns:\n  x: " + rule + "\n";
    }

    @Test
    void everyBrokenPromiseIsToldWithNumbersAndAnExample() throws Exception {
        Result<ValidationDetails> result = validate(WEATHER, """
                contract: weather
                rows: { min: 300 }
                extraColumns: forbid
                columns:
                  date: { type: date, unique: true, maxNullShare: 0 }
                  precipitation: { type: number, min: 0, max: 150, maxNullShare: 0 }
                  weather: { type: string, values: [drizzle, rain] }
                """);
        assertThat(failures(result))
                .containsExactly(
                        "train has 4 rows, must have at least 300",
                        "train has 1 column that the contract does not name: station",
                        "train: date has 2 rows with a value that stands in another row too (50 % of 4 rows), such as 2012-01-02 in"
                                + " rows 2, 4",
                        "train: precipitation is null in 1 row (25 % of 4), must never be",
                        "train: precipitation has 2 values outside 0..150 (50 % of 4 rows), such as 151.2 in row 2",
                        "train: weather has 1 value other than drizzle, rain (25 % of 4 rows), such as 'hail' in row"
                                + " 4");
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.stage()).isEqualTo(Stage.VALIDATE);
        assertThat(result.metrics())
                .containsEntry("train.rows", 4.0)
                .containsEntry("train.nullShare", 1 / 16.0)
                .containsEntry("checks.total", 10.0)
                .containsEntry("checks.failed", 6.0);
        Check range = result.details().data().get(0).checks().stream()
                .filter(check -> check.kind().equals("range"))
                .findFirst()
                .orElseThrow();
        assertThat(range)
                .isEqualTo(new Check(
                        List.of("precipitation"),
                        "range",
                        Optional.empty(),
                        "train.precipitation.range.violations",
                        Criticality.FAILURE,
                        "0..150",
                        "2 values outside 0..150 (50 % of 4 rows), such as 151.2 in row 2",
                        2,
                        0.5,
                        Outcome.FAILED,
                        List.of(new Check.Example(2, Optional.of("151.2")), new Check.Example(4, Optional.of("-1.0"))),
                        Optional.of(
                                new Check.Place(folder.resolve("contract.yml").toString(), 6))));
    }

    @Test
    void aKeptContractPasses() throws Exception {
        Result<ValidationDetails> result = validate(WEATHER, """
                contract: weather
                rows: { min: 4, max: 4 }
                columns:
                  date: { type: timestamp, min: 2012-01-01, max: 2012-01-03 }
                  precipitation: { type: number, min: -1, max: 151.2, maxNullShare: 0.25 }
                  weather: { type: string, pattern: "[a-z]+" }
                  altitude: { type: number, required: false }
                """);
        assertThat(failures(result)).isEmpty();
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.gates()).hasSize(9);
        assertThat(result.inputs()).extracting(Artifact::name).containsExactly("train", "contract");
        assertThat(result.lineage().data()).containsExactly(result.inputs().get(0));
        ValidatedData data = result.details().data().get(0);
        assertThat(data.path()).isEqualTo("data/train.csv");
        assertThat(data.contract()).isEqualTo("weather");
        assertThat(data.rows()).isEqualTo(4);
        assertThat(data.profile().sources()).containsExactly(result.inputs().get(0));
    }

    @Test
    void valuesOfAnotherTypeAreCountedAndShown() throws Exception {
        assertThat(failures(validate("x\n1\nabc\n2.5\n\n", column("{ type: number, max: 2 }"))))
                .containsExactly(
                        "train: x has 1 value that is not a number (25 % of 4 rows), such as 'abc' in row 2",
                        "train: x has 1 value above 2 (25 % of 4 rows), such as 2.5 in row 3");
        assertThat(failures(validate("x\n1\n2.5\n3.0\n", column("{ type: integer }"))))
                .containsExactly(
                        "train: x has 1 value that is not a whole number (33 % of 3 rows), such as '2.5' in row 2");
        assertThat(failures(validate("x\n2020-01-01\n2020-02-31\n31/12/2020\n", column("{ type: date }"))))
                .containsExactly(
                        "train: x has 2 values that are not ISO dates (67 % of 3 rows), such as '2020-02-31' in row 2");
        assertThat(failures(validate("x\ntrue\nyes\n", column("{ type: boolean }"))))
                .containsExactly(
                        "train: x has 1 value that is not true or false (50 % of 2 rows), such as 'yes' in row 2");
        assertThat(failures(validate("x\n1\n2\n", column("{ type: boolean }")))).hasSize(1);
        assertThat(failures(validate("x\n2020-01-01\n", column("{ type: number }"))))
                .hasSize(1);
    }

    @Test
    void widerTypesTakeNarrowerValues() throws Exception {
        assertThat(failures(validate("x\n1\n2\n", column("{ type: number }")))).isEmpty();
        assertThat(failures(validate("x\n2020-01-01\n", column("{ type: timestamp, min: 2020-01-01 }"))))
                .isEmpty();
        assertThat(failures(validate("x\n12\n13\n", column("{ type: string, values: ['12', '13'] }"))))
                .isEmpty();
        assertThat(failures(validate("x\n1.0\n\n2.0\n", column("{ type: integer }"))))
                .isEmpty();
        assertThat(failures(validate("a.jsonl", "{\"x\":12}\n", column("{ type: string }"))))
                .hasSize(1);
    }

    @Test
    void aColumnWithoutValuesKeepsEveryPromiseButThatOnNulls() throws Exception {
        String rule = column("{ type: number, min: 1, max: 2, unique: true, maxNullShare: 0.5 }");
        assertThat(failures(validate("x,y\n,1\n,2\n", rule)))
                .containsExactly("train: x is null in 2 rows (100 % of 2), may be in at most 50 %");
        assertThat(failures(validate("x,y\n", rule))).isEmpty();
    }

    @Test
    void whatIsNotFiniteIsInNoRange() throws Exception {
        assertThat(failures(validate("x\n1\nNaN\ninf\n", column("{ type: number, min: 0 }"))))
                .containsExactly("train: x has 2 values below 0 (67 % of 3 rows), such as NaN in row 2");
    }

    @Test
    void criticalityDecidesTheVerdict() throws Exception {
        String rule = column("{ type: string, pattern: '[a-z]+', criticality: UNSTABLE }");
        Result<ValidationDetails> result = validate("x\na1\nb\n", rule);
        assertThat(result.verdict()).isEqualTo(Verdict.UNSTABLE);
        assertThat(failures(result))
                .containsExactly(
                        "train: x has 1 value that does not match [a-z]+ (50 % of 2 rows), such as 'a1' in row 1");
        assertThat(validate("x\na1\nb\n", rule.replace("UNSTABLE", "NOTE")).verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void namesThatSqlWouldTripOverAreFine() throws Exception {
        String contract = """
                contract: c
                columns:
                  row_number: { type: integer, max: 1 }
                  "a \\"b\\"": { type: string, values: ["it's"] }
                """;
        assertThat(failures(validate("row_number,\"a \"\"b\"\"\"\n7,it's\n7,x\n", contract)))
                .containsExactly(
                        "train: row_number has 2 values above 1 (100 % of 2 rows), such as 7 in row 1",
                        "train: a \"b\" has 1 value other than it's (50 % of 2 rows), such as 'x' in row 2");
    }

    @Test
    void aMissingColumnIsUnusableInput() {
        assertThatThrownBy(() -> validate("precip,day\n1,2\n", "contract: c\ncolumns:\n  precipt: { type: number }\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("contract.yml:3:3: columns.precipt: data/train.csv has no column 'precipt'"
                        + " (did you mean 'precip'?); its columns are: precip, day");
    }

    @Test
    void aPatternTheEngineDoesNotKnowIsToldWithItsPlace() {
        for (String pattern : List.of("[a-", "(?=a)b", "(a)\\1")) {
            assertThatThrownBy(() -> validate("x\na\n", column("{ type: string, pattern: '" + pattern + "' }")))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("contract.yml:3:")
                    .hasMessageContaining("columns.x.pattern: '" + pattern + "' is not a regular expression");
        }
    }

    @Test
    void twoDataSetsNeedTwoNames() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "x\n1\n");
        Path contract = Files.writeString(folder.resolve("contract.yml"), column("{}"));
        ContractedData data = new ContractedData(DataSource.of("train", file), contract);
        assertThatThrownBy(() -> new ValidateData()
                        .run(new ValidationRequest(Optional.empty(), List.of(data, data)), Progress.NONE))
                .hasMessageContaining("two data sets are called 'train'");
    }

    @Test
    void progressTellsWhatIsRead() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), "x\n1\n");
        Path contract = Files.writeString(folder.resolve("contract.yml"), column("{}"));
        List<String> steps = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void step(String what, double fraction) {
                assertThat(fraction).isBetween(0.0, 1.0);
                steps.add(what);
            }

            @Override
            public void line(String text) {}
        };
        new ValidateData()
                .run(
                        new ValidationRequest(
                                Optional.empty(), List.of(new ContractedData(DataSource.of("train", file), contract))),
                        progress);
        assertThat(steps).first().isEqualTo("reading " + file);
    }

    @Test
    void theResultDocumentKeepsItsSchemaAndComesBackTheSame() throws Exception {
        Result<ValidationDetails> result =
                validate(WEATHER, "contract: c\nrows: { max: 1 }\ncolumns:\n  date: { type: date, unique: true }\n");
        assertThat(JsonSchemas.check("result.schema.json", Json.mapper().valueToTree(result)))
                .isEmpty();
        Path file = folder.resolve("result.json");
        ResultDocuments.write(result, file);
        assertThat(ResultDocuments.read(file, Stage.VALIDATE, ValidationDetails.class))
                .isEqualTo(result);
    }
}
