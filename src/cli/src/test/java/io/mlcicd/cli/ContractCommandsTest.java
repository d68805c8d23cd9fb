package io.mlcicd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contracts on the command line: from other tools, widened to data, and held against other data sets and runs. */
class ContractCommandsTest {

    private static final String SUITE = """
            { "name": "days", "expectations": [
              { "type": "expect_column_values_to_be_between",
                "kwargs": { "column": "temp", "min_value": 0, "max_value": 50 } },
              { "type": "expect_nothing_known", "kwargs": { "column": "temp" } } ] }
            """;

    @TempDir
    private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String days(String name, int rows, int warmer) throws IOException {
        return file(
                name,
                IntStream.range(0, rows)
                        .mapToObj(i -> i + "," + (i % 20 + warmer) + "\n")
                        .collect(Collectors.joining("", "id,temp\n", "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "suite.json|{\"expectations\":[]}|Great Expectations: 0 carried",
                "table.json|{\"fields\":[{\"name\":\"id\",\"type\":\"integer\"}]}|Frictionless: 1 carried",
                "schema.pbtxt|feature { name: \"id\" type: INT }|TensorFlow Data Validation: 1 carried",
                "schema.yml|{schema_type: dataframe, columns: {id: {dtype: int64, nullable: true}}}|pandera: 1 carried"
            })
    void eachKindIsImported(String name, String text, String report) throws IOException {
        CommandRun run = CommandRun.of("import", file(name, text));

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.PASSED);
        assertThat(run.err()).contains(report);
        assertThat(run.out()).contains("contract:");
    }

    @Test
    void anImportSaysWhatItLeavesAndOverwritesNothingUnasked() throws IOException {
        String suite = file("suite.json", SUITE);
        String target = file("contract.yml", "signed");

        CommandRun refused = CommandRun.of("import", suite, "-o", target);
        assertThat(refused.code()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(refused.err()).contains("contract.yml exists already", "--force");
        assertThat(Path.of(target)).hasContent("signed");

        CommandRun forced = CommandRun.of("import", suite, "-o", target, "--force");
        assertThat(forced.code()).isEqualTo(ExitCode.PASSED);
        assertThat(forced.err()).contains("1 carried over, 1 left behind", "expectations[1] expect_nothing_known");
        assertThat(Path.of(target)).content().contains("contract: days");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "other.yml|{a: 1}|no contract of a tool that is known",
                "broken.json|{\"fields\": [|broken.json:1",
                "broken.pbtxt|feature { name: \"a\"|broken.pbtxt:1: ends within a message",
                "field.json|{\"fields\":[{\"type\":\"string\"}]}|fields[0] has no name"
            })
    void aFileThatCannotBeImportedIsRefusedInOneLine(String name, String text, String message) throws IOException {
        assertRefused(CommandRun.of("import", file(name, text)), message);
    }

    @Test
    void aForeignContractIsHeldAgainstDataAsItIs() throws IOException {
        String suite = file("suite.json", SUITE);

        CommandRun kept = CommandRun.of("validate", "--data", days("a.csv", 40, 0), "--contract", suite);
        CommandRun broken = CommandRun.of("validate", "--data", days("b.csv", 40, 45), "--contract", suite);

        assertThat(kept.code()).as(kept.out() + kept.err()).isEqualTo(ExitCode.PASSED);
        assertThat(kept.out()).contains("expect_nothing_known");
        assertThat(broken.code()).isEqualTo(ExitCode.GATE_FAILED);
    }

    @Test
    void anUpdateShowsItsChangesAndADryRunWritesNone() throws IOException {
        String text = "contract: days\ncolumns:\n  temp: { type: number, min: 0, max: 10 }\n";
        String contract = file("contract.yml", text);
        String data = days("a.csv", 40, 0);

        CommandRun dry = CommandRun.of("infer", data, "--update", contract, "--dry-run");
        assertThat(dry.code()).as(dry.err()).isEqualTo(ExitCode.PASSED);
        assertThat(dry.out()).contains("max: 10").contains("+").doesNotContain("Wrote");
        assertThat(Path.of(contract)).hasContent(text);

        assertThat(CommandRun.of("infer", data, "--update", contract).out()).contains("Wrote");
        assertThat(CommandRun.of("validate", "--data", data, "--contract", contract)
                        .code())
                .isEqualTo(ExitCode.PASSED);
        assertThat(CommandRun.of("infer", data, "--update", contract).out()).contains("The data keep the contract.");
    }

    @Test
    void anotherDataSetIsNamedOnTheCommandLine() throws IOException {
        String contract = file("contract.yml", "contract: days\nrows: { sameAs: other }\ncolumns: {}\n");
        String data = days("a.csv", 40, 0);

        assertThat(CommandRun.of(
                                "validate",
                                "--data",
                                data,
                                "--contract",
                                contract,
                                "--with",
                                "other=" + days("same.csv", 40, 3))
                        .code())
                .isEqualTo(ExitCode.PASSED);
        assertThat(CommandRun.of(
                                "validate",
                                "--data",
                                data,
                                "--contract",
                                contract,
                                "--with",
                                "other=" + days("fewer.csv", 39, 3))
                        .code())
                .isEqualTo(ExitCode.GATE_FAILED);
        assertThat(CommandRun.of("validate", "--with", "other=" + data, "--project", folder.toString())
                        .code())
                .isEqualTo(ExitCode.UNUSABLE_INPUT);
    }

    @Test
    void aStoredProfileIsTheBaseline() throws IOException {
        String contract = file(
                "contract.yml",
                "contract: days\ncolumns:\n  temp: { type: number, distribution: { method: ks, max: 0.2 } }\n");
        String profile = folder.resolve("base.json").toString();
        String data = days("a.csv", 100, 0);
        CommandRun.of("profile", data, "-o", profile);

        assertThat(CommandRun.of("validate", "--data", data, "--contract", contract, "--baseline", profile)
                        .code())
                .isEqualTo(ExitCode.PASSED);
        assertThat(CommandRun.of(
                                "validate",
                                "--data",
                                days("warm.csv", 100, 15),
                                "--contract",
                                contract,
                                "--baseline",
                                profile)
                        .code())
                .isEqualTo(ExitCode.GATE_FAILED);
    }

    @Test
    void examplesAreAsManyAsAskedForAndJUnitNamesTheFailure() throws IOException {
        String contract = file("contract.yml", "contract: days\ncolumns:\n  temp: { type: number, max: 10 }\n");
        Path junit = folder.resolve("junit.xml");
        Path json = folder.resolve("result.json");

        CommandRun run = CommandRun.of(
                "validate",
                "--data",
                days("a.csv", 40, 0),
                "--contract",
                contract,
                "--examples",
                "2",
                "--json",
                json.toString(),
                "--junit",
                junit.toString());

        assertThat(run.code()).isEqualTo(ExitCode.GATE_FAILED);
        assertThat(junit).content().contains("<testsuite", "<failure", "temp");
        assertThat(io.mlcicd.document.Json.read(json).findValues("examples"))
                .isNotEmpty()
                .allMatch(examples -> examples.size() <= 2)
                .anyMatch(examples -> examples.size() == 2);
    }

    @Test
    void whatPassedIsWhatTheNextRunIsComparedWith() throws IOException {
        file("contract.yml", """
                contract: days
                rows: { minChange: -0.1, maxChange: 0.1 }
                columns:
                  temp: { type: number, distribution: { method: ks, max: 0.2 } }
                """);
        file("mlcicd.yml", """
                model: { name: days, task: binary }
                data:
                  train: { path: train.csv, contract: contract.yml }
                """);
        Path accepted = folder.resolve(".mlcicd/results/accepted/train.json");

        days("train.csv", 100, 0);
        CommandRun first = validate();
        assertThat(first.code()).as(first.out() + first.err()).isEqualTo(ExitCode.PASSED);
        String profile = Files.readString(accepted);

        days("train.csv", 150, 0);
        assertThat(validate().code()).as("half as many rows more").isEqualTo(ExitCode.GATE_FAILED);
        assertThat(accepted).hasContent(profile);

        days("train.csv", 100, 15);
        assertThat(validate().code()).as("another distribution").isEqualTo(ExitCode.GATE_FAILED);
        assertThat(accepted).hasContent(profile);

        days("train.csv", 105, 0);
        assertThat(validate().code()).isEqualTo(ExitCode.PASSED);
        assertThat(Files.readString(accepted)).isNotEqualTo(profile);
    }

    @Test
    void aFirstRunThatFailsAcceptsNothing() throws IOException {
        file("contract.yml", "contract: days\ncolumns:\n  temp: { type: number, max: 1 }\n");
        file(
                "mlcicd.yml",
                "model: { name: days, task: binary }\ndata:\n  train: { path: train.csv, contract: contract.yml }\n");
        days("train.csv", 100, 0);

        assertThat(validate().code()).isEqualTo(ExitCode.GATE_FAILED);
        assertThat(folder.resolve(".mlcicd/results/accepted/train.json")).doesNotExist();
    }

    private CommandRun validate() {
        return CommandRun.of("validate", folder.toString());
    }

    private static void assertRefused(CommandRun run, String message) {
        assertThat(run.code()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(run.err().lines().filter(line -> line.startsWith("mlcicd: ")))
                .hasSize(1);
    }
}
