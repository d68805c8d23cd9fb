package io.mlcicd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.operation.ResultDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options of {@code mlcicd evaluate} and what it and {@code mlcicd report} write. */
class EvaluateCommandTest {

    @TempDir
    Path folder;

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private String write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        return file(name);
    }

    /** Two hundred rows; the score is right in nine of ten, but in the north in seven of ten. */
    private String predictions(String name) throws IOException {
        StringBuilder rows = new StringBuilder("id,y,s,age,sex,region,w\n");
        for (int i = 0; i < 200; i++) {
            int label = i % 2;
            boolean north = i % 4 < 2;
            boolean wrong = i / 4 % 10 < (north ? 3 : 1);
            double score = (label == 1) == wrong ? 0.2 : 0.8;
            rows.append("%d,%d,%s,%d,%s,%s,%s\n"
                    .formatted(i, label, score, i % 90, i % 3 == 0 ? "f" : "m", north ? "north" : "south", 1 + i % 2));
        }
        return write(name, rows.toString());
    }

    private CommandRun evaluate(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "evaluate",
                folder.toString(),
                "--task",
                "binary",
                "--predictions",
                predictions("p.csv"),
                "--label",
                "y",
                "--score",
                "s"));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private JsonNode details() {
        return ResultDocuments.read(folder.resolve("e.json")).details();
    }

    @Test
    void slicesAreColumnsBinsOrCombinations() throws IOException {
        CommandRun run = evaluate(
                "--slice", "region", "--slice", "age:18,30,65", "--slice", "sex+age:65", "--json", file("e.json"));

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.PASSED);
        List<String> slices = new ArrayList<>();
        details()
                .path("slices")
                .forEach(slice -> slices.add(slice.path("column").asText() + " = "
                        + slice.path("value").asText()));
        assertThat(slices)
                .contains("region = north", "age = below 18", "age = 18 to 30", "age = 65 or more")
                .contains("sex, age = f, below 65", "sex, age = m, 65 or more");
    }

    @Test
    void aSliceWithoutAColumnOrWithoutNumbersIsRefused() throws IOException {
        CommandRun empty = evaluate("--slice", "sex+");
        CommandRun number = evaluate("--slice", "age:1-2");

        assertThat(empty.code()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(empty.err()).contains("'sex+' names no column; write COLUMN, COLUMN:EDGE,EDGE,...");
        assertThat(number.code()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(number.err()).contains("'1-2' in the slice 'age:1-2' is not a number");
    }

    @Test
    void weightsThresholdsCostsFairnessAndTheWorstSlicesAreAskedForByOptions() throws IOException {
        CommandRun run = evaluate(
                "--weight",
                "w",
                "--id",
                "id",
                "--threshold",
                "0.6",
                "--cost",
                "falsePositive=1",
                "--cost",
                "falseNegative=5",
                "--slice",
                "sex",
                "--fairness",
                "sex",
                "--worst-slices",
                "--json",
                file("e.json"));

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.PASSED);
        assertThat(run.out()).contains("    worst slice: ");
        JsonNode document = Json.read(folder.resolve("e.json"));
        assertThat(document.path("metrics").has("cost")).isTrue();
        assertThat(document.path("details").path("fairness")).hasSize(1);
        assertThat(document.path("details")
                        .path("worstSlices")
                        .path(0)
                        .path("sentence")
                        .asText())
                .contains("north");
    }

    @Test
    void aGateOnALimitOfTheIntervalIsHeldAgainstTheLimit() throws IOException {
        CommandRun passed = evaluate("--gate", "accuracy.lower95>=0.7");
        CommandRun failed = evaluate("--gate", "accuracy.lower95>=0.79:UNSTABLE");

        assertThat(passed.code()).as(passed.err()).isEqualTo(ExitCode.PASSED);
        assertThat(passed.out()).contains("200 rows, accuracy 0.80 (0.7");
        assertThat(failed.out())
                .contains("unstable accuracy is 0.8000, its lower 95 % limit 0.7", "must be at least 0.7900")
                .endsWith("UNSTABLE\n");
    }

    @Test
    void aChampionsPredictionsAreComparedRowByRow() throws IOException {
        String champion =
                write("c.csv", Files.readString(Path.of(predictions("c.csv"))).replace(",0.8,", ",0.7,"));

        CommandRun run = evaluate("--id", "id", "--champion-predictions", champion, "--json", file("e.json"));

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.PASSED);
        assertThat(run.out()).contains("    accuracy 0.80, champion 0.80: 0, the same");
        assertThat(details().path("champion").path("paired").asBoolean()).isTrue();
    }

    @Test
    void quantilesAndQueriesNeedNoFileEither() throws IOException {
        String forecasts = write("q.csv", "y,q10,q90\n1,0,2\n2,1,3\n3,1,4\n4,5,6\n");
        String ranked = write("r.csv", "q,y,s\na,1,0.9\na,0,0.1\nb,0,0.8\nb,2,0.7\n");

        CommandRun quantile = CommandRun.of(
                "evaluate",
                Files.createDirectory(folder.resolve("forecasts")).toString(),
                "--task",
                "quantile",
                "--predictions",
                forecasts,
                "--label",
                "y",
                "--quantile",
                "0.1=q10",
                "--quantile",
                "0.9=q90");
        CommandRun ranking = CommandRun.of(
                "evaluate",
                Files.createDirectory(folder.resolve("rankings")).toString(),
                "--task",
                "ranking",
                "--predictions",
                ranked,
                "--label",
                "y",
                "--score",
                "s",
                "--query",
                "q");

        assertThat(quantile.code()).as(quantile.err()).isEqualTo(ExitCode.PASSED);
        assertThat(quantile.out()).contains("4 rows, pinball ");
        assertThat(ranking.code()).as(ranking.err()).isEqualTo(ExitCode.PASSED);
        assertThat(ranking.out()).contains("4 rows, ndcg ");
    }

    @Test
    void reportedMetricsThresholdsOfOthersAndTestResultsNeedNoPredictions() throws IOException {
        String reported = write("metrics.json", "{ \"val_loss\": 0.25 }");
        String thresholds =
                write("limits.json", "{ \"val_loss\": { \"threshold\": 0.2, \"greater_is_better\": false } }");
        String tests = write("tests.xml", """
                <testsuite name="pytest" tests="2" failures="0" errors="0" skipped="0" time="0.1">
                  <testcase classname="t" name="a" time="0"/><testcase classname="t" name="b" time="0"/>
                </testsuite>
                """);

        CommandRun run = CommandRun.of(
                "evaluate",
                "--reported",
                reported,
                "--thresholds",
                thresholds,
                "--tests",
                tests,
                "--json",
                file("e.json"));

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.GATE_FAILED);
        assertThat(run.out()).contains("reported, val_loss 0.2500", "val_loss is 0.2500, must be at most 0.2000");
        assertThat(details().path("tests").path(0).path("tests").asInt()).isEqualTo(2);
    }

    @Test
    void aCardACommentAndMlflowMetricsAreWrittenBesideThePage() throws IOException {
        String about = write("about.md", "## Intended use\n\nTo be tested.\n");

        CommandRun run = evaluate(
                "--card",
                file("card.md"),
                "--about",
                about,
                "--markdown",
                file("comment.md"),
                "--mlflow",
                file("mlflow.json"),
                "--html",
                file("page.html"));

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.PASSED);
        assertThat(folder.resolve("card.md")).content().contains("# Model card: ", "To be tested.");
        assertThat(folder.resolve("comment.md")).content().contains(": PASSED", "| accuracy | 0.80 |");
        assertThat(Json.read(folder.resolve("mlflow.json"))
                        .path("accuracy.lower95")
                        .asDouble())
                .isBetween(0.7, 0.8);
        assertThat(folder.resolve("page.html")).content().contains("aria-label=\"ROC\"");
    }

    @Test
    void mistakesInTheNamesOfFilesShowBeforeTheWork() throws IOException {
        CommandRun ending = evaluate("--card", file("card.pdf"), "--json", file("e.json"));
        CommandRun alone = evaluate("--about", file("about.md"));
        CommandRun missing = evaluate("--card", file("card.md"), "--about", file("nope.md"));

        assertThat(ending.code()).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(ending.err()).contains("name a file that ends in .md or .html");
        assertThat(folder.resolve("e.json")).doesNotExist();
        assertThat(alone.err()).contains("--about goes with --card");
        assertThat(missing.err()).contains("cannot read " + file("nope.md"));
    }

    @Test
    void reportDrawsAllOfItFromDocuments() throws IOException {
        evaluate("--json", file("e.json"));

        CommandRun run = CommandRun.of(
                "report",
                file("e.json"),
                "--card",
                file("card.html"),
                "--markdown",
                file("c.md"),
                "--mlflow",
                file("m.json"));

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.PASSED);
        assertThat(run.out()).contains("Model card: ", "Summary: ", "Metrics: ").doesNotContain("Report: ");
        assertThat(folder.resolve("card.html")).content().contains("<h1>Model card: ");
        assertThat(folder.resolve("c.md")).exists();
        assertThat(folder.resolve("m.json")).exists();
    }

    @Test
    void aRunThatNeverCameToItsEvaluationSaysThatItHasNoCard() throws IOException {
        write("data.csv", "a\n-1\n");
        write("contract.yml", "contract: c\ncolumns:\n  a: { type: integer, min: 0 }\n");
        write("mlcicd.yml", """
                model: { name: m, task: binary }
                data: { train: { path: data.csv, contract: contract.yml } }
                evaluate: { predictions: p.csv, label: y, prediction: p }
                """);

        CommandRun run = CommandRun.of("run", folder.toString(), "--card", file("card.md"), "--markdown", file("c.md"));

        assertThat(run.code()).isEqualTo(ExitCode.GATE_FAILED);
        assertThat(run.out()).contains("no model card, for there is no evaluation to draw it from");
        assertThat(folder.resolve("c.md")).content().contains("### m: FAILED");
    }
}
