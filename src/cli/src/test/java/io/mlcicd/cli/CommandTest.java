package io.mlcicd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.data.DataProfiles;
import io.mlcicd.document.Json;
import io.mlcicd.document.JsonSchemas;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandTest {

    @TempDir
    Path folder;

    @BeforeEach
    void makeProject() throws IOException {
        write("train.csv", "id,temp,kind\n" + rows(0, 100));
        write("now.csv", "id,temp,kind\n" + rows(0, 100));
        write("contract.yml", """
                contract: days
                columns:
                  temp: { type: number, min: 0, max: 50 }
                  kind: { type: string, values: [a, b], criticality: UNSTABLE }
                """);
        write("predictions.csv", "y,p,where\n1,1,n\n0,0,n\n1,0,s\n0,0,s\n");
        write("mlcicd.yml", """
                model: { name: days, task: binary }
                data:
                  train: { path: train.csv, contract: contract.yml }
                  current: { path: now.csv }
                train: { command: [sh, -c, "mkdir -p build && echo weights > build/model.bin && echo trained"] }
                evaluate:
                  predictions: predictions.csv
                  label: y
                  prediction: p
                  slices: [where]
                  minSliceSize: 1
                  gates:
                    - { metric: accuracy, min: 0.7 }
                    - { metric: accuracy, minChangeVsChampion: 0 }
                package: { model: build/model.bin, image: "days:1" }
                deploy:
                  target: batch
                  batch:
                    command: [sh, -c, "printf 'id,score\\\\n1,0.5\\\\n' > ${output}"]
                    output: build/scored.csv
                    check: { minRows: 1, columns: [id, score], maxNullShare: 0 }
                drift: { reference: train, current: current, gates: [{ metric: drift.share, max: 0.5 }] }
                """);
    }

    @Test
    void aRunGoesThroughEveryStageAndTellsOfEach() throws IOException {
        Path json = folder.resolve("run.json");

        CommandRun run = CommandRun.of("run", folder.toString(), "--json", json.toString());

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.PASSED);
        assertThat(run.out())
                .contains("days (binary)", "✔ validate", "✔ train", "✔ evaluate", "✔ package", "✔ deploy", "✔ drift")
                .contains("there is no champion yet")
                .endsWith("PASSED\n")
                .doesNotContain("\u001b[");
        assertThat(run.err()).contains("│ trained");
        Result<JsonNode> document = ResultDocuments.read(json);
        assertThat(document.stage()).isEqualTo(Stage.RUN);
        assertThat(document.details().path("stages")).hasSize(6);
        assertThat(document.lineage().data()).hasSize(2);
        assertThat(document.lineage().training().orElseThrow().command()).startsWith("sh");
        assertThat(document.lineage().model()).isPresent();
        assertThat(document.lineage().evaluation()).isPresent();
        assertThat(document.lineage().image()).isPresent();
        assertThat(document.lineage().deployment()).isPresent();
        assertThat(folder.resolve("build/scored.csv")).hasContent("id,score\n1,0.5");
        assertThat(folder.resolve(".mlcicd/report.html")).content().contains("<h1>days</h1>");
    }

    @Test
    void aSecondRunComparesWithTheChampionAndAFailedGateStopsIt() throws IOException {
        CommandRun.of("run", folder.toString());
        write("predictions.csv", "y,p,where\n1,0,n\n0,0,n\n1,0,s\n0,0,s\n");

        CommandRun run = CommandRun.of("run", folder.toString());

        assertThat(run.code()).isEqualTo(ExitCode.GATE_FAILED);
        assertThat(run.out())
                .contains("accuracy is 0.5000, must be at least 0.7000")
                .contains("-0.2500 against the champion's 0.7500")
                .contains("- package   not run", "- deploy    not run")
                .endsWith("FAILED\n");
    }

    @Test
    void anUnstableGateWarnsAndFailsOnlyWhenStrict() throws IOException {
        write("train.csv", "id,temp,kind\n1,20,c\n");

        CommandRun lenient = CommandRun.of("validate", folder.toString());
        CommandRun strict = CommandRun.of("validate", folder.toString(), "--strict");

        assertThat(lenient.code()).isEqualTo(ExitCode.PASSED);
        assertThat(lenient.out()).contains("unstable train: kind has 1 value").endsWith("UNSTABLE\n");
        assertThat(strict.code()).isEqualTo(ExitCode.GATE_FAILED);
    }

    @Test
    void quietShowsOnlyWhatFailed() throws IOException {
        assertThat(CommandRun.of("validate", folder.toString(), "-q")).isEqualTo(new CommandRun(0, "", ""));
        write("train.csv", "id,temp,kind\n1,99,a\n");

        CommandRun failed = CommandRun.of("validate", folder.toString(), "--quiet");

        assertThat(failed.out().lines()).hasSize(1);
        assertThat(failed.out()).contains("temp has 1 value outside 0..50");
    }

    @Test
    void everyStageWritesItsDocumentAndAPageThatNeedsNothingElse() {
        CommandRun.of("run", folder.toString());
        for (String stage : List.of("validate", "evaluate", "package", "drift")) {
            Path json = folder.resolve(stage + ".json");
            Path html = folder.resolve(stage + ".html");

            CommandRun run =
                    CommandRun.of(stage, folder.toString(), "--json", json.toString(), "--html", html.toString());

            assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.PASSED);
            assertThat(ResultDocuments.read(json).verdict()).isEqualTo(Verdict.PASSED);
            assertThat(html)
                    .content()
                    .startsWith("<!DOCTYPE html>")
                    .doesNotContain("<script", "src=", "url(", "@import");
        }
    }

    @Test
    void reportsAreDrawnFromDocumentsAlone() {
        CommandRun.of("run", folder.toString());
        Path html = folder.resolve("both.html");

        CommandRun run = CommandRun.of(
                "report",
                folder.resolve(".mlcicd/results/evaluate.json").toString(),
                folder.resolve(".mlcicd/results/drift.json").toString(),
                "--html",
                html.toString());

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.PASSED);
        assertThat(html).content().contains("Slices by where", "Drift");
        assertThat(CommandRun.of("report", folder.resolve("mlcicd.yml").toString())
                        .code())
                .isEqualTo(ExitCode.UNUSABLE_INPUT);
    }

    @Test
    void optionsTakeThePlaceOfTheFile() {
        CommandRun run = CommandRun.of("evaluate", folder.toString(), "--gate", "accuracy>=0.99:note");

        assertThat(run.code()).isEqualTo(ExitCode.PASSED);
        assertThat(run.out()).contains("note accuracy is 0.7500, must be at least 0.9900");
    }

    @Test
    void withOptionsNoFileIsNeeded() {
        CommandRun run = CommandRun.of(
                "evaluate",
                "--task",
                "binary",
                "--predictions",
                folder.resolve("predictions.csv").toString(),
                "--label",
                "y",
                "--prediction",
                "p");

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.PASSED);
        assertThat(run.out()).contains("4 rows, accuracy 0.75 (0.30–0.95)");
    }

    @Test
    void aStoredProfileIsAReferenceForDrift() throws IOException {
        Path profile = folder.resolve("train.profile.json");
        write("now.csv", "id,temp,kind\n" + rows(30, 100));

        CommandRun stored = CommandRun.of("profile", folder.resolve("train.csv").toString(), "-o", profile.toString());
        CommandRun drift = CommandRun.of(
                "drift",
                folder.toString(),
                "--reference",
                profile.toString(),
                "--exclude",
                "id",
                "--gate",
                "drift.share<=0");

        assertThat(stored.out()).contains("temp", "number");
        assertThat(DataProfiles.read(profile).rows()).isEqualTo(100);
        assertThat(drift.code()).as(drift.err()).isEqualTo(ExitCode.GATE_FAILED);
        assertThat(drift.out()).contains("1 of 2 columns drifted");
    }

    @Test
    void anInferredContractHoldsForItsDataAndIsNotOverwritten() throws IOException {
        Path contract = folder.resolve("inferred.yml");
        String data = folder.resolve("train.csv").toString();

        assertThat(CommandRun.of("infer", data).out()).contains("columns:");
        assertThat(CommandRun.of("infer", data, "-o", contract.toString()).code())
                .isEqualTo(ExitCode.PASSED);
        assertThat(CommandRun.of("validate", "--data", data, "--contract", contract.toString())
                        .code())
                .isEqualTo(ExitCode.PASSED);
        CommandRun again = CommandRun.of("infer", data, "-o", contract.toString());
        assertThat(again.code()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(again.err()).contains("--force");
        assertThat(CommandRun.of("infer", data, "-o", contract.toString(), "--force")
                        .code())
                .isEqualTo(ExitCode.PASSED);
    }

    @Test
    void lineageIsFoundByAnyOfItsLinks() {
        CommandRun.of("run", folder.toString());
        CommandRun newest = CommandRun.of("lineage", folder.toString());
        String digest = newest.out().replaceAll("(?s).*model +\\S+ (sha256:[0-9a-f]{10}).*", "$1");

        assertThat(newest.out())
                .contains("data        train train.csv sha256:", "training    sh -c", "deployment  days");
        assertThat(CommandRun.of("lineage", folder.toString(), "--of", digest, "--json")
                        .out())
                .contains(digest);
        assertThat(CommandRun.of("lineage", folder.toString(), "--of", "sha256:ffffffff")
                        .code())
                .isEqualTo(ExitCode.UNUSABLE_INPUT);
    }

    @Test
    void lineageAnswersWhatCameFromWhatAndWhatChanged() throws IOException {
        CommandRun.of("run", folder.toString());
        String project = folder.toString();

        assertThat(CommandRun.of("lineage", "upstream", "-p", project).out())
                .contains(
                        "model       days build/model.bin sha256:",
                        "   1  training    sh -c",
                        "   2  data        train train.csv");
        assertThat(CommandRun.of("lineage", "downstream", "train", "-p", project, "--kind", "deployment")
                        .out())
                .contains("deployment  days as batch");
        CommandRun one = CommandRun.of("lineage", "diff", "-p", project);
        assertThat(one.code()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(one.err()).contains("there is only one model so far");
        write(
                "mlcicd.yml",
                Files.readString(folder.resolve("mlcicd.yml")).replace("echo weights", "echo heavier weights"));
        CommandRun.of("run", folder.toString());
        assertThat(CommandRun.of("lineage", "diff", "-p", project).out())
                .contains("  ~ training training", "    command: sh -c", "  ~ model days", "the same: ");
        assertThat(CommandRun.of("lineage", "show", "nothing-like-that", "-p", project)
                        .err())
                .contains(
                        "nothing in the lineage has a digest, a commit or a name that begins with 'nothing-like-that'");
        assertThat(CommandRun.of("reproduce", "-p", project).out()).contains("  sh -c", "in this folder");
    }

    @Test
    void aLineageLogThatWasTamperedWithIsFound() throws IOException {
        CommandRun.of("run", folder.toString());
        String project = folder.toString();
        CommandRun whole = CommandRun.of("lineage", "verify", "-p", project);
        assertThat(whole.code()).isEqualTo(ExitCode.PASSED);
        String head = whole.out().replaceAll("(?s).*head (sha256:[0-9a-f]{64}).*", "$1");

        Path log = folder.resolve(".mlcicd/lineage/log.jsonl");
        String text = Files.readString(log);
        Files.writeString(log, text.replaceFirst("\"verdict\":\"PASSED\"", "\"verdict\":\"FAILED\""));
        CommandRun changed = CommandRun.of("lineage", "verify", "-p", project);
        assertThat(changed.code()).isEqualTo(ExitCode.GATE_FAILED);
        assertThat(changed.out()).contains("log.jsonl:1: entry 1 is not as it was written");

        Files.writeString(log, text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1));
        assertThat(CommandRun.of("lineage", "verify", "-p", project).code()).isEqualTo(ExitCode.PASSED);
        assertThat(CommandRun.of("lineage", "verify", "-p", project, "--head", head)
                        .code())
                .isEqualTo(ExitCode.GATE_FAILED);
        assertThat(CommandRun.of("lineage", "verify", "-p", project, "--head", "beef")
                        .err())
                .contains("--head must be a whole digest");
    }

    @Test
    void lineageIsExportedInTwoForms() throws IOException {
        CommandRun.of("run", folder.toString());
        Path prov = folder.resolve("lineage.json");

        CommandRun events = CommandRun.of("lineage", "export", "--format", "openlineage", "-p", folder.toString());
        assertThat(events.out().lines()).hasSize(12).allMatch(line -> line.startsWith("{\"eventTime\""));
        assertThat(CommandRun.of(
                                "lineage",
                                "export",
                                "--format",
                                "prov",
                                "--output",
                                prov.toString(),
                                "-p",
                                folder.toString())
                        .code())
                .isEqualTo(ExitCode.PASSED);
        assertThat(Json.read(prov).path("wasDerivedFrom")).isNotEmpty();
        Path pages = folder.resolve("pages");
        assertThat(CommandRun.of("lineage", "export", "--format", "html", "-p", folder.toString())
                        .err())
                .contains("--output FOLDER");
        CommandRun.of("lineage", "export", "--format", "html", "--output", pages.toString(), "-p", folder.toString());
        String index = Files.readString(pages.resolve("index.html"));
        String model = index.replaceAll("(?s).*?<h2>Models.*?href=\"([0-9a-f]{64}\\.html)\".*", "$1");
        assertThat(Files.readString(pages.resolve(model)))
                .contains("<h1>model days</h1>", "Came from", "train.csv", "<svg class=\"lineage\"")
                .doesNotContain("<script", "style=\"");
    }

    @Test
    void statusAndUndeployAnswerWhereNothingRuns() throws IOException {
        write("mlcicd.yml", "model: { name: days, task: binary }\n");

        assertThat(CommandRun.of("status", folder.toString()).err()).contains("nothing was deployed here yet");
        assertThat(CommandRun.of("undeploy", folder.toString()).out()).isEqualTo("nothing was running\n");
    }

    @Test
    void everyCommandHasHelpWithAnExample() {
        Terminal terminal = new Terminal(
                new java.io.PrintWriter(new java.io.StringWriter()),
                new java.io.PrintWriter(new java.io.StringWriter()),
                false,
                false,
                80,
                GithubActions.NONE);
        Map<String, CommandLine> commands = Main.commandLine(terminal).getSubcommands();

        assertThat(commands).hasSizeGreaterThan(12);
        commands.keySet().forEach(name -> {
            CommandRun help = CommandRun.of(name, "--help");
            assertThat(help.code()).isEqualTo(ExitCode.PASSED);
            assertThat(help.out()).contains("Usage: mlcicd " + name, "Example:", "mlcicd " + name, "Exit codes:");
        });
    }

    @Test
    void completionKnowsEveryCommandAndSchemasAreJson() throws IOException {
        String script = CommandRun.of("completion").out();

        assertThat(script).contains("complete", "evaluate", "--predictions", "undeploy");
        for (SchemaCommand.Document document : SchemaCommand.Document.values()) {
            JsonNode schema = Json.mapper()
                    .readTree(CommandRun.of("schema", document.name()).out());
            assertThat(schema.path("title").asText()).isNotEmpty();
            assertThat(JsonSchemas.check(
                            document.name() + ".schema.json", Json.mapper().readTree("[]")))
                    .isNotEmpty();
        }
    }

    @Test
    void aTerminalShowsColoursAndABarThatErasesItself() {
        CommandRun run = CommandRun.onTerminal("validate", folder.toString());

        assertThat(run.out()).contains("\u001b[32m✔\u001b[0m");
        assertThat(run.err()).contains("█").endsWith("\r\u001b[2K");
    }

    private static String rows(int shift, int count) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rows.append(i)
                    .append(',')
                    .append((i * 7) % 20 / 2.0 + shift)
                    .append(',')
                    .append(i % 3 == 0 ? 'a' : 'b')
                    .append('\n');
        }
        return rows.toString();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
