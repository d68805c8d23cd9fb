package io.mlcicd.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.config.Project;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.operation.Stage;
import io.mlcicd.report.EvaluationLines;
import io.mlcicd.report.Headline;
import io.mlcicd.report.HtmlReport;
import io.mlcicd.report.JUnitXml;
import io.mlcicd.report.PullRequestSummary;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells results to a person at a terminal, and writes the files that were asked for. */
final class ResultPrinter {

    private static final int STAGE_WIDTH = 9;

    private final Terminal terminal;
    private final OutputOptions output;
    private final ResultFiles files;
    private final Optional<Project> project;

    /** @param project the project that results are about; empty when they are about data alone */
    ResultPrinter(Terminal terminal, OutputOptions output, ResultFiles files, Optional<Project> project) {
        this.terminal = terminal;
        this.output = output;
        this.files = files;
        this.project = project;
    }

    /** Tells one stage's result, writes its files, and returns the exit code. */
    int tell(Result<?> result) {
        stage(result);
        write(result, output.html());
        return conclude(result);
    }

    /** The line above a run. */
    void title(Model model) {
        if (!output.quiet()) {
            String task = model.task().map(kind -> " (" + kind.key() + ")").orElse("");
            terminal.out().println(terminal.bold(model.name()) + terminal.dim(task));
            terminal.out().flush();
        }
    }

    /** One stage: a line with what came out, below it every gate that did not pass and what else a reviewer must know. */
    void stage(Result<?> result) {
        if (!output.quiet()) {
            terminal.out()
                    .println("%s %s %s %s"
                            .formatted(
                                    mark(result.verdict()),
                                    terminal.bold(pad(result.stage().key())),
                                    Headline.of(document(result)),
                                    terminal.dim(String.format(Locale.ROOT, "(%.1f s)", result.seconds()))));
        }
        for (GateResult gate : result.gates()) {
            if (gate.outcome() == Outcome.FAILED) {
                terminal.out().println("    " + mark(gate.gate().criticality()) + " " + gate.message());
            } else if (gate.outcome() == Outcome.SKIPPED && !output.quiet()) {
                terminal.out().println("    " + terminal.dim("- " + gate.message()));
            }
        }
        if (!output.quiet()) {
            Result<JsonNode> document = document(result);
            notCarried(document);
            EvaluationLines.of(document).forEach(line -> terminal.out().println("    " + terminal.dim(line)));
        }
        terminal.out().flush();
    }

    /** What an imported contract asks and ours does not has no gate, but must not be taken for kept. */
    private void notCarried(Result<JsonNode> result) {
        for (JsonNode set : result.details().path("data")) {
            for (JsonNode check : set.path("checks")) {
                if (check.path("kind").asText().equals("notCarried")) {
                    terminal.out()
                            .println("    "
                                    + terminal.dim("- %s: %s: %s"
                                            .formatted(
                                                    set.path("name").asText(),
                                                    check.path("expected").asText(),
                                                    check.path("observed").asText())));
                }
            }
        }
    }

    /** The stages that a failed one kept from running. */
    void skipped(List<Stage> stages) {
        if (!output.quiet()) {
            stages.forEach(stage -> terminal.out().println(terminal.dim("- " + pad(stage.key()) + " not run")));
        }
    }

    /** Writes the files of a run; without {@code --html} the page goes to the project's own place. */
    void report(Result<?> result, Path otherwise) {
        write(result, Optional.of(output.html().orElse(otherwise)));
    }

    private void write(Result<?> result, Optional<Path> page) {
        List<Result<JsonNode>> documents = List.of(document(result));
        output.json().ifPresent(file -> ResultDocuments.write(result, file));
        output.junit().ifPresent(file -> AtomicFiles.write(file, JUnitXml.of(documents.get(0))));
        output.markdown().ifPresent(file -> AtomicFiles.write(file, PullRequestSummary.markdown(documents)));
        files.write(documents).ifPresent(this::note);
        page.ifPresent(file -> {
            AtomicFiles.write(file, HtmlReport.of(documents));
            note("report    " + file);
        });
        Map<String, Path> written = new LinkedHashMap<>();
        output.json().ifPresent(file -> written.put("json", file));
        page.ifPresent(file -> written.put("html", file));
        output.markdown().ifPresent(file -> written.put("markdown", file));
        output.junit().ifPresent(file -> written.put("junit", file));
        terminal.github().tell(documents.get(0), written, project, terminal.err());
    }

    private void note(String line) {
        if (!output.quiet()) {
            terminal.out().println(terminal.dim(line));
        }
    }

    /** The last line, and the exit code. */
    int conclude(Result<?> result) {
        int code = ExitCode.of(result.verdict(), output.strict());
        if (!output.quiet()) {
            String verdict = switch (result.verdict()) {
                case PASSED -> terminal.green("PASSED");
                case UNSTABLE -> terminal.yellow("UNSTABLE") + (code == 0 ? "" : ", which --strict counts as failed");
                case FAILED -> terminal.red("FAILED");
            };
            terminal.out().println(verdict);
        }
        terminal.out().flush();
        return code;
    }

    private static Result<JsonNode> document(Result<?> result) {
        return ResultDocuments.of(Json.mapper().valueToTree(result), "the result", JsonNode.class);
    }

    private String mark(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> terminal.green("✔");
            case UNSTABLE -> terminal.yellow("!");
            case FAILED -> terminal.red("✘");
        };
    }

    private String mark(Criticality criticality) {
        return switch (criticality) {
            case NOTE -> terminal.dim("note");
            case UNSTABLE -> terminal.yellow("unstable");
            case FAILURE -> terminal.red("failed");
        };
    }

    private static String pad(String stage) {
        return stage + " ".repeat(Math.max(0, STAGE_WIDTH - stage.length()));
    }
}
