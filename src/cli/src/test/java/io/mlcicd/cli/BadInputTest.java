package io.mlcicd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of bad input ends with code 2 and one message that says what is wrong, where, and what to do. */
class BadInputTest {

    @TempDir
    Path folder;

    @Test
    void aMissingFile() throws IOException {
        assertRefused(validate(folder.resolve("nope.csv")), "nope.csv does not exist");
    }

    @Test
    void anEmptyFile() throws IOException {
        assertRefused(validate(write("data.csv", "")), "data.csv is empty");
    }

    @Test
    void aRaggedCsvWithItsLine() throws IOException {
        assertRefused(
                validate(write("data.csv", "a,b\n1,2\n3\n4,5\n")), "data.csv:3: has 1 field where the header has 2");
    }

    @Test
    void aWrongEncodingWithItsLine() throws IOException {
        Path data = folder.resolve("data.csv");
        Files.write(data, "a,b\n1,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertRefused(validate(data), "data.csv:2: not UTF-8 text; save it as UTF-8");
    }

    @Test
    void aTruncatedParquetFile() throws IOException {
        Path data = folder.resolve("data.parquet");
        Files.write(data, "PAR1 and then the copy was cut off".getBytes(StandardCharsets.US_ASCII));

        assertRefused(validate(data), "data.parquet is not a Parquet file, or was cut off; write or copy it again");
    }

    @Test
    void anUnknownKeyWithItsLineAndTheOneThatWasMeant() throws IOException {
        write("mlcicd.yml", "model: { name: m, task: binary }\nevaluate:\n  predictions: p.csv\n  lable: y\n");

        assertRefused(
                CommandRun.of("evaluate", folder.toString()),
                "mlcicd.yml:4:3: evaluate.lable: unknown key (did you mean 'label'?)");
    }

    @Test
    void aContractThatNamesAMissingColumn() throws IOException {
        Path contract = write("contract.yml", "contract: c\ncolumns:\n  zz: { type: integer }\n");
        Path data = write("data.csv", "a\n1\n");

        assertRefused(
                CommandRun.of("validate", "--data", data.toString(), "--contract", contract.toString()),
                "contract.yml:3:3: columns.zz: ");
    }

    @Test
    void predictionsWithoutTheLabelColumn() throws IOException {
        Path predictions = write("p.csv", "x,p\n1,1\n");

        assertRefused(evaluate(predictions, "--prediction", "p"), "p.csv has no column 'y' (the label)");
    }

    @Test
    void aScoreThatIsNoNumber() throws IOException {
        Path predictions = write("p.csv", "y,s\n1,0.4\n0,high\n");

        assertRefused(
                evaluate(predictions, "--score", "s"),
                "column 's' (the score) must be a number in every row, but it has 'high' in row 2");
    }

    @Test
    void aPortInUse() throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            write("model.bin", "weights");
            write("mlcicd.yml", """
                    model: { name: m, task: binary }
                    package: { model: model.bin, image: "m:1" }
                    deploy: { command: [sleep, "60"], port: %d }
                    """.formatted(other.getLocalPort()));

            assertRefused(
                    CommandRun.of("deploy", folder.toString()),
                    "port " + other.getLocalPort() + " on 127.0.0.1 cannot be used (Address already in use);"
                            + " stop the program that has it, or choose another port (deploy.port)");
        }
    }

    @Test
    void anUnreachableRegistry() throws IOException {
        write("model.bin", "weights");
        write(
                "mlcicd.yml",
                "model: { name: m, task: binary }\npackage: { model: model.bin, image: \"localhost:1/m:1\", push: true }\n");

        assertRefused(
                CommandRun.of("package", folder.toString()),
                "cannot push localhost:1/m:1: no connection to the registry localhost:1");
    }

    @Test
    void aFolderWithoutMlcicdYml() {
        assertRefused(CommandRun.of("run", folder.toString()), "there is no mlcicd.yml in " + folder);
    }

    @Test
    void aGateOnAMetricThatWasNotComputed() throws IOException {
        Path predictions = write("p.csv", "y,p\n1,1\n0,0\n");

        assertRefused(
                evaluate(predictions, "--prediction", "p", "--gate", "acc>=0.5"),
                "the metric 'acc' (did you mean 'accuracy'?), which was not computed");
    }

    @Test
    void aGateThatIsNone() throws IOException {
        Path predictions = write("p.csv", "y,p\n1,1\n0,0\n");

        assertRefused(
                evaluate(predictions, "--prediction", "p", "--gate", "accuracy>0.5"), "'accuracy>0.5' is not a gate");
    }

    @Test
    void anOptionInTheWrongPlaceOfTheSchemaNamesTheOption() throws IOException {
        write("mlcicd.yml", "model: { name: m, task: binary }\ndeploy: { command: [true] }\n");

        assertRefused(CommandRun.of("deploy", folder.toString(), "--port", "70000"), "--port: ");
    }

    @Test
    void aMisspeltCommandAndAMissingOne() {
        assertRefused(CommandRun.of("evalute"), "did you mean evaluate");
        assertRefused(CommandRun.of(), "a command is needed: run, validate");
    }

    @Test
    void aTrainingCommandThatDoesNotExist() throws IOException {
        write("mlcicd.yml", "model: { name: m, task: binary }\ntrain: { command: [no-such-program] }\n");

        assertRefused(CommandRun.of("run", folder.toString()), "cannot run 'no-such-program'");
    }

    @Test
    void aTrainingCommandThatFailsIsAnotherSystemsFault() throws IOException {
        write(
                "mlcicd.yml",
                "model: { name: m, task: binary }\ntrain: { command: [sh, -c, \"echo no memory left; exit 9\"] }\n");

        CommandRun run = CommandRun.of("run", folder.toString());

        assertThat(run.code()).isEqualTo(ExitCode.OUTSIDE_SYSTEM);
        assertThat(run.err()).contains("ended with code 9; its last lines: no memory left");
    }

    private CommandRun validate(Path data) throws IOException {
        Path contract = write("contract.yml", "contract: c\ncolumns:\n  a: { type: integer }\n");
        return CommandRun.of("validate", "--data", data.toString(), "--contract", contract.toString());
    }

    private CommandRun evaluate(Path predictions, String... more) {
        String[] fixed = {"evaluate", folder.toString(), "--task", "binary", "--label", "y"};
        String[] all = new String[fixed.length + 2 + more.length];
        System.arraycopy(fixed, 0, all, 0, fixed.length);
        all[fixed.length] = "--predictions";
        all[fixed.length + 1] = predictions.toString();
        System.arraycopy(more, 0, all, fixed.length + 2, more.length);
        return CommandRun.of(all);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void assertRefused(CommandRun run, String message) {
        assertThat(run.err()).contains(message);
        assertThat(run.err().lines().filter(line -> line.startsWith("mlcicd: ")))
                .hasSize(1);
        assertThat(run.err().toLowerCase(Locale.ROOT)).doesNotContain("exception", "\tat ");
        assertThat(run.code()).isEqualTo(ExitCode.UNUSABLE_INPUT);
    }
}
