package io.mlcicd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.document.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds what a job of GitHub Actions is told against GitHub's documentation of workflow commands. */
class GithubActionsTest {

    @TempDir
    private Path workspace;

    private Path model;
    private Path summary;
    private Path output;

    @BeforeEach
    void repository() throws IOException {
        model = Files.createDirectories(workspace.resolve("models/days"));
        summary = workspace.resolve("summary.md");
        output = workspace.resolve("output.txt");
        write("mlcicd.yml", """
                model: { name: days, task: binary }
                data:
                  days: { path: days.csv, contract: contract.yml }
                evaluate:
                  reported: metrics.json
                  gates:
                    - { metric: accuracy, min: 0.75 }
                    - { metric: loss, max: 0.1, criticality: UNSTABLE }
                    - { metric: loss, max: 0.2, criticality: NOTE }
                """);
        write("metrics.json", "{\"accuracy\": 0.5, \"loss\": 0.25}");
        write("days.csv", "day,share\nmon,\"50%, or so\"\ntue,0.5\n");
        write("contract.yml", """
                contract: days
                columns:
                  day: { type: string }
                  share:
                    type: string
                    values: ["0.5"]
                """);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(model.resolve(name), text);
    }

    private CommandRun run(String... arguments) {
        return CommandRun.inGithub(
                Map.of(
                        "GITHUB_ACTIONS",
                        "true",
                        "GITHUB_WORKSPACE",
                        workspace.toString(),
                        "GITHUB_STEP_SUMMARY",
                        summary.toString(),
                        "GITHUB_OUTPUT",
                        output.toString()),
                arguments);
    }

    private static List<String> commands(CommandRun run) {
        return run.err().lines().filter(line -> line.startsWith("::")).toList();
    }

    @Test
    void failedGatesPointAtTheLineThatAsksForThem() {
        CommandRun run = run("evaluate", model.toString());

        assertThat(run.code()).isEqualTo(ExitCode.GATE_FAILED);
        assertThat(commands(run))
                .containsExactly(
                        "::error file=models/days/mlcicd.yml,line=7,title=Evaluate%3A accuracy::accuracy is 0.5000, must be"
                                + " at least 0.7500",
                        "::warning file=models/days/mlcicd.yml,line=8,title=Evaluate%3A loss::loss is 0.2500, must be at"
                                + " most 0.1000");
    }

    @Test
    void gatesOfOptionsPointNowhere() {
        CommandRun run = run("evaluate", model.toString(), "--gate", "accuracy>=0.75");

        assertThat(commands(run))
                .containsExactly("::error title=Evaluate%3A accuracy::accuracy is 0.5000, must be at least 0.7500");
    }

    @Test
    void brokenPromisesPointAtTheContractAndAreEscaped() {
        CommandRun run = run("validate", model.toString());

        assertThat(commands(run))
                .containsExactly(
                        "::error file=models/days/contract.yml,line=6,title=Validate%3A days.share.values.violations"
                                + "::days: share has 1 value other than 0.5 (50 %25 of 2 rows), such as '50%25, or so' in row 1");
    }

    @Test
    void aMistakeInAFilePointsAtItsLine() throws IOException {
        write("mlcicd.yml", "model: { name: days, task: binary }\nevaluate:\n  lable: x\n");

        CommandRun run = run("evaluate", model.toString());

        assertThat(run.code()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(commands(run)).hasSize(1);
        assertThat(commands(run).get(0))
                .startsWith("::error file=models/days/mlcicd.yml,line=3,title=mlcicd::")
                .contains("evaluate.lable");
    }

    @Test
    void theStepHasOutputsAndASummary() throws IOException {
        Path json = workspace.resolve("result.json");
        Files.writeString(output, "earlier=1\n");
        Files.writeString(summary, "Earlier.\n");

        run("evaluate", model.toString(), "--json", json.toString());

        List<String> lines = Files.readAllLines(output);
        assertThat(lines).contains("earlier=1", "verdict=failed", "failed-gates=3", "json=" + json);
        String metrics = lines.stream()
                .filter(line -> line.startsWith("metrics="))
                .findFirst()
                .orElseThrow();
        assertThat(Json.mapper()
                        .readTree(metrics.substring("metrics=".length()))
                        .path("accuracy")
                        .doubleValue())
                .isEqualTo(0.5);
        assertThat(Files.readString(summary)).startsWith("Earlier.\n### days: ").contains("3 of 3 gates failed");
    }

    @Test
    void moreThanTenErrorsAreSummedUpInTheTenth() throws IOException {
        StringBuilder gates = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            gates.append("    - { metric: accuracy, min: 0.").append(60 + i).append(" }\n");
        }
        write(
                "mlcicd.yml",
                "model: { name: days, task: binary }\nevaluate:\n  reported: metrics.json\n  gates:\n" + gates);

        List<String> commands = commands(run("evaluate", model.toString()));

        assertThat(commands).hasSize(10);
        assertThat(commands.get(9))
                .isEqualTo("::error title=mlcicd::and 16 more gates failed; the job's summary has all of them");
    }

    @Test
    void aFullSummaryStaysAsItIs() throws IOException {
        byte[] full = new byte[(int) GithubActions.MOST_SUMMARY - 100];
        Arrays.fill(full, (byte) 'x');
        Files.write(summary, full);

        CommandRun run = run("evaluate", model.toString());

        assertThat(Files.size(summary)).isEqualTo(full.length);
        assertThat(run.err()).contains("the summary of this step is full");
    }

    @Test
    void aPathOfSeveralLinesCannotSetAnotherOutput() throws IOException {
        Path json = workspace.resolve("a\nverdict=passed\nb.json");

        run("evaluate", model.toString(), "--json", json.toString());

        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(text).containsPattern("json<<(end-[0-9a-f-]{36})\\n[^<]*\\nverdict=passed\\nb\\.json\\n\\1\\n");
    }

    @Test
    void nothingIsToldOutsideOfGithub() throws IOException {
        CommandRun run = CommandRun.inGithub(
                Map.of("GITHUB_STEP_SUMMARY", summary.toString(), "GITHUB_OUTPUT", output.toString()),
                "evaluate",
                model.toString());

        assertThat(commands(run)).isEmpty();
        assertThat(summary).doesNotExist();
        assertThat(output).doesNotExist();
    }
}
