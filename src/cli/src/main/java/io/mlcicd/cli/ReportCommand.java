package io.mlcicd.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.AtomicFiles;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import io.mlcicd.report.HtmlReport;
import io.mlcicd.report.PullRequestSummary;
import io.mlcicd.report.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a report from result documents. */
@Command(
        name = "report",
        description = "Draws a page, a model card or a summary for a pull request from result documents.",
        footer = {
            "  mlcicd report evaluate.json drift.json --html report.html",
            "  mlcicd report evaluate.json --champion champion.json --html report.html",
            "  mlcicd report run.json --card card.md --about about.md --markdown comment.md"
        })
final class ReportCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "DOCUMENT", description = "Result documents written with --json.")
    private List<Path> documents;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Where the page goes; report.html when nothing else is asked for.")
    private Path html;

    @Option(
            names = "--champion",
            paramLabel = "DOCUMENT",
            description = "Result documents of the model that this one is held against; the page says what changed.")
    private List<Path> champion = List.of();

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Writes a summary in Markdown that fits a comment on a pull request.")
    private Path markdown;

    @Mixin
    private EvaluationOutputs outputs;

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ResultFiles files = ResultFiles.of(outputs);
        List<Result<JsonNode>> results =
                documents.stream().map(ResultDocuments::read).toList();
        boolean nothingElse =
                markdown == null && outputs.card().isEmpty() && outputs.mlflow().isEmpty();
        if (html != null || nothingElse) {
            page(results, html == null ? Path.of("report.html") : html);
        }
        if (markdown != null) {
            AtomicFiles.write(markdown, PullRequestSummary.markdown(results));
            say("Summary: " + markdown);
        }
        files.write(results).ifPresent(why -> {
            throw new InvalidInputException(why + "; give the result document of an evaluation or of a run with one");
        });
        outputs.card().ifPresent(file -> say("Model card: " + file));
        outputs.mlflow().ifPresent(file -> say("Metrics: " + file));
        return ExitCode.PASSED;
    }

    private void page(List<Result<JsonNode>> results, Path file) {
        AtomicFiles.write(file, HtmlReport.of(results, reference()));
        say("Report: " + file);
    }

    private Optional<Reference> reference() {
        if (champion.isEmpty()) {
            return Optional.empty();
        }
        String title = champion.stream().map(Path::toString).collect(Collectors.joining(", "));
        return Optional.of(new Reference(
                title,
                "",
                Optional.empty(),
                champion.stream().map(ResultDocuments::read).toList()));
    }

    private void say(String line) {
        terminal.out().println(line);
        terminal.out().flush();
    }
}
